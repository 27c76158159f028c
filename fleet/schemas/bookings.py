"""What bookings take; one shape for forms and JSON. What they answer: booking_answers.py."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from billing.deposits import ASKED_KIND_LABELS
from billing.terms import BY_THE_HOUR, PROGRAMME_LABELS
from fleet.eligibility import WAIVER_REASONS, Waiver
from fleet.kinds import KIND_CODES
from fleet.lifecycle import CANCEL_REASONS, EXTEND, NEW_CHAIN, RENEW, SHIFT, SHORTEN, SPLIT, SWAP
from fleet.renewal import NEW_CHAIN_REASONS
from fleet.schemas.needs import NeedSchema
from fleet.schemas.patterns import SharedHours
from fleet.schemas.rentals import WholeLookSchema
from mobility.periods import instant_of
from mobility.web.fields import Choice, Day, Hour, InputSchema, Km, Moment, QueryInput, Text, Whole, YesNo

PROGRAMMES = tuple(PROGRAMME_LABELS)


class PeriodSchema(InputSchema):
    """From when to when: wall-clock times in Paris, or instants with their offset."""

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class WishSchema(PeriodSchema):
    """The period, the programme and whether the person declares a priority district, which a proof says without; the hours of a sharing.

    `new_chain` says why it does not go on with what they returned just before.
    """

    programme = Choice(PROGRAMMES, load_default="daily")
    qpv = YesNo(load_default=False)
    pattern = SharedHours(load_default=None)
    new_chain = Choice(NEW_CHAIN_REASONS, load_default=None)


class WishQuerySchema(WishSchema, QueryInput):
    """The same in an address."""


class FreeVehicleSchema(WishQuerySchema, NeedSchema):
    """What to look for and what it has to have; without a pole, at all of them."""

    kind = Choice(KIND_CODES, required=True)
    site_id = Whole(minimum=1, load_default=None)


class PointedVehicleSchema(FreeVehicleSchema):
    """The same, with the vehicle pointed at on the board."""

    vehicle_id = Whole(minimum=1, load_default=None)


class HoursQuerySchema(NeedSchema, QueryInput):
    """Some hours of one day in Paris, of a kind: answers the period."""

    programme = Choice(BY_THE_HOUR, required=True)
    kind = Choice(KIND_CODES, required=True)
    site_id = Whole(minimum=1, load_default=None)
    qpv = YesNo(load_default=False)
    vehicle_id = Whole(minimum=1, load_default=None)
    on = Day(required=True)
    from_time = Hour(required=True)
    to_time = Hour(required=True)

    @validates_schema
    def _check_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["to_time"] <= data["from_time"]:
            raise ValidationError({"to_time": "Le retour vient après le départ, le même jour."})

    @post_load
    def _as_period(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        day, hours = data.pop("on"), [data.pop(name) for name in ("from_time", "to_time")]
        return data | dict(zip(("starts_at", "ends_at"), (instant_of(day, hour) for hour in hours), strict=True))


class FreeForSchema(FreeVehicleSchema):
    """The same, with the person."""

    beneficiary_id = Whole(minimum=1, required=True)


class WaiverSchema(InputSchema):
    """A dispense from one condition: a coded reason for the association's, a written reference for the hirer's."""

    code = Text(longest=40, required=True)
    reason = Choice(WAIVER_REASONS, load_default="")
    reference = Text(longest=80, load_default="")


class GivenWaiverSchema(WaiverSchema):
    """A dispense given with the booking."""

    @post_load
    def _make(self, data: dict[str, Any], **kwargs: Any) -> Waiver:
        return Waiver(**data)


class BookingSchema(WishSchema):
    """A booking: for whom, which vehicle, and the dispenses given with it; `hold_only` keeps it for a while, unconfirmed."""

    beneficiary_id = Whole(minimum=1, required=True)
    vehicle_id = Whole(minimum=1, required=True)
    job_id = Whole(minimum=1)
    deposit_kind = Choice(ASKED_KIND_LABELS, load_default=None)
    waivers = fields.List(fields.Nested(GivenWaiverSchema), load_default=list)
    hold_only = YesNo(load_default=False)


class VersionSchema(InputSchema):
    """The version of the booking, or of the accident, that the page showed; without it, whatever it is now."""

    version = Whole(minimum=1, load_default=None)


class ConfirmBookingSchema(VersionSchema):
    """How the deposit will come; without it as is usual for the kind."""

    deposit_kind = Choice(ASKED_KIND_LABELS, load_default=None)


class NewReturnSchema(VersionSchema):
    """The new return."""

    ends_at = Moment(required=True)


class ShiftBookingSchema(VersionSchema, PeriodSchema):
    """The new dates."""


class SplitBookingSchema(VersionSchema):
    """The instant of the cut, and the vehicle of what follows; without one it is given back."""

    at = Moment(required=True)
    vehicle_id = Whole(minimum=1, load_default=None)


class NewChainSchema(VersionSchema):
    """Why a chain of contracts begins with it."""

    reason = Choice(NEW_CHAIN_REASONS, required=True)


class SwapVehicleSchema(VersionSchema, WholeLookSchema):
    """The other vehicle; once the keys are out, both odometers, and the look over the vehicle given back, whole unless it is elsewhere."""

    vehicle_id = Whole(minimum=1, required=True)
    returned_km = Km()
    handed_km = Km()
    odometer_photo = Whole(minimum=1)


_ASKED: dict[str, tuple[str, ...]] = {
    EXTEND: ("ends_at",),
    RENEW: (),
    SHORTEN: ("ends_at",),
    SHIFT: ("starts_at", "ends_at"),
    SPLIT: ("at",),
    SWAP: ("vehicle_id",),
    NEW_CHAIN: ("reason",),
}


class ChangeSchema(QueryInput):
    """A change to look at before it is sent: the act, and what it asks."""

    act = Choice(_ASKED, required=True)
    starts_at = Moment()
    ends_at = Moment()
    at = Moment()
    vehicle_id = Whole(minimum=1)
    reason = Choice(NEW_CHAIN_REASONS)

    @validates_schema
    def _check_asked(self, data: dict[str, Any], **kwargs: Any) -> None:
        if missing := [name for name in _ASKED[data["act"]] if name not in data]:
            raise ValidationError({name: "Une réponse est attendue." for name in missing})


class CancelBookingSchema(VersionSchema):
    """The coded reason."""

    reason = Choice(CANCEL_REASONS, required=True)


class WaiveSchema(VersionSchema, WaiverSchema):
    """A dispense given on a booking that is not firm yet."""


class EligibilitySchema(WishQuerySchema):
    """For whom, which vehicle, when."""

    beneficiary_id = Whole(minimum=1, required=True)
    vehicle_id = Whole(minimum=1, required=True)
