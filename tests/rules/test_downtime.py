"""How long a vehicle stood still over the past year."""

from datetime import UTC, datetime, timedelta

import pytest

from fleet.downtime import measure
from mobility.periods import Period

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def stop(begins: float, days: float) -> Period:
    """A stop that began so many days ago and lasted so many."""
    return Period(starts_at=NOW - begins * DAY, ends_at=NOW - begins * DAY + days * DAY)


@pytest.mark.parametrize(
    ("stops", "since_days", "sentence"),
    [
        ([], 400, "Aucun arrêt en 12 mois."),
        ([stop(10, 2), stop(5, 0.125)], 400, "2 jours et 3 h d’arrêt en 12 mois, en 2 passages (0,6 % du temps)."),
        ([stop(1, 5)], 100, "1 jour d’arrêt en 12 mois, en un passage (1,0 % du temps)."),  # what lies ahead does not count
        ([stop(366, 2)], 400, "1 jour d’arrêt en 12 mois, en un passage (0,3 % du temps)."),  # nor what lies before
        ([stop(900, 2)], 1000, "Aucun arrêt en 12 mois."),
        ([stop(2, 1)], 4, "1 jour d’arrêt en 12 mois, en un passage (25,0 % du temps)."),  # of a vehicle that came four days ago
    ],
)
def test_stops_of_a_year_as_read_aloud(stops: list[Period], since_days: int, sentence: str) -> None:
    assert measure(stops, since=NOW - since_days * DAY, now=NOW).sentence == sentence
