"""What the API answers about the runs of the weekly charges."""

from marshmallow import Schema, fields

from billing.charge_runs import RunState, state_of
from billing.models import ChargeRun
from mobility.clock import now


class ChargeRunSchema(Schema):
    """A run: how many of its `rentals` were looked at, what it wrote; cut off, it kept nothing, and the next one charges it all."""

    id = fields.Integer()
    state = fields.Function(lambda run: run_state(run))
    started_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    rentals = fields.Integer()
    done = fields.Integer()
    charges = fields.Integer()
    cents = fields.Integer()


class PostedSchema(Schema):
    """What was charged now."""

    charges = fields.Integer()
    cents = fields.Integer()


def run_state(run: ChargeRun) -> RunState:
    """How a run stands at this moment."""
    return state_of(started_at=run.started_at, ended_at=run.ended_at, done=run.done, rentals=run.rentals, now=now())
