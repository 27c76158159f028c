"""From the contract to the outcome as JSON: the same actions and the same shapes as the pages."""

from collections.abc import Sequence
from typing import Any

from flask import Response

from billing.views.links import hand_over_link
from fleet.actions import caps, contracts, handover, outcomes, own_readings, point_etape, readings, report_signatures
from fleet.documents.contract import contract_pdf
from fleet.models import Booking, CapDecision, ConditionReport, Contract, GrantedTrip, OdometerReading, Outcome, PointEtape
from fleet.queries.contracts import get_contract, list_contracts, paper_of
from fleet.queries.mileage import Mileage, mileage_of
from fleet.queries.readings import list_readings
from fleet.queries.rentals import Rental, get_rental, list_point_etapes
from fleet.schemas import rental_answers as out
from fleet.schemas import rentals as asked
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("rentals_api", __name__, url_prefix="/api/v1/p/<slug>/bookings/<int:booking_id>", description="Mises à disposition")
ADVISERS = (Role.ADVISER, Role.MANAGER)
READERS = (*ADVISERS, Role.BENEFICIARY)


@blp.get("/contracts")
@blp.response(200, out.ContractOut(many=True))
@allow(*READERS)
def contract_versions(booking_id: int) -> Sequence[Contract]:
    """The versions of the contract, the latest first."""
    _open(booking_id, page="contract")
    return list_contracts(booking_id)


@blp.get("/contract.pdf")
@blp.arguments(asked.ContractVersionSchema, location="query")
@blp.response(200, content_type="application/pdf", description="Le contrat en PDF, signé ou à signer")
@allow(*READERS)
def contract_paper(data: dict[str, Any], booking_id: int) -> Response:
    """The contract as a PDF, or a version replaced since."""
    _open(booking_id, page="contract")
    return Response(contract_pdf(paper_of(get_contract(booking_id, **data))), mimetype="application/pdf")


@blp.post("/contract")
@blp.response(201, out.ContractOut)
@allow(*ADVISERS)
def make_contract(booking_id: int) -> Contract:
    """Freeze the terms; a version made before is replaced."""
    return contracts.make_contract(booking_id, by=viewer(), now=now())


@blp.post("/signature")
@blp.arguments(asked.SignatureSchema)
@blp.response(200, out.ContractOut)
@allow(*READERS)
def sign(data: dict[str, Any], booking_id: int) -> Contract:
    """Sign the version named by its number; a person signs their own only."""
    get_rental(booking_id, viewer())
    return contracts.sign_contract(booking_id, **data, by=viewer(), now=now())


@blp.post("/check-out")
@blp.arguments(asked.CheckSchema)
@blp.response(200, out.RentalOut)
@allow(*ADVISERS)
def check_out(data: dict[str, Any], booking_id: int) -> Booking:
    """Hand the keys over."""
    return handover.hand_over(booking_id, **data, by=viewer(), now=now())


@blp.post("/check-in")
@blp.arguments(asked.CheckSchema)
@blp.response(200, out.RentalOut)
@allow(*ADVISERS)
def check_in(data: dict[str, Any], booking_id: int) -> Booking:
    """Take the keys back."""
    return handover.take_back(booking_id, **data, by=viewer(), now=now())


@blp.post("/given-back/<int:vehicle_id>")
@blp.arguments(asked.LeftLookSchema)
@blp.response(200, out.RentalOut)
@allow(*ADVISERS)
def look_over_left(data: dict[str, Any], booking_id: int, vehicle_id: int) -> Booking:
    """Look over a vehicle given back in exchange, once it is there."""
    return handover.look_over_left(booking_id, vehicle_id, **data, by=viewer(), now=now())


@blp.get("/mileage")
@blp.response(200, out.MileageOut)
@allow(*READERS)
def mileage(booking_id: int) -> Mileage:
    """Kilometres against the cap, for the interval and for the chain."""
    return mileage_of(_open(booking_id, page="mileage").booking)


@blp.get("/readings")
@blp.response(200, out.ReadingOut(many=True))
@allow(*READERS)
def readings_of(booking_id: int) -> Sequence[OdometerReading]:
    """The readings of the rental, oldest first, doubtful and corrected ones too."""
    _open(booking_id, page="mileage")
    return list_readings(booking_id=booking_id)


@blp.post("/readings")
@blp.arguments(asked.ReadingSchema)
@blp.response(201, out.ReadingOut)
@allow(*ADVISERS)
def note_reading(data: dict[str, Any], booking_id: int) -> OdometerReading:
    """Note what the odometer says; a doubtful reading stands aside with its explanation."""
    return point_etape.note_reading(booking_id, **data, by=viewer(), now=now())


@blp.post("/own-readings")
@blp.arguments(asked.DeclaredReadingSchema)
@blp.response(201, out.ReadingOut)
@allow(Role.BENEFICIARY)
def declare_reading(data: dict[str, Any], booking_id: int) -> OdometerReading:
    """One's own reading with its picture, of kind "odometer": it counts once an adviser confirms it."""
    return own_readings.declare_reading(booking_id, **data, by=viewer(), now=now())


@blp.post("/readings/<int:reading_id>/confirmation")
@blp.arguments(asked.ReadingConfirmationSchema)
@blp.response(200, out.ReadingOut)
@allow(*ADVISERS)
def confirm_reading(data: dict[str, Any], booking_id: int, reading_id: int) -> OdometerReading:
    """Believe a doubtful reading, with a reason."""
    return readings.confirm_reading(booking_id, reading_id, **data, by=viewer(), now=now())


@blp.post("/readings/<int:reading_id>/correction")
@blp.arguments(asked.ReadingCorrectionSchema)
@blp.response(201, out.ReadingOut)
@allow(*ADVISERS)
def correct_reading(data: dict[str, Any], booking_id: int, reading_id: int) -> OdometerReading:
    """Put a reading right; it is superseded and stays."""
    return readings.correct_reading(booking_id, reading_id, **data, by=viewer(), now=now())


@blp.post("/conditions")
@blp.arguments(asked.VehicleStateSchema)
@blp.response(201, out.ConditionOut)
@allow(*ADVISERS)
def note_state(data: dict[str, Any], booking_id: int) -> ConditionReport:
    """Note what changed on the vehicle."""
    return point_etape.note_state(booking_id, **data, by=viewer(), now=now())


@blp.post("/condition-reports/<int:report_id>/signature")
@blp.arguments(asked.ReportSignatureSchema)
@blp.response(200, out.ConditionOut)
@allow(*READERS)
def sign_report(data: dict[str, Any], booking_id: int, report_id: int) -> ConditionReport:
    """Sign a condition report; a person signs their own rental's only."""
    get_rental(booking_id, viewer())
    return report_signatures.sign_report(booking_id, report_id, **data, by=viewer(), now=now())


@blp.post("/condition-reports/<int:report_id>/unsigned")
@blp.arguments(asked.UnsignedReportSchema)
@blp.response(200, out.ConditionOut)
@allow(*ADVISERS)
def leave_report_unsigned(data: dict[str, Any], booking_id: int, report_id: int) -> ConditionReport:
    """The person does not sign now, and why; they may still sign later."""
    return report_signatures.leave_unsigned(booking_id, report_id, **data, by=viewer(), now=now())


@blp.post("/job-notes")
@blp.arguments(asked.JobStateSchema)
@blp.response(201, out.PointEtapeOut)
@allow(*ADVISERS)
def note_job(data: dict[str, Any], booking_id: int) -> PointEtape:
    """Note where the job stands and the next step, alone."""
    return point_etape.note_job(booking_id, **data, by=viewer(), now=now())


@blp.post("/asked-payments")
@blp.arguments(asked.AskedPaymentSchema)
@blp.response(201, out.AskedPaymentOut)
@allow(*ADVISERS)
def ask_payment(data: dict[str, Any], booking_id: int) -> dict[str, Any]:
    """Ask the person for a payment by card or by transfer; of a card each call makes another link."""
    payment = point_etape.ask_payment(booking_id, **data, by=viewer(), now=now())
    sent = hand_over_link(payment.id, data["how"], by=viewer(), now=now()) if payment.means == "card" else None
    said = {"payment_id": payment.id, "reference": payment.reference, "cents": payment.cents, "status": payment.status}
    return said | {"url": sent.url if sent else None, "sent_to": sent.sent_to if sent else None}


@blp.get("/point-etapes")
@blp.response(200, out.PointEtapeOut(many=True))
@allow(*READERS)
def point_etapes(booking_id: int) -> Sequence[PointEtape]:
    """The point-étapes of the rental, in the order planned."""
    _open(booking_id, page="point_etape")
    return list_point_etapes(booking_id)


@blp.post("/point-etapes")
@blp.arguments(asked.PointEtapeSchema)
@blp.response(201, out.PointEtapeOut)
@allow(*ADVISERS)
def hold_point_etape(data: dict[str, Any], booking_id: int) -> PointEtape:
    """Hold the point-étape: every part may be left out; the next one is planned."""
    return point_etape.hold_point_etape(booking_id, **data, by=viewer(), now=now())


@blp.post("/cap-decisions")
@blp.arguments(asked.CapDecisionSchema)
@blp.response(201, out.CapDecisionOut)
@allow(*ADVISERS)
def decide(data: dict[str, Any], booking_id: int) -> CapDecision:
    """Record what was decided over the cap."""
    return caps.decide(booking_id, **data, by=viewer(), now=now())


@blp.post("/granted-trips")
@blp.arguments(asked.GrantedTripSchema)
@blp.response(201, out.GrantedTripOut)
@allow(*ADVISERS)
def grant_trip(data: dict[str, Any], booking_id: int) -> GrantedTrip:
    """Grant a trip beyond home and work."""
    return caps.grant_trip(booking_id, **data, by=viewer(), now=now())


@blp.post("/outcome")
@blp.arguments(asked.OutcomeSchema)
@blp.response(201, out.OutcomeOut)
@allow(*ADVISERS)
def record_outcome(data: dict[str, Any], booking_id: int) -> Outcome:
    """Say once how the rental ended."""
    return outcomes.record_outcome(booking_id, **data, by=viewer(), now=now())


def _open(booking_id: int, page: str) -> Rental:
    """The rental, the look at the person's file noted. Raises NotFound."""
    rental = get_rental(booking_id, viewer())
    look(rental.person.id, page=page)
    return rental
