"""What rentals show on the pages that gather: the desk's day, a person's file, their own space, the year."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date

from flask import Flask, url_for
from sqlalchemy import bindparam, or_, select

from assessments.queries import entry_of
from billing.schedule import is_time_to_buy
from billing.terms import AMIE, BY_THE_HOUR
from fleet.checks import WITHOUT_ODOMETER
from fleet.follow_up import LASTING_SOLUTIONS, NEXT_STEPS
from fleet.lifecycle import HELD, RETURNED, STATUS_NAMES
from fleet.mileage import STATE_NAMES
from fleet.models import Booking
from fleet.queries.contracts import find_contract
from fleet.queries.mileage import Mileage, mileage_of, undecided
from fleet.queries.readings import ReadingRow, pick_doubtful, readings_of
from fleet.queries.rentals import (
    HERE,
    Rental,
    count_outcomes,
    count_ways_out,
    list_due,
    list_here,
    list_rentals,
    list_running,
    list_without_outcome,
)
from fleet.slots.journeys import journeys
from fleet.slots.takeovers import to_complete
from fleet.views.rentals import coming_point_etape, next_act
from mobility.codes import JOB_KINDS
from mobility.db import Kept
from mobility.models import Beneficiary, Job
from mobility.periods import ONE_DAY, instant_of, monday_of, paris_day, say_day, say_moment
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Gauge, Line, NextAct, ReportLine, Section, Slot, fill
from mobility.tongues import capital, say

Readings = Mapping[int, list[ReadingRow]]
_SERVED = select(Booking.beneficiary_id).filter(Booking.status.in_(HERE), Booking.programme.not_in(BY_THE_HOUR))
_WITHOUT_VEHICLE = Kept(
    select(Beneficiary.id, Beneficiary.first_name, Beneficiary.last_name, Job.starts_on)
    .join(Job, Job.beneficiary_id == Beneficiary.id)
    .filter(Job.starts_on.between(bindparam("first"), bindparam("last")), or_(Job.ends_on.is_(None), Job.ends_on >= bindparam("today")))
    .filter(Beneficiary.id.not_in(_SERVED))
    .order_by(Job.starts_on, Job.id)
)


def fill_rentals(app: Flask) -> None:
    """Hang them all."""
    fill(app, Slot.DESK, desk_cards)
    fill(app, Slot.FILE, file_sections)
    fill(app, Slot.NEXT_ACT, next_acts)
    fill(app, Slot.OWN_SPACE, own_sections)
    fill(app, Slot.REPORT, report_lines)
    fill(app, Slot.JOURNEY, journeys)
    fill(app, Slot.OUTCOMES, outcomes)


def desk_cards(viewer: Viewer, today: date) -> Iterable[DeskCard]:
    """Point-étapes due, over the cap, jobs that start without a vehicle, and what is left to say."""
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        return
    running = list_running()
    readings = readings_of([rental.booking.id for rental in running])
    over = undecided([rental.booking for rental in running], readings)
    due = _due(today, running, readings, over)
    yield _card(10, "point-etapes", "Points-étapes du jour", "clipboard-check", due, "Aucun point-étape à tenir aujourd’hui.")
    yield _card(18, "over-cap", "Au-delà du plafond", "speedometer2", _over(running, over), "Personne n’a dépassé ses kilomètres.")
    yield _card(
        22,
        "job-starts",
        "Emplois qui commencent sans véhicule",
        "briefcase",
        _job_starts(today),
        "Personne ne commence cette semaine sans véhicule.",
    )
    yield _card(64, "outcomes", "Fins à noter", "flag", _unsaid(), "Toutes les fins sont notées.")


def file_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """Each rental in course, its kilometres and its next act, and what it lacks when it was taken over."""
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        return
    for rental in list_here(beneficiary_id):
        yield _file_section(rental, mileage_of(rental.booking), today)
        yield from to_complete(rental)


def next_acts(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[NextAct]:
    """The next act of each rental, the keys out before the keys to hand; then a first vehicle to book once the assessment is made."""
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        return
    rentals = list_rentals(beneficiary_id=beneficiary_id, statuses=(*HERE, HELD, RETURNED))
    for rental in rentals:
        if act := next_act(rental):
            title, verb, icon, href = act
            text = f"{rental.vehicle.label}, {rental.status}."
            yield NextAct(order=10 if rental.is_running else 20, title=title, text=text, href=href, verb=verb, icon=icon)
    if all(rental.is_by_the_hour for rental in rentals) and entry_of(beneficiary_id):
        href = url_for("bookings.new", beneficiary_id=beneficiary_id)
        text = "Le bilan est fait : choisissez avec la personne le véhicule et ses dates."
        yield NextAct(order=50, title="Réserver un véhicule", text=text, href=href, verb="Réserver un véhicule", icon="calendar-plus")


def own_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """What you have and until when, and the kilometres used and left."""
    for rental in list_here(beneficiary_id):
        yield _own_vehicle(rental)
        if rental.is_running and not rental.is_by_the_hour:
            yield _own_kilometres(rental, mileage_of(rental.booking))


def report_lines(year: int) -> Iterable[ReportLine]:
    """Outcomes of the year by job kind, and lasting solutions (domain.md §8)."""
    jobs, solutions = count_outcomes(year, "job_kind"), count_outcomes(year, "lasting_solution")
    said = {JOB_KINDS[code]: jobs[code] for code in JOB_KINDS if code in jobs}
    lasting = {LASTING_SOLUTIONS[code]: solutions[code] for code in LASTING_SOLUTIONS if code in solutions}
    found = sum(count for code, count in solutions.items() if code != "none")
    yield ReportLine(order=70, key="outcomes", label="Fins de mise à disposition notées", value=sum(jobs.values()))
    yield ReportLine(order=71, key="outcomes_by_job", label="Fins selon l’emploi à la sortie", value=said)
    yield ReportLine(order=72, key="lasting_solutions", label="Solutions durables trouvées", value=found)
    yield ReportLine(order=73, key="lasting_solutions_by_kind", label="Solutions durables par type", value=lasting)


def outcomes(beneficiary_ids: Collection[int], since: date) -> Iterable[tuple[str, int]]:
    """How the rentals of these people ended since a day, each kind of way out with how many."""
    return ((LASTING_SOLUTIONS[code], count) for code, count in count_ways_out(beneficiary_ids, since).items())


def _card(order: int, key: str, title: str, icon: str, lines: Iterable[Line], empty: str) -> DeskCard:
    return DeskCard(order=order, key=key, title=title, icon=icon, lines=tuple(lines), empty=empty)


def _due(today: date, running: list[Rental], readings: Readings, over: Container[int]) -> Iterable[Line]:
    for step, rental, agreed in list_due(running, instant_of(today + ONE_DAY)):
        is_late = paris_day(step.planned_at) < today
        subjects = _subjects(agreed, readings[rental.booking.id], is_over=rental.booking.id in over)
        yield Line(
            text=rental.name,
            detail=" ; ".join([f"prévu {say_moment(step.planned_at)}", *subjects]),
            href=url_for("point_etapes.show", booking_id=rental.booking.id),
            state="en attente" if is_late else say_moment(step.planned_at).split(" à ")[1],
            tone="waiting" if is_late else "neutral",
            act="Tenir",
        )


def _subjects(agreed: str | None, readings: Sequence[ReadingRow], *, is_over: bool) -> Iterator[str]:
    """What a rental's meeting is about, in a few words."""
    if is_over:
        yield "plafond dépassé"
    if pick_doubtful(readings):
        yield "un relevé à vérifier"
    if agreed:
        yield NEXT_STEPS[agreed]


def _over(running: list[Rental], over: Mapping[int, Mileage]) -> Iterable[Line]:
    for rental in running:
        if mileage := over.get(rental.booking.id):
            interval = mileage.interval
            href = url_for("kilometres.cap", booking_id=rental.booking.id)
            yield Line(
                text=rental.name, detail=interval.sentence if interval else "", href=href, state="à décider", tone="over", act="En parler"
            )


def _job_starts(today: date) -> Iterable[Line]:
    """Jobs that begin this week for people who neither have nor await a vehicle."""
    first = monday_of(today)
    for job in _WITHOUT_VEHICLE(first=first, last=first + 6 * ONE_DAY, today=today):
        href = url_for("files.show", beneficiary_id=job.id)
        detail = f"commence le {say_day(job.starts_on)}"
        yield Line(text=f"{job.first_name} {job.last_name}", detail=detail, href=href, state="sans véhicule", tone="near", act="Ouvrir")


def _unsaid() -> Iterable[Line]:
    for rental in list_without_outcome():
        href = url_for("outcomes.show", booking_id=rental.booking.id)
        returned_at = rental.booking.returned_at
        detail = f"rendu {say_moment(returned_at)}" if returned_at else ""
        yield Line(text=rental.name, detail=detail, href=href, state="à noter", tone="waiting", act="Noter")


def _file_section(rental: Rental, mileage: Mileage, today: date) -> Section:
    booking = rental.booking
    facts = [("État", rental.status), ("Du", say_moment(booking.handed_over_at or booking.starts_at))]
    facts += [("Au", say_moment(booking.returned_at or booking.ends_at)), ("Prix", booking.price_sentence)]
    if coming := coming_point_etape(rental):
        facts.append(("Prochain point-étape", say_moment(coming)))
    acts = [Line(text="Ouvrir la mise à disposition", href=url_for("rentals.show", booking_id=booking.id))]
    if act := next_act(rental):
        acts.insert(0, Line(text=act[1], href=act[3]))
    if _is_time_to_buy(booking, today):
        acts.append(Line(text="Prêt à acheter", href=url_for("readiness.show", account_id=booking.account_id)))
        acts.append(Line(text="Dossier de microcrédit", href=url_for("microcredits.show", booking_id=booking.id)))
    return Section(
        order=20,
        key=f"rental-{booking.id}",
        title=f"{STATUS_NAMES[booking.status].capitalize()} : {rental.vehicle.label}",
        icon="car-front" if rental.vehicle.kind == "car" else "bicycle",
        facts=tuple(facts),
        gauge=_gauge(mileage),
        acts=tuple(acts),
    )


def _is_time_to_buy(booking: Booking, today: date) -> bool:
    """From month 3 of the programme (domain.md §3.3)."""
    handed_over_at = booking.handed_over_at
    return booking.programme == AMIE and handed_over_at is not None and is_time_to_buy(paris_day(handed_over_at), today)


def _own_vehicle(rental: Rental) -> Section:
    booking = rental.booking
    facts = [(say("Véhicule"), rental.vehicle.label)]
    facts += [(name, told) for name, told in ((say("Immatriculation"), rental.vehicle.plate), (say("Vos heures"), rental.hours)) if told]
    return Section(
        order=10,
        key=f"vehicle-{booking.id}",
        title=say("Mon véhicule"),
        icon="car-front" if rental.vehicle.kind == "car" else "bicycle",
        sentence=_say_held(rental) if rental.is_running else _say_coming(rental),
        facts=tuple(facts),
        acts=(*_own_contract(booking.id), *_own_condition(booking)),
    )


def _say_held(rental: Rental) -> str:
    told = {"vehicle": rental.kind.the, "end": _say_end(rental)}
    if rental.hours:
        return say("Vous avez %(vehicle)s jusqu’au %(end)s, à vos heures.", **told)
    return say("Vous avez %(vehicle)s jusqu’au %(end)s.", **told)


def _say_coming(rental: Rental) -> str:
    told = {"vehicle": capital(rental.kind.the), "at": say_moment(rental.booking.starts_at)}
    if rental.kind.feminine:
        return say("%(vehicle)s est réservée pour vous le %(at)s.", **told)
    return say("%(vehicle)s est réservé pour vous le %(at)s.", **told)


def _say_end(rental: Rental) -> str:
    ends_at = rental.booking.ends_at
    return say_moment(ends_at) if rental.is_by_the_hour else say_day(paris_day(ends_at))


def _own_contract(booking_id: int) -> Iterable[Line]:
    contract = find_contract(booking_id)
    if contract:
        yield Line(
            text=say("Lire mon contrat") if contract.signed_at else say("Lire et signer mon contrat"),
            href=url_for("contracts.own", booking_id=booking_id),
        )


def _own_condition(booking: Booking) -> Iterable[Line]:
    if booking.handed_over_at:
        yield Line(text=say("Voir l’état du véhicule à la remise des clés"), href=url_for("marks.own", booking_id=booking.id))


def _own_kilometres(rental: Rental, mileage: Mileage) -> Section:
    gauge = _gauge(mileage)
    return Section(
        order=12,
        key=f"kilometres-{rental.booking.id}",
        title=say("Mes kilomètres"),
        icon="speedometer2",
        sentence="" if gauge or not mileage.chain else mileage.chain.sentence,
        gauge=gauge,
        acts=tuple(_own_meter(rental)),
        empty=say("Vos kilomètres se comptent à partir du premier point-étape."),
    )


def _own_meter(rental: Rental) -> Iterable[Line]:
    if rental.vehicle.kind not in WITHOUT_ODOMETER:
        text = say("Relever le compteur au passage du véhicule") if rental.hours else say("Envoyer mes kilomètres")
        yield Line(text=text, href=url_for("own_readings.show", booking_id=rental.booking.id))


def _gauge(mileage: Mileage) -> Gauge | None:
    chain = mileage.chain
    if chain is None or chain.cap_km is None:
        return None
    return Gauge(
        value=float(chain.driven_km), most=float(chain.cap_km), sentence=chain.sentence, tone=chain.state, word=STATE_NAMES[chain.state]
    )
