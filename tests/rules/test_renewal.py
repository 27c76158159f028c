from datetime import UTC, date, datetime

import pytest

from fleet.renewal import Stretch, continued, days_held, last_day, next_return, outgrown, say_continued, say_last_day
from mobility.periods import paris_time

RETURN = datetime(2026, 3, 20, 8, tzinfo=UTC)  # 9:00 in Paris, before summer time


@pytest.mark.parametrize(
    ("step", "now", "then", "reason"),
    [
        ("14", datetime(2026, 3, 18, tzinfo=UTC), datetime(2026, 4, 3, 7, tzinfo=UTC), "9:00 on the clock, summer time or not"),
        ("28", datetime(2026, 3, 18, tzinfo=UTC), datetime(2026, 4, 17, 7, tzinfo=UTC), "four weeks"),
        ("month", datetime(2026, 3, 18, tzinfo=UTC), datetime(2026, 4, 20, 7, tzinfo=UTC), "the same day of the month"),
        ("14", datetime(2026, 4, 3, 7, tzinfo=UTC), datetime(2026, 4, 17, 7, tzinfo=UTC), "late by a whole stretch: the return lies ahead"),
    ],
)
def test_the_next_return(step: str, now: datetime, then: datetime, reason: str) -> None:
    found = next_return(RETURN, step, now)
    assert found == then, reason
    assert paris_time(found) == paris_time(RETURN)


def test_a_month_from_the_31st_ends_on_the_last_day_and_the_next_goes_by_the_31st_again() -> None:
    end = datetime(2026, 1, 31, 8, tzinfo=UTC)
    assert next_return(end, "month", end) == datetime(2026, 2, 28, 8, tzinfo=UTC)
    assert next_return(end, "month", datetime(2026, 3, 1, tzinfo=UTC)) == datetime(2026, 3, 31, 7, tzinfo=UTC)


def test_the_chain_ends_by_the_platforms_days_or_after_five_months() -> None:
    begins_on = date(2026, 3, 2)
    assert last_day(begins_on, programme="daily", most_days=90) == date(2026, 5, 31)
    assert last_day(begins_on, programme="amie", most_days=90) == date(2026, 8, 1)
    assert last_day(begins_on, programme="amie", most_days=90, months=3) == date(2026, 6, 1)
    assert say_last_day(begins_on, programme="daily", most_days=90) == (
        "Une mise à disposition dure ici au plus 90 jours, renouvellements compris, jusqu’au 31 mai 2026."
    )
    assert say_last_day(begins_on, programme="amie", most_days=90) == "Le programme s’arrête au bout de 5 mois, le 1er août 2026."


def stretch(number: int, first: int, last: int, *, is_new: bool = False) -> Stretch:
    """From one day of March 2026 to another."""
    return Stretch(booking_id=number, number=f"R-{number}", begins_on=date(2026, 3, first), ends_on=date(2026, 3, last), is_new=is_new)


@pytest.mark.parametrize(
    ("rentals", "expected", "held", "reason"),
    [
        ([stretch(1, 2, 13)], [1], 11, "seven days after the return, no more"),
        ([stretch(1, 2, 12)], [], 0, "eight days after: a chain of its own"),
        ([stretch(1, 2, 20)], [1], 18, "the day of the return itself"),
        ([stretch(1, 2, 21)], [], 0, "two vehicles at the same time are no chain"),
        ([stretch(2, 9, 15), stretch(1, 1, 4)], [1, 2], 9, "through another one; the days between are nobody's"),
        ([stretch(1, 1, 4), stretch(2, 9, 15, is_new=True)], [2], 6, "begun anew with a reason: no further back"),
        ([stretch(1, 1, 3), stretch(2, 12, 15)], [2], 3, "the one before was too long ago"),
        ([stretch(1, 1, 30), stretch(2, 9, 15)], [2], 6, "what still runs hides nothing that ended"),
    ],
)
def test_a_chain_follows_the_person(rentals: list[Stretch], expected: list[int], held: int, reason: str) -> None:
    found = continued(rentals, date(2026, 3, 20), most_apart=lambda day: 7)
    assert ([one.booking_id for one in found], days_held(found)) == (expected, held), reason


def test_what_a_chain_goes_on_with_is_told_and_counts() -> None:
    assert last_day(date(2026, 3, 20), programme="daily", most_days=90, held=30) == date(2026, 5, 19)
    told = {1: "le lendemain de son retour", 0: "le jour de son retour", 3: "3 jours après son retour"}
    for days, when in told.items():
        said = say_continued(stretch(7, 1, 10), date(2026, 3, 10 + days), held=9, most_apart=7, km="812")
        assert said.startswith(f"Cette réservation continue R-7, {when} (jusqu’à 7 jours, c’est la même suite de contrats)")
        assert said.endswith(" : 9 jours et 812 km comptent déjà.")


@pytest.mark.parametrize(
    ("wished", "ahead", "expected", "reason"),
    [
        (stretch(0, 2, 10), stretch(9, 12, 20), None, "eight days and eight: sixteen, within twenty"),
        (stretch(0, 1, 13), stretch(9, 15, 25), 9, "twelve and ten pass twenty"),
        (stretch(0, 1, 13), stretch(9, 21, 31), None, "eight days apart: a chain of its own"),
        (stretch(0, 1, 13), stretch(9, 15, 25, is_new=True), None, "begun anew with a reason"),
        (stretch(0, 1, 13), stretch(9, 5, 25), None, "at the same time"),
    ],
)
def test_what_is_booked_ahead_counts_too(wished: Stretch, ahead: Stretch, expected: int | None, reason: str) -> None:
    found = outgrown(wished, [ahead], programme="daily", most_days=20, months=5, most_apart=lambda day: 7)
    assert (found.booking_id if found else None) == expected, reason
