"""A payer's monthly invoice: issued once, numbered without a hole, then paid, disputed or credited; never edited (domain.md §9)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing.actions import ledger
from billing.entries import share_credited, share_paid
from billing.invoices import check_paid, lines_to_invoice
from billing.models import Payer, PayerInvoice, PayerInvoiceStep
from billing.queries.invoices import asked_of, content_of, get_invoice, progress_of, shares_of
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
    lines = lines_to_invoice(shares_of(payer.id), asked_of(payer.id), last_on=last_on)
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


def credit(number: int, *, reason: str, by: Viewer, now: datetime) -> PayerInvoice:
    """What is left of it is given up by a numbered credit note and a reversal; the person owes none of it. Raises NotFound, Conflict."""
    invoice, payer = _lock(number)
    left_cents = progress_of(invoice).left_cents
    if not left_cents:
        raise Conflict("Il ne reste rien à payer sur cette facture.")
    content = invoice.content | {"lines": [], "reason": reason}
    note = _issue(payer, invoice.first_on, invoice.last_on, -left_cents, content, credits_id=invoice.id, by=by, now=now)
    entry = share_credited(party_of(payer.id), left_cents, on=paris_day(now), label=f"Avoir {note.number} sur la facture {invoice.number}")
    number_of_entry = ledger.post(entry, now=now, reference=f"avoir {note.number}")
    _step(invoice, "credited", cents=left_cents, on=paris_day(now), reason=reason, entry_number=number_of_entry, by=by, now=now)
    return note


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
