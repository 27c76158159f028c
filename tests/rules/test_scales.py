"""Prices beyond one price a day: steps, weeks, least amounts, the hours that count; and what holds of any of them (domain.md §9, §10.1)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.owing import days_ahead
from billing.price_sentence import say_price
from billing.reckoning import Stay, reckon
from billing.scales import Scale
from billing.tariffs import REFERENCE_KINDS, REFERENCE_TARIFF, Tariff, freeze_tariff, thaw_tariff
from billing.terms import Terms, freeze, thaw
from billing.tiers import FULL, QPV, RSA, Tier, TierSpan, price_days
from billing.transitions import Step, step_spans
from mobility.errors import RuleBroken
from mobility.money import round_half_up
from mobility.periods import PARIS, days_between

MONDAY = date(2026, 3, 2)
SOLIDARITY = Tier(code="solidarity", reason="solidarité", day_cents={"car": 300})
ALWAYS_HALF = TierSpan(tier=QPV, from_on=MONDAY)


def days(count: int) -> list[date]:
    return list(days_between(MONDAY, MONDAY + timedelta(days=count - 1)))


def car(day_cents: int = 500, **scale: object) -> Tariff:
    return Tariff(label="Tarif voté", from_on=MONDAY, day_cents={"car": day_cents}, scales={"car": Scale(**scale)})


STEPS, WEEK, LEAST = car(300, step_cents=(350, 400)), car(week_cents=2500), car(least_cents=1500)
PRICES = [
    (STEPS, 70, [], 30 * 300 + 30 * 350 + 10 * 400, "Voiture à 3 € puis 3,50 € puis 4 €, 70 jours : 235 €", "domain.md §9: 3, 3.50, 4 €"),
    (STEPS, 30, [], 9000, "Voiture à 3 €, 30 jours : 90 €", "the thirtieth day is of the first step, and only what is met is said"),
    (STEPS, 31, [ALWAYS_HALF], 30 * 150 + 175, "Voiture à 3 € puis 3,50 €, demi-tarif quartier prioritaire, 31 jours : 46,75 €", "halved"),
    (WEEK, 4, [], 2000, "Voiture à 5 €, 4 jours : 20 €", "fewer days than the week's price"),
    (WEEK, 9, [], 3500, "Voiture à 5 €, 25 € la semaine, 9 jours : 35 €", "seven days at the week's price, then by the day again"),
    (
        WEEK,
        7,
        [TierSpan(tier=RSA, from_on=MONDAY, to_on=MONDAY)],
        2000,
        "Voiture à 5 €, 25 € la semaine : 1 jour gratuit (RSA), 4 jours au plein tarif et 2 jours déjà compris, 7 jours : 20 €",
        "a free day is one of the week's",
    ),
    (LEAST, 1, [], 1500, "Voiture à 5 €, 15 € au moins, 1 jour : 15 €", "the first day carries the least amount"),
    (LEAST, 5, [], 2500, "Voiture à 5 €, 15 € au moins, 5 jours : 25 €", "and later days add nothing until they come to it"),
    (LEAST, 1, [ALWAYS_HALF], 750, "Voiture à 5 €, 15 € au moins, demi-tarif quartier prioritaire, 1 jour : 7,50 €", "half of the least"),
    (
        replace(STEPS, days_gone=25),
        10,
        [],
        3250,
        "Voiture à 3 € puis 3,50 €, 10 jours : 32,50 €",
        "one taken over goes on at its step",
    ),
    (replace(LEAST, days_gone=25), 1, [], 500, "Voiture à 5 €, 1 jour : 5 €", "and its least amount is behind it"),
    (
        STEPS,
        31,
        [TierSpan(tier=replace(SOLIDARITY, day_cents={}, numerator=2, denominator=3), from_on=MONDAY)],
        30 * 200 + 233,
        "Voiture à 3 € puis 3,50 €, tarif solidarité, 31 jours : 62,33 €",
        "no price of one day is said when days differ",
    ),
]


@pytest.mark.parametrize(("tariff", "count", "spans", "cents", "said", "why"), PRICES, ids=[case[5] for case in PRICES])
def test_a_scale_day_by_day(tariff: Tariff, count: int, spans: list[TierSpan], cents: int, said: str, why: str) -> None:
    price = price_days("car", tariff, days(count), spans)
    assert (price.total_cents, say_price(price)) == (cents, said), why


def test_a_day_of_a_scale_is_explained_by_its_place_in_the_stay() -> None:
    told = price_days("car", WEEK, days(6)).days[5].explanation.inputs
    assert {name: told[name] for name in ("full_cents", "number", "rate_cents", "limit")} == {
        "full_cents": 0,
        "number": 6,
        "rate_cents": 500,
        "limit": "week",
    }


HOURS = [
    ("09:00", "2026-03-04 13:00", 3, "handed over in the morning, back after noon: all three days"),
    ("17:00", "2026-03-04 13:00", 2, "handed over at the hour: its day is free"),
    ("17:00", "2026-03-04 09:00", 1, "and the return's too"),
    ("17:00", "2026-03-03 09:00", 1, "one night is one day, the handover's"),
    ("17:00", "2026-03-02 18:00", 1, "the same evening is one day"),
]


@pytest.mark.parametrize(("out", "back", "count", "why"), HOURS, ids=[case[3] for case in HOURS])
def test_the_hours_that_count(out: str, back: str, count: int, why: str) -> None:
    tariff = replace(REFERENCE_TARIFF, handover_hour=time(17), return_hour=time(10), days_gone=3)
    terms = thaw(freeze(Terms(tariff=tariff, return_hour=time(10))))
    handed_over_at = datetime.fromisoformat(f"2026-03-02 {out}").replace(tzinfo=PARIS)
    returned_at = datetime.fromisoformat(back).replace(tzinfo=PARIS)
    assert len(terms.days_of(handed_over_at, returned_at)) == count, why
    stay = Stay(kind="car", terms=terms, handed_over_at=handed_over_at, returned_at=returned_at)
    assert sum(due.cents for due in reckon(stay, [], today=MONDAY, posted=()).due) == 500 * count
    assert stay.days_until(MONDAY + timedelta(days=6))[0] == MONDAY + timedelta(days=int(out == "17:00"))


REFUSALS = [
    (lambda: car(week_cents=-1), "car", "a week does not pay the person"),
    (lambda: Tariff(label="x", from_on=MONDAY, day_cents={"car": 5}, scales={"bike": Scale()}), "bike", "no price a day"),
    (lambda: replace(STEPS, step_days=0), "step_days", "a step of no day"),
    (lambda: replace(STEPS, handover_hour=time(0)), "handover_hour", "no handover would ever count"),
]


@pytest.mark.parametrize(("act", "field", "why"), REFUSALS, ids=[case[2] for case in REFUSALS])
def test_refusals_name_their_field(act, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert refusal.value.field == field, why


amounts = st.integers(0, 2000)
scales = st.builds(Scale, step_cents=st.lists(amounts, max_size=2).map(tuple), week_cents=st.none() | amounts, least_cents=amounts)
tariffs = st.builds(
    lambda cents, scale, step_days: Tariff(label="x", from_on=MONDAY, day_cents={"car": cents}, scales={"car": scale}, step_days=step_days),
    amounts,
    scales,
    st.integers(1, 40),
)
tiers = st.builds(
    lambda code, share: Tier(code=code, reason=code, numerator=share, denominator=7), st.sampled_from("abc"), st.integers(0, 7)
)
spans = st.builds(
    lambda tier, first, length: TierSpan(
        tier=tier, from_on=MONDAY + timedelta(days=first), to_on=None if length is None else MONDAY + timedelta(days=first + length)
    ),
    st.one_of(tiers, st.sampled_from([QPV, RSA, SOLIDARITY])),
    st.integers(-5, 60),
    st.none() | st.integers(0, 40),
)


@given(tariffs, st.lists(spans, max_size=4), st.integers(1, 80), st.sets(st.integers(0, 79), max_size=9), st.data())
def test_what_holds_of_any_grid_any_tiers_and_any_period(
    tariff: Tariff, proofs: list[TierSpan], count: int, idle: set[int], data: st.DataObject
) -> None:
    held, lost = days(count), {MONDAY + timedelta(days=number) for number in idle}
    price = price_days("car", tariff, held, proofs, lost)
    by_day = price.cents_by_day
    assert price.total_cents == sum(by_day.values()) and min(by_day.values(), default=0) >= 0  # the sum of its days, none below zero
    assert len(by_day) + price.idle_days == count
    assert say_price(price)
    fulls = {day.day: day.full.cents for day in price.days}
    for day in price.days:  # the cheapest of the tiers that hold, each rounded half up
        holding = [FULL, *(span.tier for span in proofs if span.holds_on(day.day))]
        assert day.cents == min(tier.price_cents("car", day.full.cents) for tier in holding)
    free = price_days("car", tariff, held, [*proofs, TierSpan(tier=RSA, from_on=MONDAY), ALWAYS_HALF], lost)
    assert free.total_cents == 0  # free beats half
    half = price_days("car", tariff, held, [ALWAYS_HALF], lost)
    assert half.cents_by_day == {day: round_half_up(cents, 2) for day, cents in fulls.items()}
    cut = MONDAY + timedelta(days=data.draw(st.integers(0, count)))
    later = price_days("car", tariff, held, [*proofs, replace(data.draw(spans), from_on=cut, to_on=None)], lost).cents_by_day
    assert all(later[day] == by_day[day] for day in by_day if day < cut)  # a later tier changes no earlier day
    shorter = price_days("car", tariff, [day for day in held if day < cut], proofs, lost).cents_by_day
    assert shorter == {day: cents for day, cents in by_day.items() if day < cut}  # nor does a longer stay
    ahead = price_days("car", tariff, held, proofs, lost, before={day for day in held if day < cut})
    assert ahead.cents_by_day == {day: cents for day, cents in by_day.items() if day >= cut}  # nor what was charged before
    if not tariff.scales["car"].least_cents and tariff.scales["car"].week_cents is not None:
        blocks = [sum(fulls.get(day, 0) for day in held[start : start + 7]) for start in range(0, count, 7)]
        assert max(blocks) <= tariff.scales["car"].week_cents
    assert thaw_tariff(freeze_tariff(tariff)) == tariff


@given(st.sampled_from(REFERENCE_KINDS), st.lists(spans, max_size=4), st.integers(1, 40))
def test_a_grid_of_day_prices_alone_costs_what_it_always_did(kind: str, proofs: list[TierSpan], count: int) -> None:
    """As it was before scales, written out: each day the cheapest of its tiers on the same full price."""
    full_cents = REFERENCE_TARIFF.full_cents(kind)
    expected = {
        day: min([full_cents, *(span.tier.price_cents(kind, full_cents) for span in proofs if span.holds_on(day))]) for day in days(count)
    }
    assert price_days(kind, REFERENCE_TARIFF, days(count), proofs).cents_by_day == expected
    assert freeze_tariff(REFERENCE_TARIFF).keys() == {"label", "from_on", "day_cents"}


def test_days_ahead_go_on_in_the_scale_where_the_charges_stopped() -> None:
    stay = Stay(
        kind="car",
        terms=Terms(tariff=STEPS, return_hour=time(12)),
        handed_over_at=datetime(2026, 3, 2, 9, tzinfo=PARIS),
    )
    found = days_ahead(stay, [], charged=set(days(30)), last_on=days(32)[-1])
    assert (found.cents, found.sentence) == (700, "Jusqu’au 2 avril 2026 : voiture à 3,50 €, 2 jours : 7 €")


STAIRS = [Step(days=30, numerator=0), Step(days=30, numerator=1), Step(days=30, numerator=2)]


def transition(**more: object) -> list[TierSpan]:
    return list(step_spans("emploi", "transition emploi", STAIRS, 3, from_on=MONDAY, **more))


STAIRCASES = [
    (30, transition(), 0, "Voiture à 5 €, gratuité transition emploi, 30 jours : 0 €", "the first step is free"),
    (
        91,
        transition(),
        30 * 167 + 30 * 333 + 500,
        "Voiture à 5 € : 30 jours gratuits (transition emploi), 30 jours à 1,67 € (transition emploi), "
        "30 jours à 3,33 € (transition emploi) et 1 jour au plein tarif, 91 jours : 155 €",
        "domain.md §9: free, a third, two thirds, full",
    ),
    (31, transition(to_on=MONDAY + timedelta(days=9)), 21 * 500, None, "the recorded end of the right ends the steps"),
    (31, transition(since=MONDAY + timedelta(days=9)), 9 * 500 + 167, None, "no step before the tier itself existed"),
    (31, [*transition(), ALWAYS_HALF], 167, None, "free beats half, and a third too"),
]


@pytest.mark.parametrize(("count", "steps", "cents", "said", "why"), STAIRCASES, ids=[case[4] for case in STAIRCASES])
def test_a_transition_in_steps(count: int, steps: list[TierSpan], cents: int, said: str | None, why: str) -> None:
    price = price_days("car", REFERENCE_TARIFF, days(count), steps)
    assert price.total_cents == cents, why
    assert said in (None, say_price(price))
