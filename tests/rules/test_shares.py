"""What others pay of a day: shares within their ceilings, that with the person's part make the price (domain.md §9)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.notices import find_rise, say_rise
from billing.price_sentence import say_price
from billing.reckoning import say_credit
from billing.scales import Scale
from billing.shares import Agreement, check_payer, freeze_agreement, moved_shares, say_agreement, thaw_agreement
from billing.tariffs import REFERENCE_TARIFF, Tariff
from billing.tiers import QPV, RSA, Price, Tier, TierSpan, explain, price_days, share_price
from mobility.errors import RuleBroken
from mobility.periods import days_between

MONDAY = date(2026, 3, 2)
COUNTY = Agreement(id=1, payer_id=7, payer="Département", from_on=MONDAY, percent=60, reference="D-12")
FUND = Agreement(id=2, payer_id=8, payer="Fonds", from_on=MONDAY, day_cents=150)


def week(*agreements: Agreement, days: int = 7, spans: tuple[TierSpan, ...] = ()) -> Price:
    held = days_between(MONDAY, MONDAY + timedelta(days=days - 1))
    return share_price(price_days("car", REFERENCE_TARIFF, held, spans), agreements)


HALF = (TierSpan(tier=QPV, from_on=MONDAY),)
SAID = [
    ((COUNTY,), (), "7 jours : 35 €, dont 21 € pris en charge (Département) ; reste 14 €", "a percentage of each day"),
    ((FUND,), (), "35 €, dont 10,50 € pris en charge (Fonds) ; reste 24,50 €", "cents a day"),
    ((COUNTY, FUND), (), "dont 21 € pris en charge (Département) et 10,50 € (Fonds) ; reste 3,50 €", "two, the first recorded first"),
    ((FUND, COUNTY), HALF, "17,50 €, dont 10,50 € pris en charge (Fonds) et 7 € (Département) ; reste 0 €", "never more than is left"),
    ((COUNTY,), (TierSpan(tier=RSA, from_on=MONDAY),), "gratuité RSA, 7 jours : 0 €", "nothing to share of a free day"),
    ((replace(COUNTY, most_day_cents=200),), (), "dont 14 € pris en charge", "at most 2 € a day"),
    ((replace(COUNTY, most_month_cents=1_000),), (), "dont 10 € pris en charge", "at most 10 € a month, the fourth day in part"),
    ((replace(COUNTY, most_days=2),), (), "dont 6 € pris en charge", "two days at most"),
    ((replace(COUNTY, most_cents=750),), (), "dont 7,50 € pris en charge (Département, plafond atteint) ; reste 27,50 €", "at most in all"),
    ((replace(COUNTY, most_cents=750), FUND), (), "7,50 € pris en charge (Département, plafond atteint) et 10,50 € (Fonds)", "one of two"),
    ((replace(COUNTY, most_day_cents=200),), (), "(Département) ; reste 21 €", "a day's ceiling is none that is used up"),
    ((replace(COUNTY, to_on=MONDAY),), (), "dont 3 € pris en charge", "its last day included"),
]


@pytest.mark.parametrize(("agreements", "spans", "said", "why"), SAID, ids=[case[3] for case in SAID])
def test_the_sentence_says_both_parts(agreements: tuple[Agreement, ...], spans: tuple[TierSpan, ...], said: str, why: str) -> None:
    assert said in say_price(week(*agreements, spans=spans)), why


def test_each_day_explains_its_shares() -> None:
    day = explain(week(COUNTY).days[0])
    assert (day["price_cents"], day["cents"]) == (500, 200) and day["why"]["inputs"]["full_cents"] == 500
    assert day["shares"] == [{"agreement": 1, "payer": "Département", "reference": "D-12", "cents": 300}]


def test_the_weeks_after_a_ceiling_still_tell_both_shares() -> None:
    fortnight = week(replace(COUNTY, most_cents=2_100), days=14)
    first, second = (replace(fortnight, days=fortnight.days[start : start + 7]) for start in (0, 7))
    assert say_price(first).endswith("7 jours : 35 €, dont 21 € pris en charge (Département) ; reste 14 €")
    assert say_price(second).endswith("7 jours : 35 €, dont 0 € pris en charge (Département, plafond atteint) ; reste 35 €")


def test_a_ceiling_met_is_told_as_a_rise_that_names_the_payer() -> None:
    rise = find_rise(week(replace(COUNTY, most_days=3)), after=MONDAY)
    assert rise is not None and rise.on == MONDAY + timedelta(days=3)
    assert say_rise(rise).endswith("5 € par jour au lieu de 2 € : la prise en charge (Département) change après le 4 mars 2026.")


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"day_cents": 100}, "percent"),
    ({"percent": None}, "percent"),
    ({"percent": 101}, "percent"),
    ({"percent": 0}, "percent"),
    ({"most_month_cents": 0}, "most_month_cents"),
    ({"most_days": -1}, "most_days"),
    ({"most_cents": 0}, "most_cents"),
]


@pytest.mark.parametrize(("wrong", "field"), REFUSED, ids=str)
def test_an_impossible_agreement_is_refused_beside_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        replace(COUNTY, **wrong)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "siret", "fine"),
    [
        ("county", "12345678200002", True),
        ("county", None, False),  # public, and no invoice goes without one
        ("temp_work_fund", None, True),
        ("other", "12345678200003", False),  # a digit mistyped
    ],
)
def test_a_siret_is_asked_of_who_is_public_and_checked_by_its_last_digit(kind: str, siret: str | None, fine: bool) -> None:
    if fine:
        return check_payer(kind, siret)
    with pytest.raises(RuleBroken) as refused:
        check_payer(kind, siret)
    assert refused.value.field == "siret"


def test_what_it_says_of_itself() -> None:
    whole = replace(COUNTY, most_day_cents=300, most_month_cents=6_000, most_days=90, most_cents=20_000, to_on=date(2026, 6, 30))
    most = "au plus 3 € par jour, 60 € par mois, 90 jours, 200 € en tout"
    said = f"Département : 60 % du prix, {most}, depuis le 2 mars 2026 jusqu’au 30 juin 2026"
    assert say_agreement(whole) == said and thaw_agreement(freeze_agreement(whole)) == whole
    assert say_agreement(FUND) == "Fonds : 1,50 € par jour, depuis le 2 mars 2026"
    back = say_credit("Droit RSA", {MONDAY: 200}, monthly=False, payers={"Département": -300, "Fonds": 100})
    assert back == "Droit RSA : 1 jour déjà compté, 2 € en moins ; Département : 3 € en moins ; Fonds : 1 € en plus"


few = st.integers(1, 900)
ceilings = {
    "most_day_cents": st.none() | few,
    "most_month_cents": st.none() | st.integers(1, 9_000),
    "most_days": st.none() | st.integers(1, 40),
    "most_cents": st.none() | st.integers(1, 15_000),
}
spreads = st.tuples(st.integers(-5, 35), st.none() | st.integers(0, 35)).map(
    lambda span: {
        "from_on": MONDAY + timedelta(days=span[0]),
        "to_on": None if span[1] is None else MONDAY + timedelta(days=span[0] + span[1]),
    }
)
parts = st.one_of(st.fixed_dictionaries({"percent": st.integers(1, 100)}), st.fixed_dictionaries({"day_cents": few}))
agreed = st.lists(st.tuples(parts, spreads, st.fixed_dictionaries(ceilings)), max_size=3).map(
    lambda given: [Agreement(id=n, payer_id=n, payer=f"P{n}", **part, **span, **most) for n, (part, span, most) in enumerate(given)]
)
grids = st.builds(
    lambda cents, steps, week, least: Tariff(
        label="x",
        from_on=MONDAY,
        day_cents={"car": cents},
        scales={"car": Scale(step_cents=tuple(sorted(steps)), week_cents=week, least_cents=least)},
    ),
    few,
    st.lists(st.integers(900, 1_200), max_size=2),
    st.none() | st.integers(900, 3_000),
    st.integers(0, 2_000),
)
tiers = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50)), max_size=2).map(
    lambda given: [
        TierSpan(tier=Tier(code=f"t{n}", reason="x", numerator=share, denominator=3), from_on=MONDAY + timedelta(days=first))
        for n, (share, first) in enumerate(given)
    ]
)
STAY = list(days_between(MONDAY, MONDAY + timedelta(days=39)))


@given(grid=grids, spans=tiers, agreements=agreed, idle=st.frozensets(st.sampled_from(STAY), max_size=9))
def test_shares_and_the_persons_part_make_the_price_within_every_ceiling(
    grid: Tariff, spans: list[TierSpan], agreements: list[Agreement], idle: frozenset[date]
) -> None:
    price = share_price(price_days("car", grid, STAY, spans, idle), agreements)
    assert price.own_cents + sum(sum(day.values()) for day in price.shares_by_day.values()) == price.total_cents
    for day in price.days:
        assert 0 <= day.own_cents <= day.cents and all(share.cents > 0 and share.agreement.holds_on(day.day) for share in day.shares)
    for one in agreements:
        paid = {day: shares[one.id] for day, shares in price.shares_by_day.items() if one.id in shares}
        assert len(paid) <= (one.most_days or len(STAY)) and sum(paid.values()) <= (one.most_cents or 9**9)
        assert max(paid.values(), default=0) <= min(one.most_day_cents or 9**9, one.day_cents or 9**9)
        for month in {(day.year, day.month) for day in paid}:
            of_month = sum(cents for day, cents in paid.items() if (day.year, day.month) == month)
            assert of_month <= (one.most_month_cents or 9**9)


@given(grid=grids, spans=tiers, agreements=agreed, idle=st.frozensets(st.sampled_from(STAY), max_size=9), later=agreed)
def test_what_comes_later_never_makes_a_charged_day_dearer_for_anybody(
    grid: Tariff, spans: list[TierSpan], agreements: list[Agreement], idle: frozenset[date], later: list[Agreement]
) -> None:
    """Charged without the idle days and the later agreements, then with them: what moved keeps every day's total from rising."""
    charged = share_price(price_days("car", grid, STAY, spans), agreements)
    more = [replace(one, id=one.id + 10) for one in later]
    now = share_price(price_days("car", grid, STAY, spans, idle), [*agreements, *more])
    mine, theirs = now.cents_by_day, now.shares_by_day
    before = {day: cents - mine.get(day, 0) for day, cents in charged.cents_by_day.items()}
    assert all(cents >= 0 for cents in before.values()), "a day found idle, or one more payer, made the person pay more"
    lowered = {day: cents for day, cents in before.items() if cents}
    moved = moved_shares(charged=charged.cents_by_day, shared=charged.shares_by_day, lowered=lowered, shares_now=theirs)
    held = charged.shares_by_day
    for day, cents in charged.cents_by_day.items():
        after = {one: held.get(day, {}).get(one, 0) + moved.get(day, {}).get(one, 0) for one in {*held.get(day, {}), *moved.get(day, {})}}
        assert {one: part for one, part in after.items() if part} == theirs.get(day, {}), "what the payers owe is what they agreed to"
        assert sum(after.values()) + cents - lowered.get(day, 0) == (0 if day in idle else charged_total(charged, day))
    first = min((one.from_on for one in more), default=date.max)
    same = share_price(price_days("car", grid, STAY, spans), [*agreements, *more])
    assert [day for day in same.days if day.day < first] == [day for day in charged.days if day.day < first]


def charged_total(price: Price, on: date) -> int:
    return next(day.cents for day in price.days if day.day == on)
