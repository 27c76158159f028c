"""A breakdown: who needs a vehicle first, and which one would do best."""

from datetime import date

import pytest

from fleet.rescue import Replacement, next_shift_on, rank

MONDAY_TO_FRIDAY = 0b0011111


def other(vehicle_id: int, *, here: bool = False, km: float | None = None) -> Replacement:
    return Replacement(vehicle_id=vehicle_id, label=f"Citadine {vehicle_id}", site="Pôle", is_here=here, road_km=km)


@pytest.mark.parametrize(
    ("weekdays", "from_on", "shift"),
    [
        (MONDAY_TO_FRIDAY, date(2026, 3, 4), date(2026, 3, 4)),  # today, a Wednesday
        (MONDAY_TO_FRIDAY, date(2026, 3, 7), date(2026, 3, 9)),  # Saturday waits for Monday
        (0b1100000, date(2026, 3, 4), date(2026, 3, 7)),  # weekends only
        (0, date(2026, 3, 4), date(2026, 3, 4)),  # nobody said: as soon as can be
    ],
)
def test_the_next_shift_is_the_first_day_worked(weekdays: int, from_on: date, shift: date) -> None:
    assert next_shift_on(weekdays, from_on) == shift


def test_the_same_pole_then_the_nearest_then_the_unplaced() -> None:
    ranked = rank([other(1), other(2, km=18.0), other(3, km=4.2), other(4, here=True)])
    assert [each.vehicle_id for each in ranked] == [4, 3, 2, 1]
