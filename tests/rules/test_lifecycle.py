from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.lifecycle import (
    CANCEL_REASONS,
    ENDED,
    HOLDING,
    NEXT,
    RETURN_REASONS,
    STATUS_NAMES,
    NotNow,
    after,
    check_cancel_reason,
    check_return_reason,
    is_hold_over,
    list_acts,
    may,
)
from mobility.errors import RuleBroken


@pytest.mark.parametrize(
    ("act", "status", "then", "reason"),
    [
        ("confirm", "held", "confirmed", "the deposit and the papers are there"),
        ("expire", "held", "expired", "nobody came back"),
        ("cancel", "held", "cancelled", "an option can be dropped"),
        ("cancel", "confirmed", "cancelled", "so can a booking, before the keys"),
        ("hand_over", "confirmed", "out", "the keys"),
        ("extend", "out", "out", "the contract is renewed"),
        ("extend", "late", "out", "an extension ends the lateness"),
        ("shorten", "confirmed", "confirmed", "the job is shorter than thought"),
        ("split", "out", "out", "the rest goes on with another vehicle"),
        ("swap", "late", "late", "another vehicle, as late as before"),
        ("mark_late", "out", "late", "past the hour"),
        ("take_back", "late", "returned", "late, but back"),
    ],
)
def test_what_an_act_leads_to(act: str, status: str, then: str, reason: str) -> None:
    assert after(act, status) == then, reason


@pytest.mark.parametrize(
    ("act", "status", "words", "reason"),
    [
        ("hand_over", "held", "Confirmez-la d’abord", "no keys on an option"),
        ("cancel", "out", "déjà parti", "what is on the road is returned, not cancelled"),
        ("confirm", "confirmed", "elle est confirmée", "a double click"),
        ("shorten", "late", "Prolongez-la ou reprenez le véhicule", "its end is already past"),
        ("take_back", "returned", "déjà rendu", "a stale page"),
        ("confirm", "expired", "Faites-en une nouvelle", "an expired option does not wake up"),
        ("swap", "cancelled", "annulée", "nothing to swap"),
    ],
)
def test_a_refused_act_says_why_in_french(act: str, status: str, words: str, reason: str) -> None:
    with pytest.raises(NotNow, match=words):
        after(act, status)
    assert not may(act, status), reason


def test_nothing_leaves_an_end() -> None:
    assert {status: list_acts(status) for status in ENDED} == dict.fromkeys(ENDED, ()) | {"cancelled": ("reopen",)}


def test_an_end_holds_no_vehicle_and_everything_else_does() -> None:
    assert HOLDING - {"workshop"} == set(STATUS_NAMES) - ENDED


@given(st.lists(st.sampled_from(sorted(NEXT)), max_size=30))
def test_a_vehicle_is_returned_only_after_the_keys(acts: list[str]) -> None:
    status, handed_over = "held", False
    for act in acts:
        if may(act, status):
            status = after(act, status)
            handed_over = handed_over or act == "hand_over"
    assert handed_over == (status in {"out", "late", "returned"})


@pytest.mark.parametrize(("minutes", "status", "over"), [(-1, "held", False), (0, "held", True), (1, "confirmed", False)])
def test_a_hold_runs_out_at_its_instant(minutes: int, status: str, over: bool) -> None:
    until = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert is_hold_over(status, until, until + timedelta(minutes=minutes)) is over


def test_reasons_are_coded() -> None:
    for reason in CANCEL_REASONS:
        check_cancel_reason(reason)
    for reason in RETURN_REASONS:
        check_return_reason(reason)
    for check in (check_cancel_reason, check_return_reason):
        with pytest.raises(RuleBroken) as refused:
            check("")
        assert refused.value.field == "reason"
