"""Billing's tables: types and constraints, no rule."""

from billing.models.accounts import BillingAccount, Charge, Deposit, DepositStep
from billing.models.books import Books, JournalEntry, LedgerLine, LedgerMonth, Receipt
from billing.models.fuel import FuelReceipt
from billing.models.payments import GatewayEventRecord, GatewayKeysRecord, Payment, PaymentRefund
from billing.models.tariffs import TariffVersion, Tier, TierProof

__all__ = [
    "BillingAccount",
    "Books",
    "Charge",
    "Deposit",
    "DepositStep",
    "FuelReceipt",
    "GatewayEventRecord",
    "GatewayKeysRecord",
    "JournalEntry",
    "LedgerLine",
    "LedgerMonth",
    "Payment",
    "PaymentRefund",
    "Receipt",
    "TariffVersion",
    "Tier",
    "TierProof",
]
