"""Billing's tables: types and constraints, no rule."""

from billing.models.accounts import BillingAccount, CarriedDeposit, Charge, ChargeRun, Deposit, DepositPhoto, DepositStep
from billing.models.auto_payments import AutoPayment, AutoTry, CardMandate
from billing.models.books import Books, Closing, JournalEntry, LedgerLine, LedgerMonth, Receipt
from billing.models.budgets import Budget
from billing.models.card_holds import CardHold
from billing.models.cash import BankedCheque, Banking, DrawerCount
from billing.models.differences import GatewayDifference
from billing.models.fuel import FuelReceipt
from billing.models.gateway_books import CardDispute, GatewayMove, GatewayPayout
from billing.models.hires import HireOrder, Hirer, HireStep
from billing.models.losses import LossStep
from billing.models.pauses import ChasePause
from billing.models.payers import Payer, PayerAgreement, PayerInvoice, PayerInvoiceStep
from billing.models.payments import BankLine, GatewayEventRecord, GatewayKeysRecord, Payment, PaymentRefund
from billing.models.plans import ArrearsPlan
from billing.models.reminders import PaymentReminder, ReminderHold
from billing.models.saved_cards import CardCall, SavedCard
from billing.models.tariffs import ProgrammeVersion, TariffVersion, Tier, TierProof

__all__ = [
    "ArrearsPlan",
    "AutoPayment",
    "AutoTry",
    "BankLine",
    "BankedCheque",
    "Banking",
    "BillingAccount",
    "Books",
    "Budget",
    "CardCall",
    "CardDispute",
    "CardHold",
    "CardMandate",
    "CarriedDeposit",
    "Charge",
    "ChargeRun",
    "ChasePause",
    "Closing",
    "Deposit",
    "DepositPhoto",
    "DepositStep",
    "DrawerCount",
    "FuelReceipt",
    "GatewayDifference",
    "GatewayEventRecord",
    "GatewayKeysRecord",
    "GatewayMove",
    "GatewayPayout",
    "HireOrder",
    "HireStep",
    "Hirer",
    "JournalEntry",
    "LedgerLine",
    "LedgerMonth",
    "LossStep",
    "Payer",
    "PayerAgreement",
    "PayerInvoice",
    "PayerInvoiceStep",
    "Payment",
    "PaymentRefund",
    "PaymentReminder",
    "ProgrammeVersion",
    "Receipt",
    "ReminderHold",
    "SavedCard",
    "TariffVersion",
    "Tier",
    "TierProof",
]
