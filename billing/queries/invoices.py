"""Payers' invoices: what is to be asked, what was, and what became of each."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select

from billing.claims import Claim, Note, given_up_by
from billing.documents.invoice import InvoicePaper, PaperLine
from billing.invoices import InvoiceLine, Progress
from billing.models import Charge, Payer, PayerAgreement, PayerInvoice, PayerInvoiceStep
from billing.queries.payers import agreements_with
from billing.queries.statement import shared_by_day
from billing.tariffs import KIND_LABELS
from billing.tax import TAX_SENTENCES
from mobility import practice
from mobility.db import db, total_of
from mobility.errors import NotFound
from mobility.periods import paris_day, say_span
from mobility.queries.letterhead import letterhead

DaysOf = defaultdict[int, Counter[date]]  # cents by agreement and day
_STEPS = (
    select(
        PayerInvoiceStep.invoice_id,
        total_of(case((PayerInvoiceStep.act == "paid", PayerInvoiceStep.cents), else_=0)).label("paid"),
        total_of(case((PayerInvoiceStep.act == "credited", PayerInvoiceStep.cents), else_=0)).label("credited"),
        func.max(case((PayerInvoiceStep.act == "disputed", PayerInvoiceStep.id), else_=0)).label("disputed"),
        func.max(PayerInvoiceStep.id).label("last"),
    )
    .group_by(PayerInvoiceStep.invoice_id)
    .subquery()
)
IS_NOTE = PayerInvoice.credits_id.is_not(None)
ASKED_CENTS = PayerInvoice.cents - func.coalesce(_STEPS.c.paid, 0) - func.coalesce(_STEPS.c.credited, 0)  # below zero: gives back


@dataclass(frozen=True, kw_only=True)
class InvoiceRow:
    """An invoice in a list: whose, and how it fares."""

    invoice: PayerInvoice
    payer: Payer
    progress: Progress


def all_invoices() -> Select[*tuple[Any, ...]]:
    """Every invoice and credit note with its payer and its steps' sums: what lists narrow and order."""
    query = select(PayerInvoice, Payer, _STEPS.c.paid, _STEPS.c.credited, _STEPS.c.disputed, _STEPS.c.last)
    return query.join(Payer, Payer.id == PayerInvoice.payer_id).outerjoin(_STEPS, _STEPS.c.invoice_id == PayerInvoice.id)


def read_invoice(row: Any) -> InvoiceRow:
    """A line as lists show it."""
    invoice, payer, paid, credited, disputed, last = row
    progress = Progress(
        cents=invoice.cents, paid_cents=int(paid or 0), credited_cents=int(credited or 0), is_disputed=bool(last) and disputed == last
    )
    return InvoiceRow(invoice=invoice, payer=payer, progress=progress)


def find_row(number: int) -> InvoiceRow:
    """One invoice as lists show it. Raises NotFound."""
    row = db.session.execute(all_invoices().filter(PayerInvoice.number == number)).first()
    if row is None:
        raise NotFound
    return read_invoice(row)


def get_invoice(number: int) -> PayerInvoice:
    """An invoice by its number. Raises NotFound."""
    return find_row(number).invoice


def progress_of(invoice: PayerInvoice) -> Progress:
    """How it fares."""
    return find_row(invoice.number).progress


def list_steps(invoice: PayerInvoice) -> list[PayerInvoiceStep]:
    """Its steps, in order."""
    query = select(PayerInvoiceStep).filter(PayerInvoiceStep.invoice_id == invoice.id).order_by(PayerInvoiceStep.id)
    return list(db.session.scalars(query))


def shares_of(payer_id: int) -> dict[int, dict[date, int]]:
    """A payer's net cents by agreement and day, as charged so far."""
    agreed = {one.id for one in db.session.scalars(select(PayerAgreement).filter(PayerAgreement.payer_id == payer_id))}
    accounts = select(PayerAgreement.account_id).filter(PayerAgreement.payer_id == payer_id)
    by_account: dict[int, list[Charge]] = defaultdict(list)
    for charge in db.session.scalars(select(Charge).filter(Charge.account_id.in_(accounts)).order_by(Charge.id)):
        by_account[charge.account_id].append(charge)
    shares: dict[int, dict[date, int]] = defaultdict(dict)
    for charges in by_account.values():
        for day, parts in shared_by_day(charges).items():
            for agreement_id in agreed & parts.keys():
                shares[agreement_id][day] = parts[agreement_id]
    return shares


def claims_on(payer_id: int) -> dict[int, dict[date, Claim]]:
    """Each day a payer was ever charged or asked, by agreement: what stands, was asked, was given up."""
    stands, asked, given_up = shares_of(payer_id), *asked_of(payer_id)
    return {one: claims_of_days(stands.get(one, {}), asked.get(one, {}), given_up.get(one, {})) for one in sorted({*stands, *asked})}


def claims_of_days(stands: Mapping[date, int], asked: Mapping[date, int], given_up: Mapping[date, int]) -> dict[date, Claim]:
    """The claims on the days of one agreement."""
    days = sorted({*stands, *asked})
    return {day: Claim(stands=stands.get(day, 0), asked=asked.get(day, 0), given_up=given_up.get(day, 0)) for day in days}


def asked_of(payer_id: int) -> tuple[DaysOf, DaysOf]:
    """What a payer was asked so far by agreement and day, and what of it credit notes gave up."""
    asked, given_up = DaysOf(Counter), DaysOf(Counter)
    written = list(db.session.scalars(select(PayerInvoice).filter(PayerInvoice.payer_id == payer_id).order_by(PayerInvoice.id)))
    for invoice in written:
        if invoice.credits_id is None:
            notes = [_note(note) for note in written if note.credits_id == invoice.id]
            lines = asked_lines(invoice)
            _add(asked, invoice, dict(enumerate(lines, 1)))
            _add(given_up, invoice, given_up_by(lines, notes))
    return asked, given_up


def _add(sums: DaysOf, invoice: PayerInvoice, by_place: Mapping[int, Mapping[date, int]]) -> None:
    for place, by_day in by_place.items():
        sums[invoice.content["lines"][place - 1]["agreement"]].update(by_day)


def asked_lines(invoice: PayerInvoice) -> list[dict[date, int]]:
    """Cents by day of each of its lines, in their order."""
    return [_by_day(line) for line in invoice.content["lines"]]


def given_up_of(invoice: PayerInvoice) -> dict[int, dict[date, int]]:
    """Cents that credit notes gave up of its lines, by place (from 1) and day."""
    notes = db.session.scalars(select(PayerInvoice).filter(PayerInvoice.credits_id == invoice.id).order_by(PayerInvoice.id))
    return given_up_by(asked_lines(invoice), list(map(_note, notes)))


def _note(note: PayerInvoice) -> Note:
    parts = {line["line"]: {day: -cents for day, cents in _by_day(line).items()} for line in note.content["lines"]}
    return Note(cents=-note.cents, parts=parts)


def _by_day(line: dict[str, Any]) -> dict[date, int]:
    return {date.fromisoformat(day): cents for day, cents in line["by_day"].items()}


def content_of(payer: Payer, lines: list[InvoiceLine]) -> dict[str, Any]:
    """What an invoice keeps: the payer as it was, and of each line the person, the decision, the kind, the days; nothing more leaves."""
    names = ("name", "address", "siret", "service_code", "commitment")
    told = {line.agreement.id: line for line in agreements_with(payer.id)}
    kept = [
        {
            "agreement": line.agreement_id,
            "person": f"{told[line.agreement_id].person.first_name} {told[line.agreement_id].person.last_name}",
            "reference": told[line.agreement_id].agreement.reference,
            "kind": told[line.agreement_id].account.kind,
            "by_day": {day.isoformat(): cents for day, cents in line.by_day.items()},
            "cents": line.cents,
        }
        for line in lines
    ]
    return {name: getattr(payer, name) for name in names} | {"lines": kept, "reason": None}


def invoice_paper(row: InvoiceRow) -> InvoicePaper:
    """An invoice or a credit note as it is printed."""
    invoice, content = row.invoice, row.invoice.content
    credited = db.session.get(PayerInvoice, invoice.credits_id) if invoice.credits_id else None
    return InvoicePaper(
        platform=letterhead(),
        number=invoice.number,
        issued_at=invoice.issued_at,
        month=say_span(invoice.first_on, invoice.last_on),
        payer=content["name"],
        address=content["address"],
        siret=content["siret"],
        service_code=content["service_code"],
        commitment=content["commitment"],
        lines=tuple(map(_paper_line, content["lines"])),
        total_cents=invoice.cents,
        credits=credited.number if credited else None,
        reason=content["reason"],
        tax_sentence=TAX_SENTENCES[practice.value_on("billing.tax_regime", paris_day(invoice.issued_at))],
    )


def _paper_line(line: dict[str, Any]) -> PaperLine:
    days = sorted(map(date.fromisoformat, line["by_day"]))
    count = f"{len(days)} jour{'s' if len(days) > 1 else ''}"
    return PaperLine(
        person=line["person"],
        reference=line["reference"],
        what=f"{KIND_LABELS[line['kind']]}, {say_span(days[0], days[-1])}",
        days=f"{count}, rendu" if line["cents"] < 0 and "line" not in line else count,
        amount_cents=line["cents"],
    )
