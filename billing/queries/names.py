"""Charges told with the vehicle held on their days, once an account has had several (domain.md §10.2)."""

from collections.abc import Iterator, Sequence
from datetime import date

from billing.allocation import Owed
from billing.models import BillingAccount, Charge
from billing.names import NamedFrom, name_on, say_names
from billing.owing import say_charge
from billing.queries.accounts import list_charges
from mobility.db import db
from mobility.periods import days_between


def names_of(account: BillingAccount) -> list[NamedFrom]:
    """The account's names as the rules read them."""
    return [(date.fromisoformat(from_on), name) for from_on, name in account.names]


def label_on(account: BillingAccount, day: date) -> str:
    """What was held on a day."""
    return name_on(names_of(account), day) or account.label


def list_owed(account_id: int, *, dated: bool = False, charges: Sequence[Charge] | None = None) -> list[Owed]:
    """Every charge as a paper or a page names it, `dated` with its days before it, as posted; `charges` where they are at hand."""
    return [Owed(label=text, cents=charge.cents) for charge, text in told_charges(account_id, dated=dated, charges=charges)]


def told_charges(account_id: int, *, dated: bool, charges: Sequence[Charge] | None = None) -> Iterator[tuple[Charge, str]]:
    """Each charge with its sentence."""
    names = names_of(db.session.get_one(BillingAccount, account_id))
    for charge in list_charges(account_id) if charges is None else charges:
        text = say_charge(charge.key, charge.first_on, charge.last_on, charge.sentence) if dated else charge.sentence
        held = say_names(names, _days_of(charge))
        yield charge, f"{text}, avec {held}" if held else text


def _days_of(charge: Charge) -> list[date]:
    """The days a charge is for: those of a week by name, all of a month's; a repair or a membership is for none."""
    if charge.key.startswith("month"):
        return list(days_between(charge.first_on, charge.last_on))
    return [date.fromisoformat(part["day"]) for part in charge.days]
