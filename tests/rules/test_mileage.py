from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.mileage import (
    CapRule,
    Commute,
    Decision,
    GrantedTrip,
    cap_km,
    check_decision,
    judge_mileage,
    say_km,
    simulate_mileage,
    worked_days,
)
from mobility.errors import RuleBroken

MONDAY, NEXT_MONDAY = date(2026, 3, 2), date(2026, 3, 9)


def make_commute(**changes: Any) -> Commute:
    return Commute(**{"from_on": date(2026, 1, 1), "one_way_km": Decimal(18), **changes})


@pytest.mark.parametrize(
    ("commutes", "trips", "cap", "reason"),
    [
        ([make_commute()], [], "216", "domain.md §10.4: 18 km, 5 days"),
        ([make_commute(stops_km=Decimal(4))], [], "240", "the way by the nursery counts"),
        ([make_commute(weekdays=frozenset({5, 6}))], [], "86.4", "weekend work"),
        ([make_commute(days_off=frozenset({date(2026, 3, 4)}))], [], "172.8", "a day off"),
        (
            [make_commute(), make_commute(from_on=date(2026, 3, 5), one_way_km=Decimal(10))],
            [],
            "177.6",
            "moved on Thursday: 3 × 43.2 + 2 × 24",
        ),
        ([make_commute(from_on=date(2026, 3, 6))], [], "43.2", "work begins on Friday"),
        ([], [], "0", "no work, no kilometres"),
        ([make_commute()], [GrantedTrip(on=MONDAY, km=Decimal("12.5"), reason="médecin")], "228.5", "a trip granted on the first day"),
        ([make_commute()], [GrantedTrip(on=NEXT_MONDAY, km=Decimal(12), reason="médecin")], "216", "the second day is the next interval's"),
    ],
)
def test_the_cap_of_a_week(commutes: list[Commute], trips: list[GrantedTrip], cap: str, reason: str) -> None:
    assert cap_km(commutes, MONDAY, NEXT_MONDAY, trips=trips) == Decimal(cap), reason


def test_a_platform_sets_its_own_factor_and_share() -> None:
    rule = CapRule(from_on=MONDAY, factor=Decimal("1.5"), near_share=Decimal("0.5"))
    assert cap_km([make_commute()], MONDAY, NEXT_MONDAY, rule=rule) == 270
    assert judge_mileage(Decimal(135), Decimal(270), rule=rule).state == "near"


@pytest.mark.parametrize(
    ("driven", "cap", "state", "sentence", "reason"),
    [
        ("100", "216", "fine", "100 km sur 216 autorisés : il reste 116 km.", "well below"),
        ("172.7", "216", "fine", "172,7 km sur 216 autorisés : il reste 43,3 km.", "just under 80 %: 172.8"),
        ("172.8", "216", "near", "172,8 km sur 216 autorisés : il reste 43,2 km.", "80 % itself is near"),
        ("187", "216", "near", "187 km sur 216 autorisés : il reste 29 km.", "the ordinary week"),
        ("216", "216", "near", "216 km sur 216 autorisés : le plafond est atteint.", "100 % is not over"),
        ("216.1", "216", "over", "216,1 km sur 216 autorisés : 0,1 km de trop. Parlons-en à votre point-étape.", "above 100 %"),
        ("43.9", "43.92", "near", "43,9 km sur 43,9 autorisés : il reste moins de 0,1 km.", "what is shown never contradicts the state"),
        ("43.9", "43.95", "near", "43,9 km sur 44 autorisés : il reste 0,1 km.", "half a tenth is said as a tenth"),
        ("1500", "1200", "over", "1 500 km sur 1 200 autorisés : 300 km de trop. Parlons-en à votre point-étape.", "thousands are grouped"),
        ("0", "0", "fine", "0 km : aucun kilomètre n’était autorisé, aucun n’a été fait.", "nothing allowed, nothing driven"),
        (
            "3",
            "0",
            "over",
            "3 km, alors qu’aucun kilomètre n’était autorisé. Parlons-en à votre point-étape.",
            "any kilometre is over a cap of 0",
        ),
    ],
)
def test_the_state_and_its_sentence(driven: str, cap: str, state: str, sentence: str, reason: str) -> None:
    judged = judge_mileage(Decimal(driven), Decimal(cap))
    assert (judged.state, judged.sentence) == (state, sentence), reason


def test_without_a_cap_nothing_is_near() -> None:
    judged = judge_mileage(Decimal(900), None)
    assert (judged.state, judged.ratio, judged.sentence) == ("fine", None, "900 km, sans plafond.")


def test_the_simulator_answers_the_domain_example() -> None:
    answer = simulate_mileage(one_way_km=18, worked_days=5, granted_km=0, driven_km=187)
    assert (answer.cap_km, answer.state) == (Decimal(216), "near")
    assert answer.ratio == Decimal(187) / Decimal(216)


def test_a_float_is_read_as_it_was_written() -> None:
    assert simulate_mileage(one_way_km=0.1, worked_days=3).cap_km == Decimal("0.72"), "0.1 × 3 is no 0.30000000000000004"
    assert str(simulate_mileage(one_way_km=0, worked_days=0, driven_km=-0.0).driven_km) == "0.000", "no minus before a zero"


def test_the_simulator_takes_its_own_limits() -> None:
    assert simulate_mileage(one_way_km=500, worked_days=366, granted_km=1_000_000, driven_km=1_000_000).cap_km == 1_439_200


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("one_way_km", 500.1, "farther than anybody commutes"),
        ("one_way_km", -1, "negative"),
        ("one_way_km", float("nan"), "not a number"),
        ("one_way_km", True, "a truth value is no distance"),
        ("one_way_km", "18", "text is no number"),
        ("worked_days", 367, "more days than a year"),
        ("worked_days", 5.0, "days are whole"),
        ("worked_days", -1, "negative"),
        ("granted_km", float("inf"), "finite numbers only"),
        ("driven_km", Decimal("sNaN"), "a signalling NaN must not escape as an arithmetic error"),
        ("driven_km", 1e300, "no meter shows that"),
    ],
)
def test_the_simulator_names_the_field_it_refuses(field: str, value: Any, reason: str) -> None:
    given_km: dict[str, Any] = {"one_way_km": 18, "worked_days": 5, "granted_km": 0, "driven_km": 0, field: value}
    with pytest.raises(RuleBroken) as refused:
        simulate_mileage(**given_km)
    assert refused.value.field == field, reason


@pytest.mark.parametrize(
    ("state", "decision", "field", "reason"),
    [
        ("over", Decision(code="continue"), None, "to go on needs no more"),
        ("over", Decision(code="warn"), None, "a warning neither"),
        ("over", Decision(code="stop"), None, "it is the adviser who stops, never the software"),
        ("over", Decision(code="adjust", reason="nouveau poste", added_km=Decimal(40)), None, "whole"),
        ("over", Decision(code="adjust", reason="  ", added_km=Decimal(40)), "reason", "an adjustment says why"),
        ("over", Decision(code="adjust", reason="nouveau poste"), "added_km", "and by how much"),
        ("near", Decision(code="warn"), "decision", "nothing to decide below the cap"),
        ("over", Decision(code="cut"), "decision", "unknown"),
    ],
)
def test_decisions_after_the_cap(state: str, decision: Decision, field: str | None, reason: str) -> None:
    if field is None:
        check_decision(state, decision)
        return
    with pytest.raises(RuleBroken) as refused:
        check_decision(state, decision)
    assert refused.value.field == field, reason


@pytest.mark.parametrize(("km", "said"), [("216", "216"), ("43.92", "43,9"), ("0.05", "0,1"), ("1234.5", "1 234,5"), ("0.000", "0")])
def test_kilometres_are_said_in_french(km: str, said: str) -> None:
    assert say_km(Decimal(km)) == said


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(st.lists(days, min_size=3, max_size=3).map(sorted), st.frozensets(st.integers(0, 6)))
def test_intervals_that_touch_sum_to_the_chain(cut: list[date], weekdays: frozenset[int]) -> None:
    commutes = [make_commute(from_on=date(2025, 6, 1), weekdays=weekdays)]
    first, middle, last = cut
    assert worked_days(commutes, first, middle) + worked_days(commutes, middle, last) == worked_days(commutes, first, last)
    assert cap_km(commutes, first, middle) + cap_km(commutes, middle, last) == cap_km(commutes, first, last)


tenths = st.integers(0, 10_000).map(lambda tenth: Decimal(tenth) / 10)


@given(tenths, tenths)
def test_the_state_follows_the_ratio(driven: Decimal, cap: Decimal) -> None:
    judged = judge_mileage(driven, cap)
    assert (judged.ratio is None) == (cap == 0)
    if judged.ratio is not None:
        expected = "over" if driven > cap else "near" if 10 * driven >= 8 * cap else "fine"
        assert judged.state == expected
