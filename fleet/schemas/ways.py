"""What the question "what could carry this person" takes and answers."""

from datetime import time

from marshmallow import Schema, fields

from fleet.modes import CHOICE_REASONS, LOADS, MODE_NAMES, NOTHING, TRANSIT_WORDS, UNKNOWN
from fleet.renewal import NEW_CHAIN_REASONS
from fleet.schemas.bookings import PeriodSchema
from fleet.schemas.needs import NeedSchema
from fleet.ways import FITS, LACKS, TO_SEE
from mobility.schemas.people import FARTHEST_TENTHS
from mobility.web.fields import Choice, Hour, InputSchema, QueryInput, Tenths, Whole


class WaysSchema(PeriodSchema, NeedSchema, QueryInput):
    """The dates, the way to work in kilometres (the person's job without it) the hours on site, and what the vehicle has to have.

    `new_chain` says why it would not go on with what they returned just before.
    """

    one_way_tenths = Tenths(maximum=FARTHEST_TENTHS, load_default=None)
    work_from = Hour(load_default=lambda: time(8))
    work_to = Hour(load_default=lambda: time(17))
    days_a_week = Whole(minimum=1, maximum=7, load_default=None)
    carrying = Choice(LOADS, load_default=NOTHING)
    transit = Choice(TRANSIT_WORDS, load_default=UNKNOWN)
    new_chain = Choice(NEW_CHAIN_REASONS, load_default=None)


class ChosenSchema(InputSchema):
    """The way that the person chose, and what decided."""

    mode = Choice(MODE_NAMES, required=True)
    reason = Choice(CHOICE_REASONS, required=True)


class MissingOut(Schema):
    """One thing that is missing, and how to get it."""

    sentence = fields.String()
    remedy = fields.String()


class EffortOut(Schema):
    """What a way asks for: minutes one way, cents a month (null: no price is set), kilograms of CO₂ a year."""

    minutes = fields.Integer()
    month_cents = fields.Integer(allow_none=True)
    kg_a_year = fields.Integer()
    sentence = fields.String()


class WayOut(Schema):
    """One way to work: a kind of vehicle, or what nobody lends ("walk", "public_transport", "carpool")."""

    kind = fields.String(attribute="mode")
    state = fields.String(metadata={"enum": [FITS, TO_SEE, LACKS]})
    fits = fields.Boolean()
    missing = fields.List(fields.Nested(MissingOut))
    to_see = fields.Nested(MissingOut, allow_none=True)
    notes = fields.List(fields.String())
    free = fields.Integer()
    effort = fields.Nested(EffortOut, allow_none=True)


class WaysOut(Schema):
    """Every way to work, the greenest first, and what to look at before a vehicle is lent."""

    transit = fields.String()
    ways = fields.List(fields.Nested(WayOut))


class ModeChoiceOut(Schema):
    """A choice as it was made: what it was between, then."""

    id = fields.Integer()
    mode = fields.String()
    reason = fields.String()
    chosen_at = fields.DateTime()
    question = fields.Dict()
    compared = fields.List(fields.Dict())
