"""Opening and closing the cash drawer with a count, and taking money to the bank: every step its own entry, nothing edited afterwards."""

from datetime import date, datetime

from sqlalchemy import select

from billing.actions import ledger
from billing.drawer import check_count, check_taken, is_opening
from billing.entries import cash_banked, cash_taken, cheques_banked, drawer_differed
from billing.ledger import CASH
from billing.models import Banking, DrawerCount
from billing.queries.drawer import last_count
from billing.queries.figures import balance_of
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer


def open_drawer(*, counted_cents: int, reason: str | None, by: Viewer, now: datetime) -> DrawerCount:
    """Begin with what is counted. Raises Conflict while it is open, RuleBroken for a difference that nobody explains."""
    return _count(counted_cents, reason, opens=True, by=by, now=now)


def close_drawer(*, counted_cents: int, reason: str | None, by: Viewer, now: datetime) -> DrawerCount:
    """End with what is counted. Raises Conflict while it is closed, RuleBroken for a difference that nobody explains."""
    return _count(counted_cents, reason, opens=False, by=by, now=now)


def take_to_bank(*, cents: int, by: Viewer, now: datetime) -> Banking:
    """Cash leaves the drawer for the bank. Raises RuleBroken for more than is in it."""
    ledger.lock_books()
    check_taken(cents, in_drawer_cents=balance_of(CASH))
    number = numbers.take("banking")
    entry = cash_taken(cents, on=paris_day(now), label=f"Espèces portées à la banque, remise {number}")
    made = ledger.post(entry, now=now, reference=f"remise {number}")
    banking = Banking(number=number, cents=cents, made_at=now, made_by=by.account_id, made_entry=made)
    db.session.add(banking)
    audit.record("cash_taken", banking, by=by, now=now)
    return banking


def note_banked(number: int, *, banked_on: date, by: Viewer, now: datetime) -> Banking:
    """The bank has it since a day; its entry is of today. Raises NotFound, Conflict the second time, RuleBroken for no such day."""
    locked = select(Banking).filter(Banking.number == number).with_for_update().execution_options(populate_existing=True)
    banking = db.session.scalar(locked)
    if banking is None:
        raise NotFound
    if banking.banked_on is not None:
        raise Conflict("Cette remise est déjà à la banque.")
    if not paris_day(banking.made_at) <= banked_on <= paris_day(now):
        raise RuleBroken("Choisissez un jour entre celui de la remise et aujourd’hui.", field="banked_on")
    write = cheques_banked if banking.made_entry is None else cash_banked
    entry = write(banking.cents, on=paris_day(now), label=f"Remise {number} créditée le {banked_on:%d/%m/%Y}")
    banking.banked_on, banking.banked_at, banking.banked_by = banked_on, now, by.account_id
    banking.banked_entry = ledger.post(entry, now=now, reference=f"remise {number}")
    audit.record("banked", banking, by=by, now=now)
    return banking


def _count(counted_cents: int, reason: str | None, *, opens: bool, by: Viewer, now: datetime) -> DrawerCount:
    """Behind the lock of the books: cash being entered is waited for and expected, the next belongs to what follows."""
    books = ledger.lock_books()
    last = last_count()
    number = last.number + 1 if last else 1
    if is_opening(number) is not opens:
        raise Conflict("La caisse est déjà ouverte." if opens else "La caisse n’est pas ouverte.")
    expected = balance_of(CASH)
    check_count(expected_cents=expected, counted_cents=counted_cents, reason=reason)
    entry_number = None
    if found := counted_cents - expected:
        entry = drawer_differed(found, on=paris_day(now), label=f"Écart de caisse {'à l’ouverture' if opens else 'à la fermeture'}")
        entry_number = ledger.post(entry, now=now, reference=f"comptage {number}")
    count = DrawerCount(
        number=number,
        at=now,
        by=by.account_id,
        expected_cents=expected,
        counted_cents=counted_cents,
        reason=reason if found else None,
        entry_number=entry_number,
        last_entry=books.last_entry,
    )
    db.session.add(count)
    audit.record("open_drawer" if opens else "close_drawer", count, by=by, now=now)
    return count
