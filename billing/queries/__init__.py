"""Reads of money: what a person owes and why, what stands in the books."""

from billing.queries.accounts import (
    balance_cents,
    charged_cents,
    get_account,
    list_accounts,
    paid_cents,
)
from billing.queries.books import verify_books
from billing.queries.deposits import deposit_of, may_hand_over
from billing.queries.statement import due_now, forecast, statement
from billing.queries.tariffs import quote, tariff_on, tier_spans

__all__ = [
    "balance_cents",
    "charged_cents",
    "deposit_of",
    "due_now",
    "forecast",
    "get_account",
    "list_accounts",
    "may_hand_over",
    "paid_cents",
    "quote",
    "statement",
    "tariff_on",
    "tier_spans",
    "verify_books",
]
