"""Hirers, and what is ordered of them for a rental: the order, its contract, its return, the guarantee (domain.md §3.5)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing import hires
from billing.actions import ledger
from billing.actions.charging import lock_account
from billing.hire_entries import guarantee_ended, guarantee_given
from billing.hires import check_order, number_of, party_of
from billing.ledger import Entry
from billing.models import BillingAccount, HireOrder, Hirer, HireStep
from billing.queries.hires import as_steps, find_live_order, get_hirer, list_hire_steps
from billing.shares import check_siret
from mobility import audit, numbers
from mobility.actions.attachments import claim
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Role, Viewer

_MONEY = frozenset({Role.ADVISER, Role.TREASURER, Role.MANAGER})
PAPER = AttachmentKind(code="hirer", name="papier d’un loueur", adders=_MONEY, readers=_MONEY)
IDENTITY = ("name", "address", "siret", "contact", "phone", "email")


def add_hirer(*, by: Viewer, now: datetime, **given: Any) -> Hirer:
    """A hirer by name, address, SIRET and contact. Raises RuleBroken beside the SIRET, Conflict for a name that is taken."""
    hirer = Hirer(added_at=now)
    _identify(hirer, given)
    db.session.add(hirer)
    audit.record("add_hirer", hirer, by=by, now=now)
    return hirer


def change_hirer(hirer_id: int, *, by: Viewer, now: datetime, **given: Any) -> Hirer:
    """Another address, another contact. Raises NotFound, RuleBroken, Conflict."""
    hirer = get_hirer(hirer_id)
    _identify(hirer, given)
    audit.record("change_hirer", hirer, by=by, now=now)
    return hirer


def place_order(
    account_id: int, *, hirer_id: int, names_person: bool = True, conditions: str | None = None, by: Viewer, now: datetime, **ordered: Any
) -> HireOrder:
    """Order a vehicle of a hirer for a rental: `ordered` are the days, both included, and the price. One order at a time.

    Raises NotFound, RuleBroken beside the field, Conflict when the rental goes by an order already, or is over.
    """
    account, hirer = lock_account(account_id), db.session.get(Hirer, hirer_id)
    if hirer is None:
        raise RuleBroken("Choisissez un des loueurs enregistrés.", field="hirer_id")
    check_order(hires.Ordered(**ordered))
    if account.closed_at is not None:
        raise Conflict("Cette location est finie ou annulée : il n’y a rien à commander.")
    if find_live_order(account_id) is not None:
        raise Conflict("Cette location a déjà sa commande.")
    order = HireOrder(number=numbers.take("hire_order"), account_id=account.id, hirer_id=hirer.id, **ordered)
    order.names_person, order.conditions, order.ordered_at, order.ordered_by = names_person, conditions, now, by.account_id
    db.session.add(order)
    audit.record("order_vehicle", order, by=by, now=now, subject=person_of(account))
    return order


def record_contract(hire_id: int, *, reference: str, on: date, attachment_id: int | None = None, by: Viewer, now: datetime) -> HireStep:
    """The hirer and the person signed: their contract's number, day and paper. Raises NotFound, Conflict, RuleBroken."""
    order = lock_order(hire_id)
    hires.check_day(on, paris_day(now))
    order.contract_number, order.contract_on = reference, on
    step = HireStep(act=hires.SIGNED, on=on, reference=reference)
    return note(step, order, attachment_id=attachment_id, by=by, now=now)


def extend(hire_id: int, *, last_on: date, reason: str | None = None, by: Viewer, now: datetime) -> HireStep:
    """The hirer agreed to another day of return, later or sooner. Raises NotFound, Conflict, RuleBroken."""
    order = lock_order(hire_id)
    if last_on < order.first_on:
        raise RuleBroken("Le retour au loueur vient après le départ.", field="last_on")
    order.last_on = last_on
    return note(HireStep(act=hires.EXTENDED, on=last_on, reason=reason), order, by=by, now=now)


def cancel(hire_id: int, *, reason: str, by: Viewer, now: datetime) -> HireStep:
    """The order is withdrawn before anything was invoiced; what was guaranteed is ended first. Raises NotFound, Conflict."""
    order = lock_order(hire_id)
    steps = hires.standing(as_steps(list_hire_steps(hire_id)))
    if any(step.act in (hires.BILLED, hires.CALLED) for step in steps):
        raise Conflict("Le loueur a déjà facturé ou appelé la garantie : la commande ne s’annule plus.")
    if hires.guarantee_left(steps):
        raise Conflict("Mettez d’abord fin à la garantie.")
    order.cancelled_at = now
    return note(HireStep(act=hires.DROPPED, on=paris_day(now), reason=reason), order, by=by, now=now)


def give_guarantee(hire_id: int, *, cents: int, by: Viewer, now: datetime) -> HireStep:
    """The association stands for the person up to `cents`: a commitment off the balance, and its letter. Raises NotFound, Conflict."""
    order = lock_order(hire_id)
    if hires.guarantee_left(as_steps(list_hire_steps(hire_id))):
        raise Conflict("Cette commande a déjà sa garantie : mettez-y fin avant d’en donner une autre.")
    step, today = HireStep(act=hires.GUARANTEED, cents=cents, on=paris_day(now)), paris_day(now)
    entry = guarantee_given(party_of(order.hirer_id), cents, on=today, label=f"Garantie donnée, {number_of(order.number)}")
    return note(step, order, entry=entry, by=by, now=now)


def end_guarantee(hire_id: int, *, by: Viewer, now: datetime) -> HireStep:
    """Nothing more can be called: the commitment leaves the books. Raises NotFound, Conflict when none is left."""
    order = lock_order(hire_id)
    left = hires.guarantee_left(as_steps(list_hire_steps(hire_id)))
    if not left:
        raise Conflict("Il n’y a plus de garantie sur cette commande.")
    step, today = HireStep(act=hires.RELEASED, cents=left, on=paris_day(now)), paris_day(now)
    entry = guarantee_ended(party_of(order.hirer_id), left, on=today, label=f"Garantie finie, {number_of(order.number)}")
    return note(step, order, entry=entry, by=by, now=now)


def lock_order(hire_id: int) -> HireOrder:
    """An order, its rental's account locked until the commit: one act after the other. Raises NotFound, Conflict once cancelled."""
    found = db.session.get(HireOrder, hire_id)
    if found is None:
        raise NotFound
    lock_account(found.account_id)
    order = db.session.scalars(select(HireOrder).filter(HireOrder.id == hire_id).execution_options(populate_existing=True)).one()
    if order.cancelled_at is not None:
        raise Conflict("Cette commande est annulée.")
    return order


def note(
    step: HireStep, order: HireOrder, *, entry: Entry | None = None, attachment_id: int | None = None, by: Viewer, now: datetime
) -> HireStep:
    """Keep a step with its paper and its entry."""
    with db.session.no_autoflush:  # what changed of the order is still to be noted
        person = person_of(db.session.get_one(BillingAccount, order.account_id))
    if audit.changed_fields(order):
        audit.record(f"hire_{step.act}", order, by=by, now=now, subject=person)
    step.hire_id, step.at, step.by = order.id, now, by.account_id
    if attachment_id is not None:
        (paper,) = claim([attachment_id], kind=PAPER.code, beneficiary_id=person.id, field="attachment_id", by=by, now=now)
        step.attachment_id = paper.id
    if entry is not None:
        step.entry_number = ledger.post(entry, now=now, account_id=order.account_id, reference=number_of(order.number))
    db.session.add(step)
    audit.record(f"hire_{step.act}", step, by=by, now=now, subject=person)
    return step


def person_of(account: BillingAccount) -> Beneficiary:
    """Whose rental it is."""
    return db.session.get_one(Beneficiary, account.beneficiary_id)


def _identify(hirer: Hirer, given: dict[str, Any]) -> None:
    check_siret(given.get("siret"))
    with db.session.no_autoflush:
        taken = db.session.scalar(select(Hirer).filter(Hirer.name == given["name"]))
    if taken is not None and taken.id != hirer.id:
        raise Conflict("Un loueur porte déjà ce nom.", field="name")
    for name in IDENTITY:
        setattr(hirer, name, given.get(name))
