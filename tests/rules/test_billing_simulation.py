"""The public simulators of rentals and schedules (domain.md §10)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.price_sentence import say_price
from billing.schedule import Loan
from billing.simulation import TierAsked, simulate_rental, simulate_schedule
from mobility.errors import RuleBroken

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
LOAN = Loan(principal_cents=500_000, yearly_rate=Decimal("0.05"), months=24)


def test_a_week_with_rsa_until_wednesday() -> None:
    price = simulate_rental("car", MONDAY, SUNDAY, [TierAsked(tier="rsa", from_on=MONDAY, to_on=date(2026, 3, 4))])
    assert [(day.day.day, day.tier.code, day.cents) for day in price.days] == [
        (2, "rsa", 0),
        (3, "rsa", 0),
        (4, "rsa", 0),
        (5, "full", 500),
        (6, "full", 500),
        (7, "full", 500),
        (8, "full", 500),
    ]
    assert price.total_cents == 2000
    assert say_price(price) == "Voiture à 5 € : 3 jours gratuits (RSA) et 4 jours au plein tarif, 7 jours : 20 €"


def test_an_open_tier_and_full_asked_by_name() -> None:
    price = simulate_rental("car", MONDAY, SUNDAY, [TierAsked(tier="qpv", from_on=MONDAY), TierAsked(tier="full", from_on=MONDAY)])
    assert price.total_cents == 1750


SPANS = [
    (MONDAY, MONDAY, 1, "one day"),
    (MONDAY, MONDAY + timedelta(days=365), 366, "the longest"),
    (date.max - timedelta(days=1), date.max, 2, "the end of the calendar"),
    (date.min, date.min, 1, "its beginning"),
]


@pytest.mark.parametrize(("first", "last", "count", "why"), SPANS, ids=[case[3] for case in SPANS])
def test_both_days_are_included(first: date, last: date, count: int, why: str) -> None:
    assert len(simulate_rental("bike", first, last).days) == count, why


RENTAL_REFUSALS = [
    (("truck", MONDAY, SUNDAY), "kind", "no such kind"),
    (("car", SUNDAY, MONDAY), "last_day", "end before start"),
    (("car", MONDAY, MONDAY + timedelta(days=366)), "last_day", "367 days"),
    (("car", MONDAY, SUNDAY, [TierAsked(tier="gold", from_on=MONDAY)]), "tiers", "an unknown tier"),
    (("car", MONDAY, SUNDAY, [TierAsked(tier="rsa", from_on=SUNDAY, to_on=MONDAY)]), "tiers", "a tier that ends before it begins"),
]


@pytest.mark.parametrize(("asked", "field", "why"), RENTAL_REFUSALS, ids=[case[2] for case in RENTAL_REFUSALS])
def test_rental_refusals_name_their_field(asked: tuple, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        simulate_rental(*asked)
    assert refusal.value.field == field, why
    assert refusal.value.sentence.endswith(".")


def test_the_schedule_of_2008() -> None:
    found = simulate_schedule(0, 4600, target_cents=22_000)
    assert [(month.month, month.rent_cents) for month in found.months] == [(1, 0), (2, 4600), (3, 10_400), (4, 16_200), (5, 22_000)]
    assert [month.covers for month in found.months] == [("rental", "fuel", "insurance")] + [("insurance",)] * 4
    assert found.instalment_cents is None
    assert found.sentence == "Gratuit le premier mois, puis 46 €, 104 €, 162 € et 220 € les mois suivants."


def test_a_schedule_towards_a_loan() -> None:
    found = simulate_schedule(1000, 4600, loan=LOAN)
    assert found.instalment_cents == found.months[-1].rent_cents == 21_936
    assert found.sentence == (
        "10 € le premier mois, puis 46 €, 103,79 €, 161,57 € et 219,36 € : "
        "au dernier mois, autant que la mensualité d’un prêt de 5 000 € sur 24 mois à 5 %."
    )


@pytest.mark.parametrize(
    ("rate", "words"), [("0.015", "à 1,5 %."), ("0", "à 0 %."), ("1", "à 100 %."), ("0.10", "à 10 %."), ("0E+50", "à 0 %.")]
)
def test_rates_are_said_in_percent(rate: str, words: str) -> None:
    loan = Loan(principal_cents=500_000, yearly_rate=Decimal(rate), months=24)
    assert simulate_schedule(0, 0, loan=loan).sentence.endswith(words)


def loan(principal: int = 1, rate: str = "0", months: int = 1) -> Loan:
    return Loan(principal_cents=principal, yearly_rate=Decimal(rate), months=months)


SCHEDULE_REFUSALS = [
    ({}, "target_cents", "neither target nor loan"),
    ({"target_cents": 1, "loan": LOAN}, "target_cents", "both"),
    ({"target_cents": -1}, "target_cents", "a negative target"),
    ({"target_cents": 1, "first_rent_cents": -1}, "first_rent_cents", "a negative first rent"),
    ({"target_cents": 1, "second_rent_cents": 10**12}, "second_rent_cents", "a rent past all reason"),
    ({"loan": loan(principal=800_001)}, "principal_cents", "above the microcredit's limit"),
    ({"loan": loan(months=85)}, "months", "longer than a microcredit"),
    ({"loan": loan(rate="5")}, "yearly_rate", "5 for 5 %"),
    ({"loan": loan(principal=0)}, "principal_cents", "a loan of nothing"),
]


@pytest.mark.parametrize(("asked", "field", "why"), SCHEDULE_REFUSALS, ids=[case[2] for case in SCHEDULE_REFUSALS])
def test_schedule_refusals_name_their_field(asked: dict, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        simulate_schedule(**{"first_rent_cents": 0, "second_rent_cents": 0, **asked})
    assert refusal.value.field == field, why
