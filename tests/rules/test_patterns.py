"""The hours of who shares a vehicle: read, said, laid over the calendar across both changes of the clock, charged by the day they begin."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from billing.tariffs import chargeable_days
from fleet.patterns import Pattern, check_shareable, hull_of, read, say_pattern, stretches, write
from mobility.errors import RuleBroken
from mobility.periods import PARIS, Period, instant_of, paris_day

EARLY, LATE = "12345 05:00-14:00", "12345 14:00-23:00"
TURNS = ("12345 05:00-14:00 14:00-23:00 2026-03-02", "12345 14:00-23:00 05:00-14:00 2026-03-02")
OWN_DAYS = ("123 05:00-14:00 4567 05:00-14:00 2026-03-02", "4567 05:00-14:00 123 05:00-14:00 2026-03-02")
WEEKS = ("1234567 08:00-08:00 - 2026-03-02", "1234567 08:00-08:00 - 2026-03-09")
NIGHTS = ("1234567 21:00-02:30", "1234567 02:30-21:00")  # they meet in the hour that summer time skips, and winter time repeats

SAID = [
    (EARLY, "du lundi au vendredi, de 5 h à 14 h"),
    ("135 05:30-14:00", "le lundi, le mercredi et le vendredi, de 5 h 30 à 14 h"),
    ("67 21:00-05:00", "le samedi et le dimanche, de 21 h à 5 h le lendemain"),
    ("1234567 14:00-00:00", "tous les jours, de 14 h à minuit"),
    (WEEKS[0], "une semaine sur deux (semaine du 2 mars 2026, puis une sur deux), tous les jours, de 8 h à 8 h le lendemain"),
    (TURNS[0], "du lundi au vendredi, une semaine de 5 h à 14 h (semaine du 2 mars 2026, puis une sur deux), l’autre de 14 h à 23 h"),
    (
        "123 05:00-14:00 45 14:00-23:00 2026-03-02",
        "une semaine du lundi au mercredi, de 5 h à 14 h (semaine du 2 mars 2026, puis une sur deux), "
        "l’autre le jeudi et le vendredi, de 14 h à 23 h",
    ),
]


@pytest.mark.parametrize(("written", "said"), SAID)
def test_one_written_form_and_its_words(written: str, said: str) -> None:
    assert (write(read(written)), say_pattern(written)) == (written, said)


def test_any_day_of_the_first_week_and_days_in_any_order_are_written_the_same() -> None:
    assert write(read("531 05:00-14:00 - 2026-03-05")) == "135 05:00-14:00 - 2026-03-02"
    assert write(read("12 05:00-14:00 21 14:00-23:00 2026-03-05")) == "12 05:00-14:00 14:00-23:00 2026-03-02"


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("", "pattern"),
        ("12345", "pattern"),
        ("0 05:00-14:00", "pattern"),  # no such day
        ("12345 05:00-24:00", "pattern"),
        ("12345 05:00-14:00 14:00-23:00", "pattern"),  # which week is the first?
        ("12345 05:00-14:00 - 2026-02-30", "pattern"),
        ("12345 05:00-14:00 67 - 2026-03-02", "pattern"),  # days of a week that has none
        ("12345 05:00-14:00 67 2026-03-02", "pattern"),  # and at which hours?
        ("1234567 08:00-08:00", "weekdays"),  # all of every week is no sharing
        ("1234567 08:00-08:00 08:00-08:00 2026-03-02", "weekdays"),
        ("1234567 08:00-08:00 7654321 08:00-08:00 2026-03-02", "weekdays"),
    ],
)
def test_what_means_nothing_is_refused_beside_its_field(written: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read(written)
    assert refused.value.field == field


def over(first: date, last: date) -> Period:
    return Period(starts_at=instant_of(first), ends_at=instant_of(last))


def local(found: list[Period]) -> list[str]:
    return ["–".join(at.astimezone(PARIS).strftime("%d %H:%M") for at in (one.starts_at, one.ends_at)) for one in found]


@pytest.mark.parametrize(
    ("written", "first", "last", "laid"),
    [
        (EARLY, date(2026, 3, 27), date(2026, 3, 31), ["27 05:00–27 14:00", "30 05:00–30 14:00"]),  # 5 h stays 5 h after the change
        ("567 21:00-05:00", date(2026, 3, 28), date(2026, 3, 30), ["28 00:00–28 05:00", "28 21:00–29 05:00", "29 21:00–30 00:00"]),
        ("123 08:00-08:00", date(2026, 3, 2), date(2026, 3, 9), ["02 08:00–05 08:00"]),  # what touches is one
        (TURNS[0], date(2026, 3, 6), date(2026, 3, 10), ["06 05:00–06 14:00", "09 14:00–09 23:00"]),
        (OWN_DAYS[0], date(2026, 3, 4), date(2026, 3, 13), ["04 05:00–04 14:00", "12 05:00–12 14:00"]),
        ("7 21:00-05:00 1 04:00-08:00 2026-03-02", date(2026, 3, 8), date(2026, 3, 17), ["08 21:00–09 08:00"]),  # over the week's end
        (TURNS[0], date(2026, 2, 27), date(2026, 2, 28), ["27 14:00–27 23:00"]),  # the fortnight goes back too
        (WEEKS[1], date(2026, 3, 3), date(2026, 3, 31), ["09 08:00–16 08:00", "23 08:00–30 08:00"]),
        ("7 02:15-02:45", date(2026, 3, 29), date(2026, 3, 30), []),  # an hour that does not exist that night
        ("7 02:15-02:45", date(2026, 10, 25), date(2026, 10, 26), ["25 02:15–25 02:45"]),  # it comes twice: the first time
    ],
)
def test_hours_are_laid_over_the_days_of_a_period(written: str, first: date, last: date, laid: list[str]) -> None:
    assert local(stretches(read(written), over(first, last))) == laid


@pytest.mark.parametrize("pair", [(EARLY, LATE), TURNS, OWN_DAYS, WEEKS, NIGHTS, ("1234567 23:30-02:30", "1234567 03:00-23:00")])
@pytest.mark.parametrize("around", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)])
def test_opposite_hours_never_meet_in_utc(pair: tuple[str, str], around: date) -> None:
    period = over(around - timedelta(days=20), around + timedelta(days=20))
    laid = sorted((one for written in pair for one in stretches(read(written), period)), key=lambda one: one.starts_at)
    assert len(laid) > 10 or pair == WEEKS
    assert not [one for one, following in pairwise(laid) if one.overlaps(following)]


@pytest.mark.parametrize("written", [EARLY, LATE, *TURNS, *OWN_DAYS, *WEEKS, "567 21:00-05:00"])
def test_every_quarter_of_an_hour_of_a_year_is_held_when_the_clock_on_the_wall_says_so(written: str) -> None:
    pattern, period = read(written), over(date(2026, 1, 1), date(2027, 1, 1))
    laid, place = stretches(pattern, period), 0
    for count in range(0, 365 * 96, 7):  # a prime step meets every quarter of the day
        instant = period.starts_at + count * timedelta(minutes=15)
        while place < len(laid) and laid[place].ends_at <= instant:
            place += 1
        is_held = place < len(laid) and laid[place].starts_at <= instant
        assert is_held is says_the_wall(pattern, instant), instant


def says_the_wall(pattern: Pattern, instant: datetime) -> bool:
    """Asked of one instant alone, day and hour compared as they are read on a wall."""
    wall = instant.astimezone(PARIS)
    day, at = wall.date(), time(wall.hour, wall.minute)
    today, before = pattern.hours_on(day), pattern.hours_on(day - timedelta(days=1))
    if before and before.to_time <= before.from_time and at < before.to_time:
        return True
    return bool(today) and today.from_time <= at and (at < today.to_time or today.to_time <= today.from_time)  # type: ignore[union-attr]


@pytest.mark.parametrize("written", [EARLY, LATE, *TURNS, *OWN_DAYS, "567 21:00-05:00", "1234567 14:00-00:00", "24 08:00-08:00"])
def test_the_days_charged_are_those_on_which_the_hours_begin(written: str) -> None:
    pattern = read(written)
    laid = [
        one
        for one in stretches(pattern, over(date(2026, 3, 2), date(2026, 4, 20)))
        if one.starts_at > instant_of(date(2026, 3, 2), time(5))
    ]
    days = chargeable_days(laid[0].starts_at, laid[-1].ends_at, rhythm=pattern.rhythm)
    assert days == [paris_day(one.starts_at) for one in laid if pattern.hours_on(paris_day(one.starts_at))]


def test_a_booking_goes_from_its_first_hour_to_its_last_and_one_act_has_its_ceiling() -> None:
    march = over(date(2026, 3, 1), date(2026, 3, 9))
    hull = hull_of(EARLY, march)
    assert local([hull]) == ["02 05:00–06 14:00"] and hull_of(None, march) == march
    with pytest.raises(RuleBroken, match="Aucune de ces heures"):
        hull_of("7 05:00-14:00", over(date(2026, 3, 2), date(2026, 3, 7)))
    check_shareable(EARLY, "daily", march)
    check_shareable(None, "amie", over(date(2026, 1, 1), date(2027, 1, 1)))
    for programme, period, field in (("amie", march, "programme"), ("daily", over(date(2026, 1, 1), date(2026, 4, 4)), "ends_at")):
        with pytest.raises(RuleBroken) as refused:
            check_shareable(EARLY, programme, period)
        assert refused.value.field == field
    assert instant_of(date(2026, 3, 29), time(2, 30)) != datetime(2026, 3, 29, 1, tzinfo=UTC), "what is skipped is read otherwise elsewhere"
