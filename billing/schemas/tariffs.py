"""Tariffs, tiers and proofs as pages and the API take them; prices stand by kind, so that a form is as flat as a till."""

from typing import Any

from billing.districts import SEEN_HOW
from billing.scales import Scale
from billing.tariffs import KINDS
from billing.transitions import MOST_STEPS, Step
from mobility.errors import RuleBroken
from mobility.web.fields import Cents, Choice, Day, Hour, InputSchema, QueryInput, Text, Whole, YesNo

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


STEPS = range(1, MOST_STEPS + 1)
SCALE = ("second", "third", "week", "least")  # beyond a kind's first day: the second step, the third, a week at most, a rental at least

# A new version of the tariff: "car" is a day of it, "car_week" seven of them.
TariffVersionSchema = PricesSchema.from_dict(
    {
        "label": Text(required=True, longest=80),
        "from_on": Day(required=True),
        **{f"{kind}_{part}": Cents(maximum=HIGHEST_DAY_CENTS) for kind in KINDS for part in SCALE},
        "step_days": Whole(minimum=1, maximum=365),
        "membership_cents": Cents(maximum=HIGHEST_DAY_CENTS),
        "handover_hour": Hour(),
        "return_hour": Hour(),
    },
    name="TariffVersionSchema",
)


# A tier of the platform's own: by a share, by steps of the same denominator ("step_1_days": the days of the first), or by prices.
TierSchema = PricesSchema.from_dict(
    {
        "label": Text(required=True, longest=80),
        "from_on": Day(required=True),
        "to_on": Day(),
        "share_numerator": Whole(maximum=100),
        "share_denominator": Whole(minimum=1, maximum=100),
        **{f"step_{number}_numerator": Whole(maximum=100) for number in STEPS},
        **{f"step_{number}_days": Whole(minimum=1, maximum=366) for number in STEPS},
    },
    name="TierSchema",
)


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


def version_of(given: dict[str, Any]) -> dict[str, Any]:
    """A version's input as the action takes it. Raises RuleBroken on a third step without a second."""
    parts = {f"{kind}_{part}" for kind in KINDS for part in SCALE}
    scales = {kind: _scale(kind, given) for kind in KINDS if any(f"{kind}_{part}" in given for part in SCALE)}
    return priced({key: value for key, value in given.items() if key not in parts}, "day_cents") | {"scales": scales}


def tier_of(given: dict[str, Any]) -> dict[str, Any]:
    """A tier's input as the action takes it. Raises RuleBroken on half a step, or one after a gap."""
    asked, steps = priced(given, "price_cents"), list[Step]()
    for number in STEPS:
        numerator, days = asked.pop(f"step_{number}_numerator", None), asked.pop(f"step_{number}_days", None)
        if (numerator is None) != (days is None):
            missing = "numerator" if numerator is None else "days"
            raise RuleBroken("Une marche dit sa part et combien de jours elle dure.", field=f"step_{number}_{missing}")
        if numerator is not None and len(steps) < number - 1:
            raise RuleBroken("Remplissez d’abord la marche précédente.", field=f"step_{number - 1}_numerator")
        if numerator is not None:
            steps.append(Step(days=days, numerator=numerator))
    return asked | {"steps": steps}


def typed_scale(kind: str, scale: Scale) -> dict[str, int]:
    """A scale's cents by the fields it came from."""
    steps = dict(zip(SCALE, scale.step_cents, strict=False))
    given = steps | {"week": scale.week_cents, "least": scale.least_cents or None}
    return {f"{kind}_{part}": cents for part, cents in given.items() if cents is not None}


def _scale(kind: str, given: dict[str, Any]) -> Scale:
    second, third, week, least = (given.get(f"{kind}_{part}") for part in SCALE)
    if second is None and third is not None:
        raise RuleBroken("Donnez d’abord le prix du deuxième palier.", field=f"{kind}_second")
    return Scale(step_cents=tuple(step for step in (second, third) if step is not None), week_cents=week, least_cents=least or 0)
