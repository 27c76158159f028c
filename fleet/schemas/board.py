"""What the board asks and answers: the filters of the fleet, what each vehicle does at this moment, from when and how long."""

from dataclasses import replace
from functools import cache, partial
from typing import Any

from marshmallow import Schema, fields

from fleet.board import USUAL_WEEKS, WEEKS
from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, WORKSHOP
from fleet.lists import VEHICLES
from fleet.queries.planning import FREE, is_now
from mobility.clock import now
from mobility.listing import Filter
from mobility.web.fields import Choice, Day, QueryInput

STATES = {FREE: "libre", HELD: "en option", CONFIRMED: "réservé", OUT: "dehors", LATE: "en retard", WORKSHOP: "immobilisé"}
_doing = Filter("state", "En ce moment", partial(Choice, STATES), lambda q, v: q.filter(is_now(v, now())), lambda: list(STATES.items()))
BOARD = replace(
    VEHICLES,
    name="planning",
    title="Planning",
    filters=[*(each for each in VEHICLES.filters if each.name != "stage"), _doing],
    size=200,
)

SPANS = {str(weeks): f"{weeks} semaines" for weeks in WEEKS}


@cache
def asked_of_board() -> QueryInput:
    """The list's filters, the day around which it is shown, and how many weeks."""
    more: dict[str, Any] = {"first_on": Day(load_default=None), "weeks": Choice(SPANS, load_default=str(USUAL_WEEKS))}
    return BOARD.schema(**more)


class StretchOut(Schema):
    """What holds a vehicle, from when to when; `booking_id` while the booking may change.

    A booking cut in two `goes_on` on another vehicle after its first part, and its second `is_next`, until the keys are exchanged.
    """

    starts_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    status = fields.String()
    label = fields.String()
    booking_id = fields.Integer(attribute="changes", allow_none=True)
    goes_on = fields.Boolean()
    is_next = fields.Boolean()


class BoardRowOut(Schema):
    """A vehicle, its pole, and what holds it in order."""

    vehicle_id = fields.Integer()
    label = fields.String()
    plate = fields.String(allow_none=True)
    kind = fields.String()
    site_id = fields.Integer()
    held = fields.List(fields.Nested(StretchOut))


class BoardOut(Schema):
    """The vehicles down, the days across: from the Monday `first_on` to the Sunday `last_on`."""

    first_on = fields.Date()
    last_on = fields.Date()
    total = fields.Integer()
    rows = fields.List(fields.Nested(BoardRowOut))
