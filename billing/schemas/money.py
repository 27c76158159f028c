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


class ExplanationSchema(Schema):
    """Why a day costs what it costs: the rule, the tariff's version, the tier, and what they were applied to."""

    rule = fields.String()
    tariff = fields.String()
    tariff_from_on = fields.String()
    tier = fields.String()
    inputs = fields.Dict(keys=fields.String())


class ShareSchema(Schema):
    """A payer's part of a day, by its agreement; below zero when it is given back."""

    agreement = fields.Integer()
    payer = fields.String()
    reference = fields.String()
    cents = fields.Integer()


class PricedDaySchema(Schema):
    """A day with the person's cents; a month of the programme by its first day, with its number and what it covers.

    A credit's tells no reason. Where others pay a part: the day's whole price, and each one's share.
    """

    day = fields.String()
    cents = fields.Integer()
    tier = fields.String()
    month = fields.Integer()
    covers = fields.List(fields.String())
    why = fields.Nested(ExplanationSchema)
    price_cents = fields.Integer()
    shares = fields.List(fields.Nested(ShareSchema))


class ChargeSchema(Schema):
    """A charge, or a credit below zero."""

    key = fields.String()
    kind = fields.String()
    first_on = fields.Date()
    last_on = fields.Date()
    cents = fields.Integer()
    sentence = fields.String()
    days = fields.List(fields.Nested(PricedDaySchema))


class MoneySchema(Schema):
    """An amount and its sentence."""

    cents = fields.Integer()
    sentence = fields.String()


class RiseSchema(Schema):
    """A day from which a day costs more, within 15 days; `is_told` once the person knows of it."""

    on = fields.Date()
    before_cents = fields.Integer()
    after_cents = fields.Integer()
    sentence = fields.String()
    is_told = fields.Boolean()


class BillingAccountSchema(Schema):
    """One rental's money; `terms` are the rule, the tariff's version and the hours it froze."""

    id = fields.Integer()
    reference = fields.String()
    label = fields.String()
    kind = fields.String()
    programme = fields.String()
    qpv = fields.Boolean()
    terms = fields.Dict(keys=fields.String())
    residence = fields.Nested("ResidenceOutSchema", allow_none=True)
    started_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    balance_cents = fields.Integer()
    charged_cents = fields.Integer()
    paid_cents = fields.Integer()
    lost_cents = fields.Integer()
    membership_due_cents = fields.Integer()
    due = fields.Nested(MoneySchema)
    forecast = fields.Nested(MoneySchema, allow_none=True)
    rise = fields.Nested(RiseSchema, allow_none=True)
    charges = fields.List(fields.Nested(ChargeSchema))


class AccountLineSchema(Schema):
    """An account in a list."""

    id = fields.Integer(attribute="account.id")
    label = fields.String(attribute="account.label")
    beneficiary_number = fields.String(attribute="person.number")
    balance_cents = fields.Integer()


class ScaleOutSchema(Schema):
    """How a kind goes on beyond its first day: the next steps' cents a day, a week's at most, a rental's at least."""

    step_cents = fields.List(fields.Integer())
    week_cents = fields.Integer(allow_none=True)
    least_cents = fields.Integer()


class TariffRulesOutSchema(Schema):
    """What a version sets beyond its prices a day; what it does not set is left out."""

    scales = fields.Dict(keys=fields.String(), values=fields.Nested(ScaleOutSchema))
    step_days = fields.Integer()
    membership_cents = fields.Integer()
    handover_hour = fields.String()
    return_hour = fields.String()


class TariffVersionOutSchema(Schema):
    """A version of the tariff."""

    id = fields.Integer()
    label = fields.String()
    from_on = fields.Date()
    day_cents = fields.Dict(keys=fields.String(), values=fields.Integer())
    rules = fields.Nested(TariffRulesOutSchema)


class MoveOutSchema(Schema):
    """A rental to come that a new tariff reprices."""

    number = fields.String()
    name = fields.String()
    first_on = fields.Date()
    before_cents = fields.Integer()
    after_cents = fields.Integer()
    difference_cents = fields.Integer()
    sentence = fields.String()


class TierOutSchema(Schema):
    """A tier of the platform's own; a transition's steps are [days, numerator] of its denominator."""

    code = fields.String()
    label = fields.String()
    from_on = fields.Date()
    to_on = fields.Date(allow_none=True)
    share_numerator = fields.Integer(allow_none=True)
    share_denominator = fields.Integer(allow_none=True)
    price_cents = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)
    steps = fields.List(fields.List(fields.Integer()))


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
    """A price, its sentence, and each of its days explained."""

    total_cents = fields.Integer()
    sentence = fields.String()
    days = fields.List(fields.Nested(PricedDaySchema))
