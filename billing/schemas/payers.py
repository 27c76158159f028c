"""Third-party payers and their agreements, as pages and the API take and show them."""

from typing import Any

from marshmallow import Schema, fields, post_load

from billing.schemas.tariffs import HIGHEST_DAY_CENTS
from billing.shares import PAYER_KINDS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Text, Whole

_SIRET = r"[0-9]{3}( ?[0-9]{3}){2} ?[0-9]{5}"
HIGHEST_MONTH_CENTS = 31 * HIGHEST_DAY_CENTS


class PayerSchema(InputSchema):
    """Who they are; of a public payer what its invoices must name."""

    name = Text(required=True, longest=60)
    kind = Choice(PAYER_KINDS, required=True)
    address = Text(required=True, longest=200)
    siret = Text(longest=17, pattern=_SIRET, hint="Un SIRET a 14 chiffres.", load_default=None, allow_none=True)
    service_code = Text(longest=100)
    commitment = Text(longest=50)

    @post_load
    def _close_up(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return data | {"siret": data["siret"].replace(" ", "") if data["siret"] else None}


class AgreementSchema(InputSchema):
    """What a payer pays of a rental's days: a percentage or cents a day, with its ceilings."""

    payer_id = Whole(required=True, minimum=1)
    from_on = Day(required=True)
    to_on = Day()
    percent = Whole(minimum=1, maximum=100)
    day_cents = Cents(minimum=1, maximum=HIGHEST_DAY_CENTS)
    most_day_cents = Cents(minimum=1, maximum=HIGHEST_DAY_CENTS)
    most_month_cents = Cents(minimum=1, maximum=HIGHEST_MONTH_CENTS)
    most_days = Whole(minimum=1, maximum=3_660)
    most_cents = Cents(minimum=1, maximum=12 * HIGHEST_MONTH_CENTS)
    reference = Text(required=True, longest=60)


class EndOfAgreementSchema(InputSchema):
    """The last day that is shared, and the day the person was told."""

    last_on = Day(required=True)
    told_on = Day(required=True)


class PayerOutSchema(Schema):
    """A payer."""

    id = fields.Integer()
    name = fields.String()
    kind = fields.String()
    address = fields.String()
    siret = fields.String(allow_none=True)
    service_code = fields.String(allow_none=True)
    commitment = fields.String(allow_none=True)


class AgreementOutSchema(Schema):
    """An agreement; `to_on` is its last day."""

    id = fields.Integer()
    payer_id = fields.Integer()
    account_id = fields.Integer()
    from_on = fields.Date()
    to_on = fields.Date(allow_none=True)
    percent = fields.Integer(allow_none=True)
    day_cents = fields.Integer(allow_none=True)
    most_day_cents = fields.Integer(allow_none=True)
    most_month_cents = fields.Integer(allow_none=True)
    most_days = fields.Integer(allow_none=True)
    most_cents = fields.Integer(allow_none=True)
    reference = fields.String()


class PayerLineSchema(Schema):
    """A payer, and what it owes by the ledger, of which it was not asked so much yet."""

    payer = fields.Nested(PayerOutSchema)
    owed_cents = fields.Integer()
    not_invoiced_cents = fields.Integer()


class PayerWithAgreementsSchema(PayerOutSchema):
    """A payer, and what it agreed to, the latest first; cents not invoiced yet by agreement."""

    not_invoiced = fields.Dict(keys=fields.Integer(), values=fields.Integer())
    agreements = fields.List(fields.Nested(AgreementOutSchema))
