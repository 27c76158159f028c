"""When an appointment is recalled, and how: never at night, never on a Sunday, never twice the same word for one just planned."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.channels import CALL, MAIL, SMS
from mobility.codes import MEETING_KINDS
from mobility.meeting_reminders import (
    BY_SOMEBODY,
    LETTER,
    NOT_AFTER,
    NOT_BEFORE,
    is_due,
    leaves_at,
    meeting_channel,
    say_cancelled,
    say_reminder,
)
from mobility.periods import paris_day, paris_time, say_moment

MOBILE, LANDLINE, ADDRESS = "+33639980001", "+33142000000", "a@example.org"
starts = st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes))
BORING = {"days_before": 1, "letter_days": 5}


@pytest.mark.parametrize(
    ("contact_by", "phone", "email", "channel"),
    [
        ("sms", MOBILE, ADDRESS, SMS),
        ("mail", MOBILE, ADDRESS, MAIL),
        ("mail", MOBILE, None, SMS),
        ("phone", MOBILE, ADDRESS, SMS),
        ("phone", "+262692000000", None, SMS),
        ("phone", LANDLINE, ADDRESS, CALL),
        ("phone", None, ADDRESS, MAIL),
        ("phone", None, None, LETTER),
        ("mail", None, None, LETTER),
        ("structure", MOBILE, ADDRESS, CALL),
    ],
)
def test_each_is_reached_as_they_can_be(contact_by: str, phone: str | None, email: str | None, channel: str) -> None:
    assert meeting_channel(contact_by, phone=phone, email=email) == channel


@given(starts, st.sampled_from([SMS, MAIL, CALL, LETTER]), st.integers(1, 7), st.integers(1, 21))
def test_it_leaves_by_day_and_never_on_a_sunday(starts_at: datetime, channel: str, before: int, letter: int) -> None:
    leaves = leaves_at(starts_at, channel, days_before=before, letter_days=letter)
    assert leaves is not None and paris_day(leaves).weekday() != 6 and paris_time(leaves).hour == 10
    apart = (paris_day(starts_at) - paris_day(leaves)).days
    assert apart - (letter if channel == LETTER else before) in (0, 1)
    assert leaves_at(starts_at, channel, days_before=0, letter_days=0) is None


@given(starts, st.sampled_from([SMS, MAIL, CALL, LETTER]), st.integers(-14 * 24, 24).map(lambda hours: timedelta(hours=hours)))
def test_written_ones_keep_to_the_day_and_none_comes_too_late(starts_at: datetime, channel: str, apart: timedelta) -> None:
    leaves, now = leaves_at(starts_at, channel, **BORING), starts_at + apart
    assert leaves is not None
    due = is_due(leaves, starts_at=starts_at, planned_at=None, channel=channel, now=now)
    if due:
        assert leaves <= now <= starts_at - timedelta(hours=1)
        assert channel in BY_SOMEBODY or NOT_BEFORE <= paris_time(now) < NOT_AFTER
    assert not is_due(leaves, starts_at=starts_at, planned_at=leaves + timedelta(minutes=1), channel=channel, now=now), "just planned"


def test_a_day_of_the_hours_that_change_moves_nothing() -> None:
    for day in (29, 30):  # summer time begins on Sunday 29 March 2026
        starts_at = datetime(2026, 3, day, 12, 30, tzinfo=UTC)
        leaves = leaves_at(starts_at, SMS, **BORING)
        assert leaves is not None and say_moment(leaves) == "samedi 28 mars 2026 à 10 h 00"


def test_words_say_when_why_and_where() -> None:
    said = say_reminder("follow_up", datetime(2026, 3, 10, 8, 30, tzinfo=UTC), "Pôle du Bourg, 2 rue du Four")
    assert said.startswith(f"Rappel : nous vous attendons mardi 10 mars 2026 à 9 h 30 ({MEETING_KINDS['follow_up']}) : Pôle du Bourg,")
    assert "mardi 10 mars 2026 à 9 h 30 est annulé" in say_cancelled(datetime(2026, 3, 10, 8, 30, tzinfo=UTC))
