"""A payer's monthly invoice: issued once, numbered without a hole, then paid, disputed or credited; never edited (domain.md §9)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing.actions import ledger
from billing.entries import share_credited, share_paid
from billing.invoices import check_paid, give_up, lines_to_invoice
from billing.models import Payer, PayerInvoice, PayerInvoiceStep
from billing.queries.invoices import asked_lines, claims_on, content_of, get_invoice, given_up_of, progress_of
from billing.queries.payers import get_payer
from billing.shares import party_of
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.periods import ONE_DAY, months_after, paris_day
from mobility.rights import Viewer


def issue_invoice(payer_id: int, *, month_on: date, by: Viewer, now: datetime) -> PayerInvoice:
    """The invoice of the month that holds a day, once it is over. Raises NotFound, RuleBroken for a month to come, Conflict for nothing."""
    payer = lock_payer(payer_id)
    first_on = month_on.replace(day=1)
    last_on = months_after(first_on, 1) - ONE_DAY
    if last_on >= paris_day(now):
        raise RuleBroken("Un mois se facture une fois fini.", field="month_on")
    lines = lines_to_invoice(claims_on(payer.id), last_on=last_on)
    cents = sum(line.cents for line in lines)
    return _issue(payer, first_on, last_on, cents, content_of(payer, lines), by=by, now=now)


def receive(number: int, *, cents: int, received_on: date, by: Viewer, now: datetime) -> PayerInvoiceStep:
    """The payer paid the whole or a part by transfer. Raises NotFound, Conflict, RuleBroken."""
    invoice, payer = _lock(number)
    check_paid(progress_of(invoice), cents, received_on=received_on, issued_on=paris_day(invoice.issued_at), today=paris_day(now))
    entry = share_paid(party_of(payer.id), cents, on=paris_day(now), label=f"Facture {invoice.number} payée par {payer.name}")
    number_of_entry = ledger.post(entry, now=now, reference=f"facture {invoice.number}")
    return _step(invoice, "paid", cents=cents, on=received_on, entry_number=number_of_entry, by=by, now=now)


def dispute(number: int, *, reason: str, by: Viewer, now: datetime) -> PayerInvoiceStep:
    """The payer disputes it; it stays due until it is paid or credited. Raises NotFound, Conflict when nothing is left to pay."""
    invoice, _ = _lock(number)
    if not progress_of(invoice).left_cents:
        raise Conflict("Il ne reste rien à payer sur cette facture.")
    return _step(invoice, "disputed", cents=0, on=paris_day(now), reason=reason, by=by, now=now)


def credit(number: int, *, reason: str, lines: Sequence[int] = (), cents: int | None = None, by: Viewer, now: datetime) -> PayerInvoice:
    """Lines of it (by place, from 1), `cents` of one, or all that is left, are given up by a numbered credit note and a reversal.

    Nobody owes that part any more: neither the payer, who is not asked again, nor the person, whose account does not move.
    Raises NotFound, Conflict when nothing is left, RuleBroken beside lines or an amount above what is left.
    """
    invoice, payer = _lock(number)
    left_cents = progress_of(invoice).left_cents
    if not left_cents:
        raise Conflict("Il ne reste rien à payer sur cette facture.")
    given: list[dict[str, Any]] = []
    if lines or cents is not None:
        parts = give_up(asked_lines(invoice), given_up_of(invoice), places=lines, cents=cents, left_cents=left_cents)
        given = [_given_up(invoice, place, by_day) for place, by_day in parts.items()]
    credited_cents = -sum(line["cents"] for line in given) or left_cents
    content = invoice.content | {"lines": given, "reason": reason}
    owed = _owed(payer.id)
    note = _issue(payer, invoice.first_on, invoice.last_on, -credited_cents, content, credits_id=invoice.id, by=by, now=now)
    number_of_entry = _enter_note(payer, note, owed - _owed(payer.id), f"Avoir {note.number} sur la facture {invoice.number}", now=now)
    _step(invoice, "credited", cents=credited_cents, on=paris_day(now), reason=reason, entry_number=number_of_entry, by=by, now=now)
    return note


def _owed(payer_id: int) -> int:
    """What the books hold against a payer, its payments apart."""
    return sum(claim.owed for by_day in claims_on(payer_id).values() for claim in by_day.values())


def _enter_note(payer: Payer, note: PayerInvoice, cents: int, label: str, *, now: datetime) -> int | None:
    """A note's entry: less than its sum, or none, where its days were given back since, which the books took off on that day."""
    if not cents:
        return None
    return ledger.post(share_credited(party_of(payer.id), cents, on=paris_day(now), label=label), now=now, reference=f"avoir {note.number}")


def _given_up(invoice: PayerInvoice, place: int, by_day: Mapping[date, int]) -> dict[str, Any]:
    """A line of a credit note: the invoice's own, with what is given up of it."""
    days = {day.isoformat(): -cents for day, cents in sorted(by_day.items())}
    return invoice.content["lines"][place - 1] | {"line": place, "by_day": days, "cents": -sum(by_day.values())}


def _issue(
    payer: Payer,
    first_on: date,
    last_on: date,
    cents: int,
    content: dict[str, Any],
    *,
    credits_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> PayerInvoice:
    invoice = PayerInvoice(
        number=numbers.take("payer_invoice"),
        payer_id=payer.id,
        credits_id=credits_id,
        first_on=first_on,
        last_on=last_on,
        cents=cents,
        content=content,
        issued_at=now,
        issued_by=by.account_id,
    )
    db.session.add(invoice)
    audit.record("issue_payer_invoice", invoice, by=by, now=now)
    db.session.flush()
    return invoice


def _step(invoice: PayerInvoice, act: str, *, by: Viewer, now: datetime, **told: Any) -> PayerInvoiceStep:
    step = PayerInvoiceStep(invoice_id=invoice.id, act=act, at=now, by=by.account_id, **told)
    db.session.add(step)
    audit.record(f"payer_invoice_{act}", step, by=by, now=now)
    return step


def _lock(number: int) -> tuple[PayerInvoice, Payer]:
    """An invoice, its payer locked: two acts on it come one after the other. Raises NotFound."""
    invoice = get_invoice(number)
    return invoice, lock_payer(invoice.payer_id)


def lock_payer(payer_id: int) -> Payer:
    """A payer, locked until the commit. Raises NotFound."""
    get_payer(payer_id)
    query = select(Payer).filter(Payer.id == payer_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
