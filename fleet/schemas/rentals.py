"""What the pages of a rental take, in forms and in JSON alike."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_load

from billing.means import MEANS_LABELS
from fleet.checks import FUEL_NAMES, UNSIGNED
from fleet.follow_up import GRANT_REASONS, JOB_STATES, LASTING_SOLUTIONS, MODES, NEXT_STEPS
from fleet.lifecycle import RETURN_REASONS
from fleet.mileage import DECISION_NAMES
from fleet.schemas.device_signing import SignedOnDevice, gather_signed
from fleet.schemas.marks import Marks, gather_marks
from fleet.schemas.simulations import Kilometres
from mobility.codes import JOB_KINDS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Km, Moment, QueryInput, Text, Whole, YesNo, _Field

SIGNED_HOW = ("screen", "paper")
_ZONE = "zone_"


class States(_Field):
    """Parts of a vehicle, or items of its checklist, by code, each with the code of its state; the rule knows which (fleet/checks.py)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, str]:
        if not isinstance(value, dict) or not all(isinstance(code, str) and isinstance(state, str) for code, state in value.items()):
            raise ValidationError("Un état est attendu pour chaque code.")
        return value


class ConditionSchema(InputSchema):
    """The state of the vehicle: a form gives each zone its own field, "zone_left"."""

    zones = States(load_default=dict)
    note = Text(longest=300, lines=True)

    @pre_load
    def _gather(self, data: Any, **kwargs: Any) -> Any:
        return _gathered(data, _ZONE, "zones")


def _gathered(data: Any, prefix: str, field: str) -> Any:
    """A form's own field for each code as the one field of the API."""
    if not isinstance(data, dict):
        return data
    found = {name.removeprefix(prefix): state for name, state in data.items() if isinstance(name, str) and name.startswith(prefix)}
    plain = {name: value for name, value in data.items() if not (isinstance(name, str) and name.startswith(prefix))}
    return plain | {field: found} if found else plain


class LookSchema(ConditionSchema):
    """A look over the vehicle: its state, the marks seen, and the pictures sent ahead."""

    marks = Marks(load_default=())
    photos = fields.List(Whole(minimum=1), load_default=list)

    @pre_load
    def _gather_marks(self, data: Any, **kwargs: Any) -> Any:
        return gather_marks(data) if isinstance(data, dict) else data


class WholeLookSchema(LookSchema):
    """A look over the whole vehicle, its checklist too ("check_keys" in a form)."""

    fuel = Choice(FUEL_NAMES)
    checks = States(load_default=dict)

    @pre_load
    def _gather_checks(self, data: Any, **kwargs: Any) -> Any:
        return _gathered(data, "check_", "checks")


class LeftLookSchema(WholeLookSchema):
    """The look over a vehicle given back in exchange; `version` is the page's."""

    version = Whole()


class CheckSchema(LeftLookSchema):
    """Check-out and check-in: the odometer too, and both signatures when they were made without network."""

    odometer_km = Km()
    odometer_photo = Whole(minimum=1)
    signed = SignedOnDevice()

    @pre_load
    def _gather_signed(self, data: Any, **kwargs: Any) -> Any:
        return gather_signed(data) if isinstance(data, dict) else data


class ReportSignatureSchema(InputSchema):
    """The person's signature of a paper; `signature` is the path of a drawing in 400 × 160."""

    signer_name = Text(longest=160, required=True)
    agreed = YesNo(load_default=False)
    how = Choice(SIGNED_HOW, load_default="screen")
    signature = Text(longest=50_000)


class UnsignedReportSchema(InputSchema):
    """Why a condition report is left unsigned for now."""

    reason = Choice(UNSIGNED, required=True)


class SignatureSchema(ReportSignatureSchema):
    """The person's signature of one version of the contract."""

    number = Text(longest=30, required=True)


class ContractVersionSchema(QueryInput):
    """Which version of the contract; the one that counts unless its number is said."""

    number = Text(longest=30, load_default=None)


class OfPointEtapeSchema(InputSchema):
    """A part of a point-étape: `step_id` is the one the page showed, refused once that one is held."""

    step_id = Whole(minimum=1)


class ReadingSchema(OfPointEtapeSchema):
    """The odometer alone."""

    odometer_km = Km(required=True)
    odometer_photo = Whole(minimum=1)
    mode = Choice(MODES, load_default="pole")


class DeclaredReadingSchema(InputSchema):
    """The odometer as the person reads it, with the number of a picture sent ahead."""

    odometer_km = Km(required=True)
    odometer_photo = Whole(minimum=1, load_default=None)


class VehicleStateSchema(LookSchema, OfPointEtapeSchema):
    """What changed on the vehicle, alone."""


class JobStateSchema(OfPointEtapeSchema):
    """The job and the next step, alone."""

    job_state = Choice(JOB_STATES, required=True)
    next_step = Choice(NEXT_STEPS, required=True)


class MoneyTakenSchema(InputSchema):
    """Money in hand, alone."""

    means = Choice(MEANS_LABELS, required=True)
    cents = Cents(minimum=1, required=True)
    reference = Text(longest=60)
    note_given = YesNo(load_default=False)


class AskedPaymentSchema(InputSchema):
    """A payment that the person makes themselves: a card by a code on this screen, by mail or by text message, or a transfer.

    `again_…` speaks of the card payment that stands already, whatever its sum.
    """

    how = Choice(("show", "mail", "sms", "transfer", "again_show", "again_mail", "again_sms"), load_default="show")
    cents = Cents(minimum=1, load_default=None)
    note_given = YesNo(load_default=False)

    @post_load
    def say_again(self, asked: dict[str, Any], **_: Any) -> dict[str, Any]:
        """How, and whether it is the one that stands."""
        how = asked["how"]
        return asked | {"how": how.removeprefix("again_"), "again": how.startswith("again_")}


class PointEtapeSchema(LookSchema, OfPointEtapeSchema):
    """The one button: every part may be left out; `rise_said` when the adviser told the person that their price rises."""

    mode = Choice(MODES, load_default="pole")
    odometer_km = Km()
    odometer_photo = Whole(minimum=1)
    job_state = Choice(JOB_STATES)
    next_step = Choice(NEXT_STEPS)
    means = Choice(MEANS_LABELS)
    cents = Cents(minimum=1)
    reference = Text(longest=60)
    note_given = YesNo(load_default=False)
    rise_said = YesNo(load_default=False)
    next_meeting_at = Moment()


class ReadingConfirmationSchema(InputSchema):
    """Why a doubtful reading is right."""

    reason = Text(longest=200, required=True)


class ReadingCorrectionSchema(ReadingConfirmationSchema):
    """What the odometer really said, and why it is put right."""

    odometer_km = Km(required=True)


class CapDecisionSchema(InputSchema):
    """What was decided over the cap; kilometres belong to an adjustment."""

    decision = Choice(DECISION_NAMES, required=True)
    reason = Text(longest=200)
    added_km = Kilometres(load_default=0)


class GrantedTripSchema(InputSchema):
    """A trip granted beyond home and work."""

    km = Kilometres(required=True)
    on = Day(required=True)
    purpose = Choice(GRANT_REASONS, required=True)


class OutcomeSchema(InputSchema):
    """How the rental ended."""

    reason = Choice(RETURN_REASONS, required=True)
    job_kind = Choice(JOB_KINDS, required=True)
    lasting_solution = Choice(LASTING_SOLUTIONS, required=True)
