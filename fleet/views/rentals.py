"""A rental's own page: where it stands, what comes next, and everything noted since the booking."""

from datetime import datetime

from flask import Blueprint, Response, render_template, url_for

from billing.models import Deposit
from billing.queries import balance_cents
from billing.queries.deposits import deposit_of, find_awaited
from fleet.checks import CHECK_IN, CHECK_OUT, MOMENT_NAMES, WITHOUT_ODOMETER
from fleet.follow_up import GRANT_REASONS, MODES
from fleet.lifecycle import CONFIRMED, HELD, RETURNED
from fleet.mileage import DECISION_NAMES, STATE_NAMES
from fleet.queries.contracts import is_current, is_ready, list_contracts, waits_for_signature
from fleet.queries.mileage import list_decisions, list_trips, mileage_of
from fleet.queries.readings import list_doubtful, list_readings
from fleet.queries.rentals import Rental, find_open_point_etape, find_outcome, get_rental, list_conditions, list_point_etapes
from fleet.queries.reviews import list_due_reviews, months_of
from mobility.clock import now, today
from mobility.periods import paris_day
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("rentals", __name__)
ADVISERS = (Role.ADVISER, Role.MANAGER)


def open_rental(booking_id: int, page: str) -> Rental:
    """The rental of a page, the look at the person's file noted. Raises NotFound."""
    rental = get_rental(booking_id, viewer())
    look(rental.person.id, page=page)
    return rental


def pdf(content: bytes, name: str) -> Response:
    """A paper to read in the browser or keep."""
    return Response(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'})


@pages.get("/p/<slug>/bookings/<int:booking_id>/rental")
@allow(*ADVISERS)
def show(booking_id: int) -> str:
    """Where the rental stands and the one thing to do next."""
    rental = open_rental(booking_id, page="rental")
    booking = rental.booking
    return render_template(
        "fleet/rental.html",
        rental=rental,
        booking=booking,
        contracts=list_contracts(booking_id),
        asks_km=rental.vehicle.kind not in WITHOUT_ODOMETER,
        mileage=mileage_of(booking),
        readings=list_readings(booking_id=booking_id),
        doubtful={row.id for row in list_doubtful(booking_id)},
        conditions=list_conditions(booking_id),
        steps=list_point_etapes(booking_id),
        decisions=list_decisions(booking_id),
        trips=list_trips(booking_id),
        outcome=find_outcome(booking_id),
        next_act=next_act(rental),
        coming=coming_point_etape(rental),
        is_unseen=rental.is_unseen,
        review_months=[each for each in months_of(rental, today()) if each.first_on <= today()],
        due_reviews={each.month for each in list_due_reviews(rental, today())},
        due_cents=balance_cents(booking.account_id) if booking.account_id else 0,
        deposit=deposit_of(booking.account_id) if booking.account_id else None,
        words={"cap": STATE_NAMES, "decisions": DECISION_NAMES, "grants": GRANT_REASONS, "modes": MODES, "moments": MOMENT_NAMES},
    )


_EXCHANGED = "exchanged"  # the page of the keys too, once they went with a swap
_SIGN, _SIGN_AGAIN = "sign", "sign_again"  # the page of the contract too, once one was made
_PAGES = {_EXCHANGED: "handovers.check_out", _SIGN: "contracts.show", _SIGN_AGAIN: "contracts.show"}
_ACTS = {
    "contracts.show": ("Faire et signer le contrat", "Préparer le contrat", "file-earmark-text"),
    _SIGN: ("Faire signer le contrat", "Faire signer le contrat", "pencil"),
    _SIGN_AGAIN: ("Faire signer la nouvelle version du contrat", "Faire signer la nouvelle version", "pencil"),
    "deposits.show": ("Recevoir ou différer la caution", "Aller à la caution", "shield-lock"),
    "handovers.check_out": ("Remettre les clés", "Faire l’état des lieux de départ", "key"),
    _EXCHANGED: ("Regarder le véhicule pris en échange", "Faire son état des lieux de départ", "clipboard-check"),
    "bookings.show": ("Confirmer la réservation", "Ouvrir la réservation", "calendar-check"),
    "report_signatures.show": ("Faire signer l’état des lieux", "Signer l’état des lieux", "pencil"),
    "handovers.check_in": ("Reprendre le véhicule", "Faire l’état des lieux de retour", "box-arrow-in-right"),
    "point_etapes.show": ("Tenir le point-étape", "Ouvrir le point-étape", "clipboard-check"),
    "outcomes.show": ("Dire comment cela se termine", "Noter la fin", "flag"),
}


def next_act(rental: Rental) -> tuple[str, str, str, str] | None:
    """What to do now on a rental: a title, the verb, the icon, and its page; None when all is done."""
    endpoint = _next_endpoint(rental)
    if endpoint is None:
        return None
    deposit = awaited_deposit(rental)
    if deposit and endpoint == "deposits.show":
        return (*_ACTS[endpoint], url_for(endpoint, deposit_id=deposit.id))
    if endpoint == "report_signatures.show":
        return (*_ACTS[endpoint], url_for(endpoint, booking_id=rental.booking.id, report_id=_unsigned_today(rental)))
    return (*_ACTS[endpoint], url_for(_PAGES.get(endpoint, endpoint), booking_id=rental.booking.id))


def awaited_deposit(rental: Rental) -> Deposit | None:
    """The deposit that keeps this rental's keys back."""
    return find_awaited(rental.booking.account_id) if rental.booking.account_id else None


def _next_endpoint(rental: Rental) -> str | None:
    booking = rental.booking
    if booking.status == CONFIRMED:
        return _before_the_keys(rental)
    if booking.status == HELD:
        return "bookings.show"
    if rental.is_running and waits_for_signature(rental):
        return _contract(rental)
    if (rental.is_running or booking.status == RETURNED) and _unsigned_today(rental):
        return "report_signatures.show"
    if rental.is_running and rental.is_unseen:
        return _EXCHANGED
    if rental.is_running and (booking.ends_at <= now() or rental.is_by_the_hour):
        return "handovers.check_in"
    if rental.is_running:
        return None if coming_point_etape(rental) else "point_etapes.show"
    if booking.status == RETURNED and not rental.is_by_the_hour and find_outcome(booking.id) is None:
        return "outcomes.show"
    return None


def _contract(rental: Rental) -> str:
    """A version that says the booking as it is now waits for its signature; or one is to be made."""
    versions = list_contracts(rental.booking.id)
    if not versions or not is_current(versions[0], rental):
        return "contracts.show"
    return _SIGN_AGAIN if len(versions) > 1 else _SIGN


def coming_point_etape(rental: Rental) -> datetime | None:
    """When the next point-étape is planned, on a later day than today; None when one is to be held now, or none is planned."""
    step = find_open_point_etape(rental.booking.id) if rental.is_running else None
    return step.planned_at if step and paris_day(step.planned_at) > paris_day(now()) else None


def _unsigned_today(rental: Rental) -> int | None:
    """The report with which a vehicle left or came back today, while the person is still there to sign it; the first of a swap's two."""
    whole = [report for report in list_conditions(rental.booking.id) if report.moment in (CHECK_OUT, CHECK_IN)]
    last = {report.vehicle_id: report for report in whole if paris_day(report.at) == paris_day(now())}
    return next((report.id for report in last.values() if report.signed_at is None and report.unsigned_reason is None), None)


def _before_the_keys(rental: Rental) -> str:
    if not is_ready(rental):
        return _contract(rental)
    return "deposits.show" if awaited_deposit(rental) else "handovers.check_out"
