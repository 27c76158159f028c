"""Our accounts as the platform's accountant names them, from a day on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from billing.fec import our_name
from billing.ledger import ON_BALANCE, account_key
from mobility import practice


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account of ours, the accountant's number and label for it, and the setting that holds them."""

    code: str
    number: str
    label: str
    key: str


def account_names() -> Callable[[str, date], tuple[str, str]]:
    """Number and label of an account of ours on a day; the settings are looked up once for many lines."""
    readers = {code: practice.reader_of(account_key(code)) for code in ON_BALANCE}

    @cache
    def name_of(code: str, on: date) -> tuple[str, str]:
        if code not in readers:
            return our_name(code, on)
        number, _, label = readers[code](on).partition(" ")
        return number, label

    return name_of


def list_chart(on: date) -> list[Account]:
    """Every account that the accountant has to do with, as it is named on a day."""
    name_of = account_names()
    named = {code: name_of(code, on) for code in ON_BALANCE}
    return [Account(code=code, number=number, label=label, key=account_key(code)) for code, (number, label) in named.items()]
