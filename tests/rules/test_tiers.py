"""The price of each day, its tier and its sentence (domain.md §10.1, §10.2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.price_sentence import say_price
from billing.tariffs import REFERENCE_KINDS, REFERENCE_TARIFF, Tariff
from billing.tiers import FULL, QPV, RSA, Price, Tier, TierSpan, price_days
from mobility.errors import RuleBroken
from mobility.periods import days_between

MONDAY = date(2026, 3, 2)
CEJ = Tier(code="cej", reason="CEJ", denominator=3)
SOLIDARITY = Tier(code="solidarity", reason="solidarité", day_cents={"car": 300})


def week(days: int = 7) -> list[date]:
    return list(days_between(MONDAY, MONDAY + timedelta(days=days - 1)))


def held(tier: Tier, first: int = 0, last: int | None = None) -> TierSpan:
    """A tier from the n-th day of the week on, to the m-th included."""
    return TierSpan(tier=tier, from_on=MONDAY + timedelta(days=first), to_on=None if last is None else MONDAY + timedelta(days=last))


def price(kind: str, days: list[date], *spans: TierSpan, out_of_service: tuple[date, ...] = (), tariff: Tariff = REFERENCE_TARIFF) -> Price:
    return price_days(kind, tariff, days, spans, out_of_service)


TOTALS = [
    ("car", 7, [held(QPV)], 1750, "domain.md §10.1: 7 × 2.50"),
    ("car", 7, [held(RSA, 0, 2)], 2000, "domain.md §10.1: free until Wednesday, then 4 × 5"),
    ("car", 7, [held(QPV), held(RSA)], 0, "free wins when both hold (§2.4)"),
    ("car", 7, [held(RSA), held(QPV)], 0, "whatever the order they were recorded in"),
    ("car", 7, [], 3500, "no proof, full price"),
    ("scooter", 3, [held(QPV)], 300, "half of 2 €"),
    ("bike", 3, [held(QPV)], 150, "half of 1 €"),
    ("car", 3, [held(CEJ)], 501, "1.666… rounds half up to 1.67 each day, and the total is their sum"),
    ("car", 7, [held(SOLIDARITY)], 2100, "a price of its own, in cents"),
    ("bike", 7, [held(SOLIDARITY)], 700, "no price of its own for a bike: its share, here full"),
    ("car", 7, [held(SOLIDARITY), held(QPV, 5)], 2000, "the cheaper of two on each day: 5 × 3 + 2 × 2.50"),
    ("car", 7, [held(Tier(code="dear", reason="cher", day_cents={"car": 900}))], 3500, "a tier never costs more than the full price"),
    ("car", 7, [held(RSA, -30, -1)], 3500, "a right that ended the day before"),
    ("car", 7, [held(RSA, -30, 0)], 3000, "the last day of a right is included"),
    ("car", 7, [held(RSA, 6)], 3000, "the first day of a right is included"),
]


@pytest.mark.parametrize(("kind", "days", "spans", "cents", "why"), TOTALS, ids=[case[4] for case in TOTALS])
def test_totals(kind: str, days: int, spans: list[TierSpan], cents: int, why: str) -> None:
    assert price(kind, week(days), *spans).total_cents == cents, why


def test_half_a_cent_rounds_up_on_each_day() -> None:
    odd = Tariff(label="Tarif impair", from_on=MONDAY, day_cents={"bike": 75})
    assert [day.cents for day in price("bike", week(2), held(QPV), tariff=odd).days] == [38, 38]


def test_on_equal_prices_the_full_tier_is_named() -> None:
    same = Tier(code="a-same", reason="sans effet")
    assert [day.tier for day in price("car", week(1), held(same)).days] == [FULL]


def test_a_day_is_explained_in_plain_values() -> None:
    told = price("car", week(1), held(QPV)).days[0].explanation
    assert (told.rule, told.tariff, told.tariff_from_on, told.tier) == ("domain.md §10.1", "Tarif de référence", "2007-01-01", "qpv")
    assert told.inputs == {"kind": "car", "full_cents": 500, "share": "1/2", "own_price": 0, "holding": "full qpv"}


SENTENCES = [
    (price("car", week(5)), "Voiture à 5 €, 5 jours : 25 €", "full price needs no word"),
    (price("car", week(1)), "Voiture à 5 €, 1 jour : 5 €", "one day is singular"),
    (price("car", week(), held(QPV)), "Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €", "one tier, with its reason"),
    (price("ebike", week(1), held(RSA)), "Vélo électrique à 1 €, gratuité RSA, 1 jour : 0 €", "free, whatever the noun's gender"),
    (
        price("car", week(), held(RSA, 0, 2)),
        "Voiture à 5 € : 3 jours gratuits (RSA) et 4 jours au plein tarif, 7 jours : 20 €",
        "two tiers",
    ),
    (
        price("car", week(), held(RSA, 0, 0), held(QPV, 0, 5)),
        "Voiture à 5 € : 1 jour gratuit (RSA), 5 jours à demi-tarif (quartier prioritaire) et 1 jour au plein tarif, 7 jours : 17,50 €",
        "three tiers, singular and plural",
    ),
    (price("car", week(), held(CEJ)), "Voiture à 5 €, tarif CEJ à 1,67 €, 7 jours : 11,69 €", "another share shows what a day costs"),
    (
        price("car", week(), held(SOLIDARITY, 0, 1)),
        "Voiture à 5 € : 2 jours à 3 € (solidarité) et 5 jours au plein tarif, 7 jours : 31 €",
        "a price of its own",
    ),
    (
        price("car", week(), held(Tier(code="own", reason="saison", denominator=2, day_cents={"car": 300}))),
        "Voiture à 5 €, tarif saison à 3 €, 7 jours : 21 €",
        "a price of its own is not called half, whatever the share beside it",
    ),
    (
        price("car", week(), held(RSA, 0, 0), held(RSA, 3, 3)),
        "Voiture à 5 € : 2 jours gratuits (RSA) et 5 jours au plein tarif, 7 jours : 25 €",
        "days of one tier are told together",
    ),
    (
        price("car", week(), out_of_service=(week()[1], week()[2])),
        "Voiture à 5 €, 5 jours : 25 € (2 jours hors service non comptés)",
        "days out of service are not charged, and said",
    ),
    (price("car", week(2), out_of_service=(MONDAY,)), "Voiture à 5 €, 1 jour : 5 € (1 jour hors service non compté)", "one of them"),
    (
        price("car", week(1), out_of_service=(MONDAY,)),
        "Voiture à 5 €, aucun jour à payer : 0 € (1 jour hors service non compté)",
        "nothing left to pay",
    ),
]


@pytest.mark.parametrize(("priced", "sentence", "why"), SENTENCES, ids=[case[2] for case in SENTENCES])
def test_the_price_in_one_sentence(priced: Price, sentence: str, why: str) -> None:
    assert say_price(priced) == sentence, why


def test_a_day_outside_the_rental_is_not_counted_as_out_of_service() -> None:
    assert price("car", week(1), out_of_service=(MONDAY - timedelta(days=1),)).idle_days == 0


REFUSALS = [
    (lambda: Tier(code="x", reason="x", numerator=3, denominator=2), "share", "more than everything"),
    (lambda: Tier(code="x", reason="x", numerator=-1), "share", "less than nothing"),
    (lambda: Tier(code="x", reason="x", denominator=0), "share", "a share of nothing"),
    (lambda: Tier(code="x", reason="x", day_cents={"car": -1}), "day_cents", "a negative price"),
    (lambda: Tier(code="x", reason="x", day_cents={"boat": 1}), "day_cents", "a kind that is none"),
    (lambda: TierSpan(tier=RSA, from_on=MONDAY, to_on=MONDAY - timedelta(days=1)), "to_on", "ends before it begins"),
    (lambda: price("boat", week()), "kind", "a kind that is none"),
    (lambda: price_days("boat", REFERENCE_TARIFF, []), "kind", "even when no day is asked for"),
]


@pytest.mark.parametrize(("act", "field", "why"), REFUSALS, ids=[case[2] for case in REFUSALS])
def test_refusals_name_their_field(act, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert refusal.value.field == field, why


tiers = st.builds(
    lambda code, share: Tier(code=code, reason=code, numerator=share, denominator=12), st.sampled_from("abc"), st.integers(0, 12)
)
spans = st.builds(
    lambda tier, start, length: held(tier, start, None if length is None else start + length),
    tiers,
    st.integers(-5, 40),
    st.none() | st.integers(0, 20),
)


@given(st.sampled_from(REFERENCE_KINDS), st.lists(spans, max_size=5), st.integers(1, 40))
def test_one_more_proof_never_raises_a_day(kind: str, proofs: list[TierSpan], days: int) -> None:
    fewer, more = price(kind, week(days), *proofs[1:]), price(kind, week(days), *proofs)
    assert all(
        after.cents <= before.cents <= REFERENCE_TARIFF.full_cents(kind) for before, after in zip(fewer.days, more.days, strict=True)
    )
    assert price(kind, week(days), *reversed(proofs)) == more
