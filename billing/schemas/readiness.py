"""A budget, typed or sent; and what "ready to buy" says, as the API shows it."""

from marshmallow import Schema, fields

from billing.budgets import COSTS, INCOMES, MOST_CENTS
from billing.payment_record import LATE, LOST, ON_TIME, OPEN, OVERDUE
from mobility.web.fields import Cents, InputSchema

_STATES = (ON_TIME, LATE, OPEN, OVERDUE, LOST)
# What a month comes to, in cents by line; one left out is nothing.
BudgetSchema = InputSchema.from_dict(
    {code: Cents(maximum=MOST_CENTS, load_default=0) for code in (*INCOMES, *COSTS)},
    name="BudgetSchema",
)


class RecordLineSchema(Schema):
    """A charge and how it was paid: on_time, late, open (not due yet), overdue or lost; `settled_on` is null until it is paid in full."""

    label = fields.String(attribute="fallen.label")
    on = fields.Date(attribute="fallen.on")
    cents = fields.Integer(attribute="fallen.cents")
    by_on = fields.Date()
    settled_on = fields.Date(allow_none=True)
    state = fields.String(metadata={"enum": list(_STATES)})
    days_late = fields.Integer()
    said = fields.String()


class RecordSchema(Schema):
    """How a person paid, in one sentence and line by line."""

    sentence = fields.String()
    lines = fields.List(fields.Nested(RecordLineSchema))


class BudgetOutSchema(Schema):
    """What a month comes to, in cents, and what is left of it."""

    lines = fields.Dict(keys=fields.String(), values=fields.Integer())
    income_cents = fields.Integer()
    costs_cents = fields.Integer()
    left_cents = fields.Integer()
    sentence = fields.String()


class InstalmentSchema(Schema):
    """One month of a loan."""

    number = fields.Integer()
    cents = fields.Integer()
    interest_cents = fields.Integer()
    left_cents = fields.Integer()


class RepaymentSchema(Schema):
    """A loan month by month, what it costs, and the whole in one sentence."""

    instalment_cents = fields.Integer()
    last_cents = fields.Integer()
    total_cents = fields.Integer()
    cost_cents = fields.Integer()
    sentence = fields.String()
    instalments = fields.List(fields.Nested(InstalmentSchema))


class ReadinessSchema(Schema):
    """Payments, budget, and a loan beside the rent; what is not known yet is null."""

    record = fields.Nested(RecordSchema)
    budget = fields.Nested(BudgetOutSchema, allow_none=True)
    rent_cents = fields.Integer(allow_none=True)
    repayment = fields.Nested(RepaymentSchema, allow_none=True)
    comparison = fields.String(allow_none=True)
    after = fields.String(allow_none=True)
