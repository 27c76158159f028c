"""What goes into a file for a lender: only the lines that the person let in, each from where the house keeps it (domain.md §3.3)."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from assessments.queries import entry_of
from billing.budgets import COSTS, INCOMES
from billing.queries.accounts import get_account
from billing.queries.readiness import Readiness, readiness
from fleet.documents.frozen import thaw
from fleet.documents.microcredit import MicrocreditPaper, Part
from fleet.microcredits import PARTS
from fleet.models import Microcredit
from fleet.queries.contracts import find_contract
from fleet.queries.microcredits import repayment_of
from fleet.queries.rentals import Rental, get_rental, list_point_etapes
from mobility.codes import ACTION_KINDS, JOB_KINDS
from mobility.documents.papers import Attached, Fact
from mobility.money import euros
from mobility.periods import paris_day, say_day, say_span
from mobility.queries.attachments import get_attachment
from mobility.queries.letterhead import letterhead, person_of
from mobility.queries.paths import list_actions
from mobility.queries.people import list_jobs
from mobility.rights import Viewer

Lines = Iterator[tuple[str, Fact]]


def paper_of(row: Microcredit, *, by: Viewer, now: datetime) -> MicrocreditPaper:
    """The file: as it was sent, or as it would be now."""
    if row.content is not None:
        return thaw(MicrocreditPaper, row.content)
    rental = get_rental(row.booking_id, by)
    return MicrocreditPaper(
        platform=letterhead(),
        number=row.number,
        written_at=now,
        full_name=f"{rental.person.first_name} {rental.person.last_name}",
        loan=f"Un prêt est demandé : {repayment_of(row).sentence}",
        parts=tuple(_parts(row, rental, by=by, today=paris_day(now))),
        agreed_at=row.agreed_at,
    )


def quote_of(row: Microcredit, *, by: Viewer) -> Attached | None:
    """The quote that the person brought, where they let that line in."""
    if row.quote_id is None or "quote" not in row.lines:
        return None
    kept = get_attachment(row.quote_id, by)
    return Attached(name="devis", said="Devis du véhicule à acheter", media_type=kept.media_type, content=kept.content)


def _parts(row: Microcredit, rental: Rental, *, by: Viewer, today: date) -> Iterator[Part]:
    """Part by part; one of which nothing was let in, or nothing is known, is not there."""
    account = get_account(rental.booking.account_id or 0, by)
    told = readiness(account, None, today)
    known = [*_person(rental), *_rental(rental, told), *_money(told), *_quote(row), *_path(rental)]
    listed = [*_jobs(rental), *_instalments(told), *_amounts(told), *_meetings(rental), *_steps(rental)]
    for title, codes in PARTS.items():
        chosen = codes.keys() & set(row.lines)
        part = Part(title=title, facts=_of(chosen, known), rows=_of(chosen, listed))
        if part.facts or part.rows:
            yield part


def _of(chosen: Collection[str], lines: list[tuple[str, Fact]]) -> tuple[Fact, ...]:
    return tuple(fact for code, fact in lines if code in chosen)


def _person(rental: Rental) -> Lines:
    person = person_of(rental.person)
    if person.born_on:
        yield "birth", Fact(label="Date de naissance", value=say_day(person.born_on))
    if person.address:
        yield "address", Fact(label="Adresse", value=person.address)
    if reached := ", ".join(way for way in (person.phone, person.email) if way):
        yield "contact", Fact(label="Pour me joindre", value=reached)


def _rental(rental: Rental, told: Readiness) -> Lines:
    booking = rental.booking
    contract = find_contract(booking.id)
    if contract and contract.signed_at:
        yield "contract", Fact(label="Contrat", value=f"n° {contract.number}, signé le {say_day(paris_day(contract.signed_at))}")
    if booking.handed_over_at:
        span = say_span(paris_day(booking.handed_over_at), paris_day(booking.returned_at or booking.ends_at))
        yield "contract", Fact(label="Location", value=f"{rental.vehicle.label}, {span}")
    if told.rent_cents is not None:
        yield "rent", Fact(label="Loyer", value=f"{euros(told.rent_cents)} par mois")


def _money(told: Readiness) -> Lines:
    yield "payments", Fact(label="En résumé", value=told.record.sentence)
    if told.budget and told.kept:
        on = say_day(paris_day(told.kept.told_at))
        yield "budget", Fact(label="Budget du mois", value=f"{told.budget.sentence} (Noté le {on}.)")


def _instalments(told: Readiness) -> Lines:
    for line in told.record.lines:
        said = f"{euros(line.fallen.cents)}, {line.said}"
        yield "instalments", Fact(label=line.fallen.label, value=said)


def _amounts(told: Readiness) -> Lines:
    lines = told.budget.lines if told.budget else {}
    for code, label in (INCOMES | COSTS).items():
        if cents := lines.get(code):
            yield "amounts", Fact(label=label, value=euros(cents))


def _quote(row: Microcredit) -> Lines:
    yield "quote", Fact(label="Véhicule", value=row.vehicle)
    yield "quote", Fact(label="Vendeur", value=row.seller)
    yield "quote", Fact(label="Prix", value=euros(row.price_cents))
    if row.quote_id is not None:
        yield "quote", Fact(label="Devis", value="joint à ce fichier, en pièce jointe du PDF")


def _jobs(rental: Rental) -> Lines:
    for job in list_jobs(rental.person.id):
        days = [f"du {say_day(job.starts_on)}" if job.starts_on else "", f"au {say_day(job.ends_on)}" if job.ends_on else ""]
        if job.starts_on and not job.ends_on:
            days = [f"depuis le {say_day(job.starts_on)}"]
        kind = JOB_KINDS[job.kind]
        label = ", ".join(part for part in (kind[0].upper() + kind[1:], job.employer) if part)
        yield "jobs", Fact(label=label, value=" ".join(part for part in days if part) or "dates à préciser")


def _path(rental: Rental) -> Lines:
    if entry := entry_of(rental.person.id):
        yield "assessment", Fact(label="Bilan de mobilité", value=f"le {say_day(entry.held_on)}")
    if count := len(_held(rental)):
        yield "point_etapes", Fact(label="Points-étapes tenus", value=str(count))


def _meetings(rental: Rental) -> Lines:
    for number, on in enumerate(_held(rental), start=1):
        yield "point_etapes", Fact(label=f"Point-étape {number}", value=f"le {say_day(on)}")


def _held(rental: Rental) -> list[date]:
    return [paris_day(step.held_at) for step in list_point_etapes(rental.booking.id) if step.held_at]


def _steps(rental: Rental) -> Lines:
    for action in reversed(list_actions(rental.person.id)):
        until = f" jusqu’au {say_day(action.ended_on)}" if action.ended_on else ""
        yield "steps", Fact(label=ACTION_KINDS[action.kind].capitalize(), value=f"depuis le {say_day(action.started_on)}{until}")
