"""What the API answers about money."""

from marshmallow import Schema, fields


class FiguresSchema(Schema):
    """The treasurer's figures, in cents."""

    due_cents = fields.Integer()
    ahead_cents = fields.Integer()
    deposits_cents = fields.Integer()
    commitments_cents = fields.Integer()
    by_code = fields.Dict(keys=fields.String(), values=fields.Integer())


class LedgerLineSchema(Schema):
    """A line of a ledger account; the person stands there by their number."""

    number = fields.Integer()
    on = fields.Date()
    journal = fields.String()
    label = fields.String()
    reference = fields.String()
    account_id = fields.Integer(allow_none=True)
    subject_number = fields.String(allow_none=True)
    debit_cents = fields.Integer()
    credit_cents = fields.Integer()


class ChargeSchema(Schema):
    """A charge, or a credit below zero."""

    key = fields.String()
    kind = fields.String()
    first_on = fields.Date()
    last_on = fields.Date()
    cents = fields.Integer()
    sentence = fields.String()


class MoneySchema(Schema):
    """An amount and its sentence."""

    cents = fields.Integer()
    sentence = fields.String()


class BillingAccountSchema(Schema):
    """One rental's money."""

    id = fields.Integer()
    reference = fields.String()
    label = fields.String()
    kind = fields.String()
    programme = fields.String()
    qpv = fields.Boolean()
    residence = fields.Nested("ResidenceOutSchema", allow_none=True)
    started_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    balance_cents = fields.Integer()
    charged_cents = fields.Integer()
    paid_cents = fields.Integer()
    due = fields.Nested(MoneySchema)
    forecast = fields.Nested(MoneySchema, allow_none=True)
    charges = fields.List(fields.Nested(ChargeSchema))


class AccountLineSchema(Schema):
    """An account in a list."""

    id = fields.Integer(attribute="account.id")
    label = fields.String(attribute="account.label")
    beneficiary_number = fields.String(attribute="person.number")
    balance_cents = fields.Integer()


class TariffVersionOutSchema(Schema):
    """A version of the tariff."""

    id = fields.Integer()
    label = fields.String()
    from_on = fields.Date()
    day_cents = fields.Dict(keys=fields.String(), values=fields.Integer())


class TierOutSchema(Schema):
    """A tier of the platform's own."""

    code = fields.String()
    label = fields.String()
    from_on = fields.Date()
    to_on = fields.Date(allow_none=True)
    share_numerator = fields.Integer(allow_none=True)
    share_denominator = fields.Integer(allow_none=True)
    price_cents = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)


class TierProofOutSchema(Schema):
    """A person's right to a tier; the district it names, its perimeter by its year, how and when it was seen."""

    id = fields.Integer()
    tier = fields.String(attribute="tier_code")
    from_on = fields.Date()
    to_on = fields.Date(allow_none=True)
    paper_issued_on = fields.Date(allow_none=True)
    paper_valid_until = fields.Date(allow_none=True)
    district = fields.String(attribute="district_code", allow_none=True)
    perimeter = fields.Integer(allow_none=True)
    seen_how = fields.String(allow_none=True)
    seen_on = fields.Date(allow_none=True)


class ResidenceOutSchema(Schema):
    """What the rate of a priority district rests on, in words, and whether it was seen."""

    sentence = fields.String()
    is_proven = fields.Boolean()


class QuoteOutSchema(Schema):
    """A price and its sentence."""

    total_cents = fields.Integer()
    sentence = fields.String()
