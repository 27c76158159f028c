"""Hirers, orders and all their acts, as pages and the API take and show them."""

from typing import Any

from marshmallow import Schema, fields, post_load

from billing.hires import LINES, UNITS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Mail, Text, Whole, YesNo

_SIRET = r"[0-9]{3}( ?[0-9]{3}){2} ?[0-9]{5}"


class HirerSchema(InputSchema):
    """Who they are, the SIRET of their invoices, whom to call."""

    name = Text(required=True, longest=80)
    address = Text(required=True, longest=200)
    siret = Text(longest=17, pattern=_SIRET, hint="Un SIRET a 14 chiffres.", load_default=None, allow_none=True)
    contact = Text(longest=120, load_default=None, allow_none=True)
    phone = Text(longest=30, load_default=None, allow_none=True)
    email = Mail(load_default=None, allow_none=True)

    @post_load
    def _close_up(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return data | {"siret": data["siret"].replace(" ", "") if data["siret"] else None}


class OrderSchema(InputSchema):
    """Of whom, for which days (both included), at which price, under which conditions; whether the order names the person."""

    hirer_id = Whole(required=True, minimum=1)
    first_on = Day(required=True)
    last_on = Day(required=True)
    unit = Choice(UNITS, required=True)
    unit_cents = Cents(required=True, minimum=1)
    conditions = Text(longest=300, load_default=None, allow_none=True)
    names_person = YesNo(load_default=False)


class HireContractSchema(InputSchema):
    """The number and day of the contract between the hirer and the person; its paper, sent ahead."""

    reference = Text(required=True, longest=40)
    on = Day(required=True)
    attachment_id = Whole(minimum=1, load_default=None)


class ExtendHireSchema(InputSchema):
    """The day of return the hirer agreed to."""

    last_on = Day(required=True)
    reason = Text(longest=200, load_default=None, allow_none=True)


class WhySchema(InputSchema):
    """Why."""

    reason = Text(required=True, longest=200)


class GuaranteeSchema(InputSchema):
    """The most that the association stands for."""

    cents = Cents(required=True, minimum=1)


class EndGuaranteeSchema(InputSchema):
    """Nothing is asked."""


class HireInvoiceSchema(InputSchema):
    """A hirer's invoice: its number and day, the days it is for, its lines, its total and the VAT in it; its paper, sent ahead."""

    reference = Text(required=True, longest=60)
    on = Day(required=True)
    first_on = Day(required=True)
    last_on = Day(required=True)
    rent_cents = Cents(load_default=0)
    insurance_cents = Cents(load_default=0)
    km_cents = Cents(load_default=0)
    damage_cents = Cents(load_default=0)
    other_cents = Cents(load_default=0)
    total_cents = Cents(required=True, minimum=1)
    vat_cents = Cents(load_default=0)
    attachment_id = Whole(minimum=1, load_default=None)


class FunderShareSchema(InputSchema):
    """Which payer bears how much, by which decision."""

    payer_id = Whole(required=True, minimum=1)
    cents = Cents(required=True, minimum=1)
    reference = Text(required=True, longest=60)


class CallSchema(WhySchema):
    """How much the hirer calls, when and why; its paper, sent ahead."""

    cents = Cents(required=True, minimum=1)
    on = Day(required=True)
    attachment_id = Whole(minimum=1, load_default=None)


class HireCreditSchema(WhySchema):
    """A hirer's credit note: its number, how much, why."""

    reference = Text(required=True, longest=60)
    cents = Cents(required=True, minimum=1)


class HireTransferSchema(InputSchema):
    """A transfer that left on a day."""

    cents = Cents(required=True, minimum=1)
    on = Day(required=True)
    reference = Text(longest=60, load_default=None, allow_none=True)


class HireReceiptSchema(InputSchema):
    """A transfer that came on a day."""

    cents = Cents(required=True, minimum=1)
    on = Day(required=True)


class HireSumSchema(InputSchema):
    """How much."""

    cents = Cents(required=True, minimum=1)


class LostCallSchema(WhySchema):
    """How much, and why it is not asked of the person."""

    cents = Cents(required=True, minimum=1)


class HirerOutSchema(Schema):
    """A hirer."""

    id = fields.Integer()
    name = fields.String()
    address = fields.String()
    siret = fields.String(allow_none=True)
    contact = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)


class HirerLineSchema(Schema):
    """A hirer, and what it is owed by the ledger."""

    hirer = fields.Nested(HirerOutSchema)
    owed_cents = fields.Integer()


class InvoiceContentSchema(Schema):
    """What an invoice is for, and what it says otherwise than the order."""

    first_on = fields.String()
    last_on = fields.String()
    lines = fields.Dict(keys=fields.String(metadata={"enum": list(LINES)}), values=fields.Integer())
    vat_cents = fields.Integer()
    differences = fields.List(fields.String())


class HireStepSchema(Schema):
    """What happened to an order; `about_id` is the step it is about."""

    id = fields.Integer()
    about_id = fields.Integer(allow_none=True)
    act = fields.String()
    cents = fields.Integer()
    on = fields.Date()
    reference = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    payer_id = fields.Integer(allow_none=True)
    content = fields.Nested(InvoiceContentSchema, allow_none=True)
    attachment_id = fields.Integer(allow_none=True)
    entry_number = fields.Integer(allow_none=True)
    at = fields.AwareDateTime()


class HireOutSchema(Schema):
    """An order and where it stands; `left_cents` is owed to the hirer, `guaranteed_cents` what the association still stands for."""

    id = fields.Integer(attribute="order.id")
    number = fields.String()
    account_id = fields.Integer(attribute="account.id")
    person_id = fields.Integer(attribute="person.id")
    hirer_id = fields.Integer(attribute="hirer.id")
    hirer = fields.String(attribute="hirer.name")
    first_on = fields.Date(attribute="order.first_on")
    last_on = fields.Date(attribute="order.last_on")
    unit = fields.String(attribute="order.unit")
    unit_cents = fields.Integer(attribute="order.unit_cents")
    conditions = fields.String(attribute="order.conditions", allow_none=True)
    names_person = fields.Boolean(attribute="order.names_person")
    contract_number = fields.String(attribute="order.contract_number", allow_none=True)
    contract_on = fields.Date(attribute="order.contract_on", allow_none=True)
    state = fields.String()
    left_cents = fields.Integer()
    guaranteed_cents = fields.Integer()


class PartsSchema(Schema):
    """Who bears what the hirer invoiced, in cents: person, funders and the association's own part are together the invoices."""

    invoiced = fields.Integer()
    person = fields.Integer()
    funders = fields.Integer()
    own = fields.Integer()


class HireWholeSchema(HireOutSchema):
    """An order with its steps and who bears what."""

    steps = fields.List(fields.Nested(HireStepSchema))
    parts = fields.Nested(PartsSchema)


class BillOutSchema(Schema):
    """A hirer's invoice in a list."""

    id = fields.Integer(attribute="step.id")
    hire_id = fields.Integer(attribute="order.id")
    hirer = fields.String(attribute="hirer.name")
    reference = fields.String(attribute="step.reference")
    on = fields.Date(attribute="step.on")
    cents = fields.Integer(attribute="step.cents")
    left_cents = fields.Integer()
