"""A microcredit's file from the lines that the person lets in to the money paid out (domain.md §3.3, §9 "Personal microcredit")."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from billing.repayment import repay
from billing.schedule import Loan
from fleet.documents.frozen import freeze
from fleet.lifecycle import NotNow
from fleet.microcredits import (
    ACCEPT,
    DROP,
    LINES,
    PAY,
    PREPARE,
    PREPARED,
    REFUSALS,
    REFUSE,
    SEND,
    after,
    check_choice,
    check_day,
    millionths_of,
)
from fleet.models import Booking, Microcredit
from fleet.queries.microcredit_papers import paper_of
from fleet.queries.microcredits import find_open
from mobility import audit, numbers
from mobility.actions.attachments import claim
from mobility.actions.people import lock_beneficiary
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Role, Viewer

_READERS = frozenset({Role.ADVISER, Role.MANAGER})
QUOTE = AttachmentKind(code="quote", name="devis d’un véhicule à acheter", adders=_READERS, readers=_READERS, own=True)


def prepare(
    booking_id: int,
    *,
    principal_cents: int,
    yearly_rate: Decimal,
    months: int,
    seller: str,
    vehicle: str,
    price_cents: int,
    lines: Sequence[str],
    agreed: bool,
    quote_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> Microcredit:
    """Prepare a rental's file, or prepare it anew while it is not sent: the loan, the quote, and the lines the person lets in.

    Raises NotFound, NotNow before the keys, Conflict once one is sent, RuleBroken beside the field.
    """
    booking, person = _lock(booking_id)
    if booking.handed_over_at is None or booking.account_id is None:
        raise NotNow("Le dossier se prépare une fois le véhicule remis.")
    repay(Loan(principal_cents=principal_cents, yearly_rate=yearly_rate, months=months))
    check_choice(lines, agreed=agreed)
    row = find_open(person.id) or _begin(person, now=now)
    row.status = after(PREPARE, row.status)
    row.booking_id, row.principal_cents, row.months, row.rate_millionths = booking.id, principal_cents, months, millionths_of(yearly_rate)
    row.seller, row.vehicle, row.price_cents = seller, vehicle, price_cents
    row.lines, row.agreed_at, row.agreed_to = [code for code in LINES if code in lines], now, by.account_id
    if quote_id is not None:
        (quote,) = claim([quote_id], kind=QUOTE.code, beneficiary_id=person.id, field="quote_id", by=by, now=now)
        row.quote_id = quote.id
    db.session.add(row)
    audit.record("prepare", row, by=by, now=now, subject=person)
    return row


def send(booking_id: int, *, lender: str, on: date, by: Viewer, now: datetime) -> Microcredit:
    """It went to a lender: from now on it says what it said that day. Raises NotFound, Conflict, RuleBroken on `on`."""
    row, person = _open(booking_id)
    status = after(SEND, row.status)
    check_day(on, not_before=paris_day(row.agreed_at), today=paris_day(now))
    row.content = freeze(paper_of(row, by=by, now=now))
    row.status, row.lender, row.sent_on = status, lender, on
    return _told("send", row, person, by=by, now=now)


def answer(booking_id: int, *, accepted: bool, on: date, reason: str | None = None, by: Viewer, now: datetime) -> Microcredit:
    """What the lender said; a refusal has its reason. Raises NotFound, Conflict, RuleBroken beside the field."""
    row, person = _open(booking_id)
    status = after(ACCEPT if accepted else REFUSE, row.status)
    check_day(on, not_before=row.answered_on or row.sent_on, today=paris_day(now))
    if not accepted and reason not in REFUSALS:
        raise RuleBroken("Dites pourquoi le prêteur a refusé.", field="reason")
    row.status, row.answered_on, row.refused_reason = status, on, None if accepted else reason
    return _told("accept" if accepted else "refuse", row, person, by=by, now=now)


def pay_out(booking_id: int, *, on: date, by: Viewer, now: datetime) -> Microcredit:
    """The lender paid: the vehicle can be bought. Raises NotFound, Conflict, RuleBroken on `on`."""
    row, person = _open(booking_id)
    status = after(PAY, row.status)
    check_day(on, not_before=row.answered_on, today=paris_day(now))
    row.status, row.paid_on = status, on
    return _told("pay_out", row, person, by=by, now=now)


def drop(booking_id: int, *, by: Viewer, now: datetime) -> Microcredit:
    """The person goes no further with it. Raises NotFound, Conflict."""
    row, person = _open(booking_id)
    row.status, row.dropped_at = after(DROP, row.status), now
    return _told("drop", row, person, by=by, now=now)


def _begin(person: Beneficiary, *, now: datetime) -> Microcredit:
    year = paris_day(now).year
    number = f"MC-{year}-{numbers.take('microcredit', year):04d}"
    return Microcredit(number=number, beneficiary_id=person.id, status=PREPARED, created_at=now)


def _open(booking_id: int) -> tuple[Microcredit, Beneficiary]:
    booking, person = _lock(booking_id)
    row = find_open(person.id)
    if row is None or row.booking_id != booking.id:
        raise NotFound("Aucun dossier n’est en cours pour cette mise à disposition.")
    return row, person


def _lock(booking_id: int) -> tuple[Booking, Beneficiary]:
    booking = db.session.get(Booking, booking_id)
    if booking is None:
        raise NotFound("Cette mise à disposition n’existe pas ici.")
    return booking, lock_beneficiary(booking.beneficiary_id)


def _told(verb: str, row: Microcredit, person: Beneficiary, *, by: Viewer, now: datetime) -> Microcredit:
    audit.record(verb, row, by=by, now=now, subject=person)
    return row
