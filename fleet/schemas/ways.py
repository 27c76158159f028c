"""What the question "what could carry this person" takes and answers."""

from datetime import time

from marshmallow import Schema, fields

from fleet.renewal import NEW_CHAIN_REASONS
from fleet.schemas.bookings import PeriodSchema
from fleet.schemas.needs import NeedSchema
from mobility.schemas.people import FARTHEST_TENTHS
from mobility.web.fields import Choice, Hour, QueryInput, Tenths


class WaysSchema(PeriodSchema, NeedSchema, QueryInput):
    """The dates, the way to work in kilometres (the person's job without it) the hours on site, and what the vehicle has to have.

    `new_chain` says why it would not go on with what they returned just before.
    """

    one_way_tenths = Tenths(maximum=FARTHEST_TENTHS, load_default=None)
    work_from = Hour(load_default=lambda: time(8))
    work_to = Hour(load_default=lambda: time(17))
    new_chain = Choice(NEW_CHAIN_REASONS, load_default=None)


class MissingOut(Schema):
    """One thing that is missing, and how to get it."""

    sentence = fields.String()
    remedy = fields.String()


class WayOut(Schema):
    """One kind of vehicle."""

    kind = fields.String(attribute="kind.code")
    fits = fields.Boolean()
    missing = fields.List(fields.Nested(MissingOut))
    notes = fields.List(fields.String())
    free = fields.Integer()


class WaysOut(Schema):
    """Public transport first, then every kind, the greenest first."""

    transit = fields.String()
    ways = fields.List(fields.Nested(WayOut))
