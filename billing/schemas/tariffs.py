"""Tariffs, tiers and proofs as pages and the API take them; prices stand by kind, so that a form is as flat as a till."""

from typing import Any

from billing.districts import SEEN_HOW
from billing.tariffs import KINDS
from mobility.web.fields import Cents, Choice, Day, InputSchema, QueryInput, Text, Whole, YesNo

HIGHEST_DAY_CENTS = 100_000


class PricesSchema(InputSchema):
    """Cents a day for each kind; a kind left out has no price."""

    bike = Cents(maximum=HIGHEST_DAY_CENTS)
    ebike = Cents(maximum=HIGHEST_DAY_CENTS)
    cargo_bike = Cents(maximum=HIGHEST_DAY_CENTS)
    moped = Cents(maximum=HIGHEST_DAY_CENTS)
    scooter = Cents(maximum=HIGHEST_DAY_CENTS)
    scooter125 = Cents(maximum=HIGHEST_DAY_CENTS)
    quadricycle = Cents(maximum=HIGHEST_DAY_CENTS)
    car = Cents(maximum=HIGHEST_DAY_CENTS)


class TariffVersionSchema(PricesSchema):
    """A new version of the tariff."""

    label = Text(required=True, longest=80)
    from_on = Day(required=True)


class TierSchema(PricesSchema):
    """A tier of the platform's own: by a share, or by prices."""

    label = Text(required=True, longest=80)
    from_on = Day(required=True)
    to_on = Day()
    share_numerator = Whole(maximum=100)
    share_denominator = Whole(minimum=1, maximum=100)


class TierProofSchema(InputSchema):
    """A person's right to a tier; the last three of a priority district, "QN01334M"."""

    tier = Text(required=True, longest=20)
    from_on = Day(required=True)
    to_on = Day()
    paper_issued_on = Day()
    paper_valid_until = Day()
    district = Text(longest=20)
    seen_how = Choice(SEEN_HOW)
    seen_on = Day()


class EndOfRightSchema(InputSchema):
    """The end of a right, and the day the person was told."""

    last_on = Day(required=True)
    told_on = Day(required=True)


class QuoteSchema(QueryInput):
    """What a rental would cost somebody, both days included."""

    kind = Choice(KINDS, required=True)
    first_on = Day(required=True)
    last_on = Day(required=True)
    qpv = YesNo(load_default=False)


def priced(given: dict[str, Any], name: str) -> dict[str, Any]:
    """The input with its prices gathered by kind under one name, as the actions take them."""
    prices = {kind: given[kind] for kind in KINDS if kind in given}
    return {key: value for key, value in given.items() if key not in KINDS} | {name: prices}
