"""Bookings and vehicles on the ground's pages: the desk, a person's file, the search box, the menu, the year."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from flask import Flask, url_for

from fleet.blocks import BLOCK_REASONS
from fleet.hours import is_by_the_hour
from fleet.kinds import KINDS
from fleet.lifecycle import ENDED, RENEW, STATUS_NAMES, SWAP, is_unfetched
from fleet.models import Booking, Vehicle
from fleet.queries.bookings import BookingLine, list_bookings_of, list_immobilised, list_to_hand_over, search_fleet
from fleet.queries.chain import next_returns_of
from fleet.queries.parts import list_exchanges
from fleet.queries.rentals import Rental, list_running, list_without_outcome
from fleet.queries.rules import no_show_hours
from fleet.queries.vehicles import full_name
from fleet.queries.year import rentals_in
from mobility.clock import now
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, instant_of, paris_day, say_day, say_moment
from mobility.rights import STAFF, Role, Viewer
from mobility.slots import DeskCard, Hit, Line, NavItem, ReportLine, Section, Slot, fill

TONES = {"held": "waiting", "confirmed": "fine", "out": "fine", "late": "over"}
AHEAD = timedelta(days=7)
_BOOKERS = (Role.ADVISER, Role.MANAGER)
Lent = BookingLine | tuple[Booking, Vehicle, Beneficiary]


def fill_bookings(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.DESK, _desk)
    fill(app, Slot.FILE, _file)
    fill(app, Slot.SEARCH, _found)
    fill(app, Slot.NAV, _nav)
    fill(app, Slot.REPORT, _year)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    if viewer.may(*_BOOKERS):
        yield DeskCard(
            order=20,
            key="hand-over",
            title="Véhicules à remettre",
            icon="key",
            lines=(
                *(_exchanged(*line) for line in list_exchanges(today)),
                *(_unseen(rental) for rental in list_running() if rental.is_unseen),
                *(_due(line, today, at=line[0].starts_at) for line in list_to_hand_over(today)),
            ),
            empty="Aucun véhicule à remettre aujourd’hui.",
            more_href=url_for("bookings.index", status="confirmed"),
        )
        until = instant_of(today + AHEAD + ONE_DAY)
        returns = [(one.booking, one.vehicle, one.person) for one in list_running() if one.booking.ends_at < until]
        yield DeskCard(
            order=21,
            key="get-back",
            title="Véhicules à reprendre",
            icon="arrow-counterclockwise",
            lines=(*(_due(line, today, at=line[0].ends_at) for line in returns if paris_day(line[0].ends_at) <= today), *_left()),
            empty="Aucun retour attendu aujourd’hui.",
            more_href=url_for("bookings.index", status="out"),
        )
        yield DeskCard(
            order=22,
            key="renew",
            title="À renouveler cette semaine",
            icon="arrow-clockwise",
            lines=tuple(_endings([line for line in returns if _renews(line[0], today)], today)),
            empty="Aucun contrat ne se termine dans les sept jours.",
            more_href=url_for("bookings.index", status="out"),
        )
    if viewer.may(*_BOOKERS, Role.MECHANIC):
        yield DeskCard(
            order=60,
            key="blocked",
            title="Véhicules immobilisés",
            icon="cone-striped",
            lines=tuple(_blocked()),
            empty="Tous les véhicules roulent.",
            more_href=url_for("vehicles.index"),
        )


def _due(line: Lent, today: date, *, at: object) -> Line:
    booking, vehicle, person = line
    going = at == booking.starts_at
    day = paris_day(booking.starts_at if going else booking.ends_at)
    late = day < today
    if going and is_unfetched(booking.status, booking.starts_at, no_show_hours(now()), now()):
        return Line(
            text=f"{person.first_name} {person.last_name}",
            detail=f"{full_name(vehicle)}, prévu {say_moment(booking.starts_at)}",
            href=url_for("bookings.show", booking_id=booking.id),
            state="non retiré",
            tone="over",
            act="Libérer",
        )
    return Line(
        text=f"{person.first_name} {person.last_name}",
        detail=f"{full_name(vehicle)}, {say_moment(booking.starts_at if going else booking.ends_at)}",
        href=url_for("rentals.show" if going else "handovers.check_in", booking_id=booking.id),
        state=f"en retard depuis le {say_day(day)}" if late else "aujourd’hui",
        tone="over" if late else "near",
        act="Remettre" if going else "Reprendre",
    )


def _exchanged(booking: Booking, other: Vehicle, person: Beneficiary, from_at: datetime) -> Line:
    """A booking cut in two goes on with another vehicle: the keys are exchanged."""
    return Line(
        text=f"{person.first_name} {person.last_name}",
        detail=f"{full_name(other)} à la place, {say_moment(from_at)}",
        href=url_for("bookings.change", booking_id=booking.id, act=SWAP, vehicle_id=other.id),
        state="échange prévu",
        tone="near",
        act="Échanger",
    )


def _unseen(rental: Rental) -> Line:
    """The vehicle went out in exchange, and nobody has looked it over with the person yet."""
    return Line(
        text=f"{rental.person.first_name} {rental.person.last_name}",
        detail=f"{full_name(rental.vehicle)}, pris en échange",
        href=url_for("handovers.check_out", booking_id=rental.booking.id),
        state="état des lieux à faire",
        tone="waiting",
        act="Regarder",
    )


def _left() -> Iterator[Line]:
    """Vehicles given back in exchange, where they broke down perhaps, that nobody has looked over yet."""
    for rental in (*list_running(), *list_without_outcome()):
        if rental.left:
            yield Line(
                text=f"{rental.person.first_name} {rental.person.last_name}",
                detail=f"{full_name(rental.left)}, rendu en échange",
                href=url_for("handovers.given_back", booking_id=rental.booking.id, vehicle_id=rental.left.id),
                state="état des lieux à faire",
                tone="waiting",
                act="Regarder",
            )


def _renews(booking: Booking, today: date) -> bool:
    return paris_day(booking.ends_at) >= today and not is_by_the_hour(booking.programme)


def _endings(lines: Sequence[Lent], today: date) -> Iterator[Line]:
    """Contracts about to end: the next one, or the way out once the chain is at its end."""
    returns = next_returns_of([booking for booking, *_ in lines], now())
    for line in lines:
        yield _ending(line, today, at_its_end=returns[line[0].id] is None)


def _ending(line: Lent, today: date, *, at_its_end: bool) -> Line:
    booking, vehicle, person = line
    return Line(
        text=f"{person.first_name} {person.last_name}",
        detail=f"{full_name(vehicle)}, jusqu’au {say_moment(booking.ends_at)}",
        href=url_for("rentals.show", booking_id=booking.id) if at_its_end else url_for("bookings.change", booking_id=booking.id, act=RENEW),
        state="durée maximale atteinte" if at_its_end else _say_left((paris_day(booking.ends_at) - today).days),
        tone="over" if at_its_end else "waiting",
        act="Préparer la suite" if at_its_end else "Renouveler",
    )


def _say_left(days: int) -> str:
    return "aujourd’hui" if days == 0 else "demain" if days == 1 else f"dans {days} jours"


def _blocked() -> Iterator[Line]:
    for block, vehicle in list_immobilised(now()):
        yield Line(
            text=full_name(vehicle),
            detail=f"{BLOCK_REASONS[block.reason].capitalize()}, jusqu’au {say_moment(block.ends_at)}" if block else "Encore à l’atelier",
            href=url_for("vehicles.show", vehicle_id=vehicle.id),
            state="" if block else "sans date de retour",
            tone="neutral" if block else "over",
            act="Voir",
        )


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    if not viewer.may(*STAFF):
        return
    acts = (Line(text="Réserver un véhicule", href=url_for("bookings.new", beneficiary_id=beneficiary_id)),)
    yield Section(
        order=40,
        key="bookings",
        title="Réservations et mises à disposition",
        icon="car-front",
        lines=tuple(_booked(line) for line in list_bookings_of(beneficiary_id)),
        acts=acts if viewer.may(*_BOOKERS) else (),
        empty="Aucun véhicule n’a encore été réservé.",
    )


def _booked(line: BookingLine) -> Line:
    booking, vehicle, _ = line
    first_on, last_on = paris_day(booking.handed_over_at or booking.starts_at), paris_day(booking.returned_at or booking.ends_at)
    return Line(
        text=f"{full_name(vehicle)}, du {say_day(first_on)} au {say_day(last_on)}",
        detail="" if booking.status in ENDED else booking.price_sentence,  # once ended, the account says what it cost
        href=url_for("bookings.show", booking_id=booking.id),
        state=STATUS_NAMES[booking.status],
        tone=TONES.get(booking.status, "neutral"),
    )


def _found(words: str, viewer: Viewer) -> Iterator[Hit]:
    if not viewer.is_staff:
        return
    vehicles, booked = search_fleet(words)
    for vehicle in vehicles:
        yield Hit(kind="Véhicules", label=full_name(vehicle), href=url_for("vehicles.show", vehicle_id=vehicle.id))
    for booking, vehicle, person in booked:
        who = person.first_name if viewer.may(*_BOOKERS) else ""
        yield Hit(
            kind="Réservations",
            label=booking.number,
            href=url_for("bookings.show", booking_id=booking.id),
            detail=", ".join(filter(None, (who, full_name(vehicle), STATUS_NAMES[booking.status]))),
        )


def _nav(viewer: Viewer) -> Iterable[NavItem]:
    if not viewer.is_staff:
        return
    yield NavItem(order=20, label="Planning", href=url_for("board.show"), icon="calendar3", endpoint="board.show")
    yield NavItem(order=21, label="Véhicules", href=url_for("vehicles.index"), icon="car-front", endpoint="vehicles.index")
    yield NavItem(order=22, label="Réservations", href=url_for("bookings.index"), icon="calendar-check", endpoint="bookings.index")


def _year(year: int) -> Iterator[ReportLine]:
    rentals = rentals_in(year)
    names = {kind.code: kind.name.capitalize() for kind in KINDS}
    counts = {names[kind]: count for kind, (count, _) in rentals.items()}
    lengths = {names[kind]: days for kind, (_, days) in rentals.items() if days is not None}
    yield ReportLine(order=25, key="rentals_by_kind", label="Mises à disposition par type de véhicule", value=counts)
    yield ReportLine(order=26, key="mean_days_by_kind", label="Durée moyenne, retours connus", value=lengths, unit="days")
