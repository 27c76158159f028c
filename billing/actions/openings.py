"""What stood before these books began: a balance, a deposit held, each a dated opening entry undone only by reversal; months counted."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from billing.actions import ledger
from billing.actions.charging import OPENING, lock_account, post_charge
from billing.actions.deposit_steps import take_step
from billing.actions.deposits import ask_deposit
from billing.deposits import BY_CARD, DEPOSIT_KIND_LABELS
from billing.ledger import reversal
from billing.models import BillingAccount, Charge, Deposit, DepositStep, LedgerLine
from billing.queries.books import read_entry
from billing.queries.statement import foreseen_stay
from billing.reckoning import Due, counted_before, held_months
from mobility import audit
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.money import MAX_CENTS, euros
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer

HELD_KINDS = tuple(kind for kind in DEPOSIT_KIND_LABELS if kind not in BY_CARD)


def open_balance(account_id: int, *, cents: int, by: Viewer, now: datetime) -> Charge:
    """What a person owes from before, or has paid ahead (below zero). Raises NotFound, RuleBroken on `cents`."""
    account = lock_account(account_id)
    if not 0 < abs(cents) <= MAX_CENTS:
        raise RuleBroken("Ce solde n’est pas possible ici.", field="cents")
    today = paris_day(now)
    said = f"Reste dû à la reprise du {say_day(today)}" if cents > 0 else f"Avance reprise le {say_day(today)}"
    due = Due(key=OPENING, kind=OPENING, first_on=today, last_on=today, cents=cents, sentence=f"{said} : {euros(abs(cents))}")
    return post_charge(account, due, by=by, now=now)


def open_deposit_held(account_id: int, *, kind: str, cents: int, by: Viewer, now: datetime) -> Deposit:
    """A deposit that is held already, whole. What a card paid is `ELSEWHERE`: it goes back where it was paid, not by our gateway.

    Raises NotFound, RuleBroken beside the field.
    """
    account = lock_account(account_id)
    if kind not in HELD_KINDS:
        raise RuleBroken("Une caution par carte se rend là où elle a été prise : elle ne se reprend pas ici.", field="kind")
    if not 0 < cents <= MAX_CENTS:
        raise RuleBroken("Ce montant de caution n’est pas possible ici.", field="cents")
    deposit = ask_deposit(account, kind=kind, due_cents=cents, by=by, now=now)
    take_step(deposit, "received", cents, opens=True, by=by, now=now)
    return deposit


def pass_months(account_id: int, *, by: Viewer, now: datetime) -> list[Charge]:
    """The months of a programme that were over before today were counted elsewhere: they are never charged here. Raises NotFound."""
    account = lock_account(account_id)
    over = [month for month in held_months(foreseen_stay(account)) if month.last_on < paris_day(now)]
    return [post_charge(account, counted_before(month), by=by, now=now) for month in over]


def reverse_openings(charge_ids: Collection[int], step_ids: Collection[int], *, now: datetime) -> None:
    """Undo the entries of balances and deposits that were opened; their rows are the caller's to take away."""
    charges = db.session.scalars(select(Charge.entry_number).filter(Charge.id.in_(charge_ids)))
    steps = db.session.scalars(select(DepositStep.entry_number).filter(DepositStep.id.in_(step_ids)))
    for number in sorted({found for found in (*charges, *steps) if found is not None}):
        entry, account_id, reference = read_entry(number)
        ledger.post(reversal(number, entry, paris_day(now)), now=now, account_id=account_id, reference=reference)


def list_with_entries(account_ids: Collection[int]) -> list[int]:
    """Of these accounts, those that the books speak of: they stay."""
    found = select(LedgerLine.account_id).filter(LedgerLine.account_id.in_(account_ids)).distinct()
    return sorted(id_ for id_ in db.session.scalars(found) if id_ is not None)


def void_account(account_id: int, *, by: Viewer, now: datetime) -> BillingAccount:
    """The rental it was opened for is undone: nothing runs on it any more, and its name is free. Raises NotFound."""
    account = lock_account(account_id)
    account.started_at, account.closed_at, account.reference = None, now, f"undone:{account.id}"
    audit.record("void_account", account, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    return account
