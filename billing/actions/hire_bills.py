"""What a hirer invoices or calls: compared with the order, disputed, credited, paid; who bears it (domain.md §3.5)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing import hires
from billing.actions import ledger
from billing.actions.charging import post_charge
from billing.actions.hirers import lock_order, note
from billing.hire_entries import guarantee_called, hire_credited, hire_invoiced, hirer_paid, share_asked, share_received
from billing.hires import LINES, number_of, party_of
from billing.ledger import reversal
from billing.models import BillingAccount, HireOrder, Hirer, HireStep, Payer
from billing.queries.books import read_entry
from billing.queries.hires import as_steps, bill_in, get_step, is_taken, list_hire_steps, ordered_of, parts_of
from billing.reckoning import Due
from billing.shares import party_of as payer_party
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Viewer


def enter_invoice(
    hire_id: int,
    *,
    reference: str,
    on: date,
    first_on: date,
    last_on: date,
    total_cents: int,
    vat_cents: int = 0,
    attachment_id: int | None = None,
    by: Viewer,
    now: datetime,
    **typed: Any,
) -> HireStep:
    """The hirer's invoice: number, day, days invoiced, lines (`typed`, by hires.LINES), total and the VAT in it. A cost, owed at once.

    What it says otherwise than the order is kept with it. Raises NotFound, RuleBroken beside the field, Conflict when it is there already.
    """
    order, today = lock_order(hire_id), paris_day(now)
    lines = {name: typed[name] for name in LINES if typed.get(name)}
    hires.check_invoice(lines, total_cents=total_cents, vat_cents=vat_cents, first_on=first_on, last_on=last_on, on=on, today=today)
    hirer = db.session.scalars(select(Hirer).filter(Hirer.id == order.hirer_id).with_for_update()).one()
    if is_taken(hirer.id, reference):
        raise Conflict("Une facture de ce loueur porte déjà ce numéro.", field="reference")
    said = hires.compare(ordered_of(order), lines, first_on=first_on, last_on=last_on, before=_spans(hire_id))
    step = HireStep(act=hires.BILLED, cents=total_cents, on=on, reference=reference)
    days = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
    step.content = days | {"lines": lines, "vat_cents": vat_cents, "differences": list(said)}
    entry = hire_invoiced(party_of(hirer.id), total_cents, on=today, label=f"Facture {reference} de {hirer.name}")
    return note(step, order, entry=entry, attachment_id=attachment_id, by=by, now=now)


def enter_credit(hire_id: int, step_id: int, *, reference: str, cents: int, reason: str, by: Viewer, now: datetime) -> HireStep:
    """The hirer's credit note on an invoice: at most what is left to pay of it. Raises NotFound, Conflict, RuleBroken."""
    order, invoice = _invoice(hire_id, step_id)
    hires.check_within(cents, bill_in(invoice, list_hire_steps(hire_id)).left_cents, "ce qui reste à payer")
    label = f"Avoir {reference} sur la facture {invoice.reference}"
    step = HireStep(act=hires.CREDITED, cents=cents, on=paris_day(now), reference=reference, reason=reason, about_id=invoice.id)
    return note(step, order, entry=hire_credited(party_of(order.hirer_id), cents, on=paris_day(now), label=label), by=by, now=now)


def dispute(hire_id: int, step_id: int, *, reason: str, by: Viewer, now: datetime) -> HireStep:
    """It is contested: not paid until somebody accepts it. Raises NotFound, Conflict when nothing is left."""
    return _judge(hire_id, step_id, hires.DISPUTED, reason, by=by, now=now)


def accept(hire_id: int, step_id: int, *, reason: str, by: Viewer, now: datetime) -> HireStep:
    """What it says otherwise than the order is accepted, with why: it may be paid. Raises NotFound, Conflict when nothing is left."""
    return _judge(hire_id, step_id, hires.ACCEPTED, reason, by=by, now=now)


def pay(hire_id: int, step_id: int, *, cents: int, on: date, reference: str | None = None, by: Viewer, now: datetime) -> HireStep:
    """A transfer to the hirer, entered on its day when its books are open. Raises NotFound, Conflict, RuleBroken."""
    order, invoice = _invoice(hire_id, step_id)
    hires.check_payable(bill_in(invoice, list_hire_steps(hire_id)), cents, on=on, today=paris_day(now))
    step = HireStep(act=hires.PAID, cents=cents, on=on, reference=reference, about_id=invoice.id)
    label = f"Facture {invoice.reference} payée"
    entry = hirer_paid(party_of(order.hirer_id), cents, on=ledger.open_day(on, today=paris_day(now)), label=label)
    return note(step, order, entry=entry, by=by, now=now)


def share(hire_id: int, *, payer_id: int, cents: int, reference: str, by: Viewer, now: datetime) -> HireStep:
    """A funder bears a part of what the association would: a subsidy to come. Raises NotFound, Conflict, RuleBroken."""
    order, payer = lock_order(hire_id), db.session.get(Payer, payer_id)
    if payer is None:
        raise RuleBroken("Choisissez un des financeurs enregistrés.", field="payer_id")
    hires.check_within(cents, parts_of(order.account_id).own, "la part de l’association")
    step = HireStep(act=hires.SHARED, cents=cents, on=paris_day(now), reference=reference, payer_id=payer.id)
    label = f"Part de {payer.name}, {number_of(order.number)}"
    return note(step, order, entry=share_asked(payer_party(payer.id), cents, on=paris_day(now), label=label), by=by, now=now)


def receive(hire_id: int, step_id: int, *, cents: int, on: date, by: Viewer, now: datetime) -> HireStep:
    """The funder paid the whole or a part of its share. Raises NotFound, Conflict, RuleBroken."""
    order, asked = lock_order(hire_id), get_step(hire_id, step_id, hires.SHARED)
    known = hires.standing(as_steps(list_hire_steps(hire_id)))
    _check_stands(asked, known)
    left = asked.cents - hires.sum_of([one for one in known if one.about_id == asked.id], hires.RECEIVED)
    hires.check_within(cents, left, "ce qui reste à recevoir")
    hires.check_day(on, paris_day(now))
    step = HireStep(act=hires.RECEIVED, cents=cents, on=on, about_id=asked.id, payer_id=asked.payer_id)
    label, day = f"Part {asked.reference} reçue, {number_of(order.number)}", ledger.open_day(on, today=paris_day(now))
    return note(step, order, entry=share_received(payer_party(asked.payer_id or 0), cents, on=day, label=label), by=by, now=now)


def call(hire_id: int, *, cents: int, on: date, reason: str, attachment_id: int | None = None, by: Viewer, now: datetime) -> HireStep:
    """The hirer calls the guarantee, within its ceiling: a cost, owed to the hirer. Raises NotFound, Conflict, RuleBroken."""
    order = lock_order(hire_id)
    hires.check_within(cents, hires.guarantee_left(as_steps(list_hire_steps(hire_id))), "ce qui reste garanti")
    hires.check_day(on, paris_day(now))
    step = HireStep(act=hires.CALLED, cents=cents, on=on, reason=reason)
    label = f"Garantie appelée, {number_of(order.number)}"
    entry = guarantee_called(party_of(order.hirer_id), cents, on=paris_day(now), label=label)
    return note(step, order, entry=entry, attachment_id=attachment_id, by=by, now=now)


def pay_call(hire_id: int, step_id: int, *, cents: int, on: date, reference: str | None = None, by: Viewer, now: datetime) -> HireStep:
    """A transfer to the hirer for what it called. Raises NotFound, Conflict, RuleBroken."""
    order, called, known = _call(hire_id, step_id)
    hires.check_within(cents, called.cents - _about(called, known, hires.PAID), "ce qui reste à payer")
    hires.check_day(on, paris_day(now))
    step = HireStep(act=hires.PAID, cents=cents, on=on, reference=reference, about_id=called.id)
    day = ledger.open_day(on, today=paris_day(now))
    return note(step, order, entry=hirer_paid(party_of(order.hirer_id), cents, on=day, label="Garantie payée"), by=by, now=now)


def charge_person(hire_id: int, step_id: int, *, cents: int, by: Viewer, now: datetime) -> HireStep:
    """What was called, or a part of it, becomes a debt of the person, told in its words. Raises NotFound, Conflict, RuleBroken."""
    order, called, known = _call(hire_id, step_id)
    hires.check_within(cents, called.cents - _about(called, known, hires.OWED, hires.LOST), "ce qui n’est pas encore décidé")
    today = paris_day(now)
    sentence = f"Payé pour vous au loueur, {called.reason} : {euros(cents)}"
    key = f"guarantee-{called.id}-{len(list_hire_steps(hire_id))}"  # steps undone too: their number only grows
    due = Due(key=key, kind="damage", first_on=today, last_on=today, cents=cents, sentence=sentence)
    charge = post_charge(db.session.get_one(BillingAccount, order.account_id), due, by=by, now=now)
    step = HireStep(act=hires.OWED, cents=cents, on=today, about_id=called.id, entry_number=charge.entry_number)
    return note(step, order, by=by, now=now)


def bear_loss(hire_id: int, step_id: int, *, cents: int, reason: str, by: Viewer, now: datetime) -> HireStep:
    """What was called stays the association's cost, with why; it is one in the books already. Raises NotFound, Conflict, RuleBroken."""
    order, called, known = _call(hire_id, step_id)
    hires.check_within(cents, called.cents - _about(called, known, hires.OWED, hires.LOST), "ce qui n’est pas encore décidé")
    step = HireStep(act=hires.LOST, cents=cents, on=paris_day(now), reason=reason, about_id=called.id)
    return note(step, order, by=by, now=now)


def undo(hire_id: int, step_id: int, *, reason: str, by: Viewer, now: datetime) -> HireStep:
    """A step noted by mistake is undone, its entry reversed. Raises NotFound, Conflict when others stand on it."""
    order, wrong = lock_order(hire_id), get_step(hire_id, step_id)
    steps = as_steps(list_hire_steps(hire_id))
    hires.check_undo(as_steps([wrong])[0], steps)
    if wrong.act == hires.BILLED and hires.sum_of(hires.standing(steps), hires.SHARED) > parts_of(order.account_id).invoiced - wrong.cents:
        raise Conflict("Des financeurs prennent en charge une part de cette facture : annulez d’abord leur part.")
    entry = None
    if wrong.entry_number is not None:
        entry = reversal(wrong.entry_number, read_entry(wrong.entry_number)[0], paris_day(now))
    step = HireStep(act=hires.UNDONE, cents=wrong.cents, on=paris_day(now), reason=reason, about_id=wrong.id)
    return note(step, order, entry=entry, by=by, now=now)


def _judge(hire_id: int, step_id: int, act: str, reason: str, *, by: Viewer, now: datetime) -> HireStep:
    order, invoice = _invoice(hire_id, step_id)
    if not bill_in(invoice, list_hire_steps(hire_id)).left_cents:
        raise Conflict("Il ne reste rien à payer sur cette facture.")
    return note(HireStep(act=act, on=paris_day(now), reason=reason, about_id=invoice.id), order, by=by, now=now)


def _invoice(hire_id: int, step_id: int) -> tuple[HireOrder, HireStep]:
    order, invoice = lock_order(hire_id), get_step(hire_id, step_id, hires.BILLED)
    _check_stands(invoice, hires.standing(as_steps(list_hire_steps(hire_id))))
    return order, invoice


def _call(hire_id: int, step_id: int) -> tuple[HireOrder, HireStep, list[hires.Step]]:
    order, called = lock_order(hire_id), get_step(hire_id, step_id, hires.CALLED)
    known = hires.standing(as_steps(list_hire_steps(hire_id)))
    _check_stands(called, known)
    return order, called, known


def _about(step: HireStep, known: list[hires.Step], *acts: str) -> int:
    return hires.sum_of([one for one in known if one.about_id == step.id], *acts)


def _check_stands(step: HireStep, known: list[hires.Step]) -> None:
    if all(one.id != step.id for one in known):
        raise Conflict("C’est annulé : il n’y a plus rien à en faire.")


def _spans(hire_id: int) -> list[tuple[date, date]]:
    """The days that the invoices which stand are for."""
    rows = list_hire_steps(hire_id)
    known = {step.id for step in hires.standing(as_steps(rows)) if step.act == hires.BILLED}
    contents = [row.content or {} for row in rows if row.id in known]
    return [(date.fromisoformat(one["first_on"]), date.fromisoformat(one["last_on"])) for one in contents]
