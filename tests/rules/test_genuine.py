"""The code on a printed assessment: only this installation can make it, and only for this paper."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessments.genuine import CODE_LENGTH, code_of, is_genuine, valid_until

AT = datetime(2026, 3, 2, 11, 30, 15, 123456, tzinfo=UTC)
OURS, OLDER, THEIRS = "notre-clef", "notre-ancienne-clef", "une-autre-clef"


def test_a_code_proves_its_own_paper_and_no_other() -> None:
    code = code_of(OURS, 1, "B-2026-0001", AT)
    assert len(code) == CODE_LENGTH and is_genuine(code, [OURS], 1, "B-2026-0001", AT)
    assert is_genuine(code_of(OLDER, 1, "B-2026-0001", AT), [OURS, OLDER], 1, "B-2026-0001", AT), "a key kept for what it printed"
    assert not is_genuine(code, [OURS], 2, "B-2026-0001", AT), "another platform"
    assert not is_genuine(code, [OURS], 1, "B-2026-0002", AT), "another number"
    assert not is_genuine(code, [OURS], 1, "B-2026-0001", AT + timedelta(microseconds=1)), "another end"
    assert not is_genuine(code, [THEIRS], 1, "B-2026-0001", AT), "another installation"


@pytest.mark.parametrize("wrong", ["", "0" * CODE_LENGTH, "é" * CODE_LENGTH, "\ud800"])
def test_nonsense_proves_nothing(wrong: str) -> None:
    assert not is_genuine(wrong, [OURS], 1, "B-2026-0001", AT)


@pytest.mark.parametrize(("held_on", "until"), [(date(2026, 3, 2), date(2026, 9, 2)), (date(2026, 8, 31), date(2027, 2, 28))])
def test_it_serves_for_six_months(held_on: date, until: date) -> None:
    assert valid_until(held_on) == until
