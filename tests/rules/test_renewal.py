from datetime import UTC, date, datetime

import pytest

from fleet.renewal import last_day, next_return, say_last_day
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
    assert say_last_day(begins_on, programme="daily", most_days=90) == (
        "Une mise à disposition dure ici au plus 90 jours, renouvellements compris, jusqu’au 31 mai 2026."
    )
    assert say_last_day(begins_on, programme="amie", most_days=90) == "Le programme s’arrête au bout de 5 mois, le 1er août 2026."
