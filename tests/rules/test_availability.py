from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fleet.availability import Occupied, VehicleFacts, clashes, free_windows, obstacles, paper_obstacles
from fleet.licences import Driver, Licence
from mobility.periods import Period

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def make_period(first_hour: int, last_hour: int) -> Period:
    return Period(starts_at=START + timedelta(hours=first_hour), ends_at=START + timedelta(hours=last_hour))


def make_occupied(first_hour: int, last_hour: int, status: str = "confirmed") -> Occupied:
    return Occupied(period=make_period(first_hour, last_hour), status=status, label=f"{first_hour}-{last_hour}")


WANTED = make_period(10, 20)


@pytest.mark.parametrize(
    ("busy", "in_the_way", "reason"),
    [
        (make_occupied(0, 10), False, "ends as the wish begins"),
        (make_occupied(20, 30), False, "begins as the wish ends"),
        (make_occupied(0, 11), True, "overlaps the beginning"),
        (make_occupied(19, 30), True, "overlaps the end"),
        (make_occupied(12, 14), True, "lies inside"),
        (make_occupied(0, 30), True, "encloses the wish"),
        (make_occupied(10, 20), True, "is the same"),
        (make_occupied(0, 30, "workshop"), True, "the workshop holds too"),
        (make_occupied(0, 30, "late"), True, "so does somebody late"),
        (make_occupied(0, 30, "cancelled"), False, "cancelled is free at once"),
        (make_occupied(0, 30, "expired"), False, "an expired option too"),
        (make_occupied(0, 30, "returned"), False, "and a returned vehicle"),
    ],
)
def test_what_is_in_the_way(busy: Occupied, in_the_way: bool, reason: str) -> None:
    assert bool(clashes(WANTED, [busy])) is in_the_way, reason


def test_clashes_come_earliest_first() -> None:
    assert [o.label for o in clashes(WANTED, [make_occupied(15, 16), make_occupied(9, 12)])] == ["9-12", "15-16"]


@pytest.mark.parametrize(
    ("occupied", "windows", "reason"),
    [
        ([], [(10, 20)], "all of it"),
        ([make_occupied(0, 30)], [], "nothing of it"),
        ([make_occupied(12, 14)], [(10, 12), (14, 20)], "before and after"),
        ([make_occupied(12, 18), make_occupied(13, 14)], [(10, 12), (18, 20)], "a short stretch inside a long one"),
        ([make_occupied(5, 11), make_occupied(19, 25)], [(11, 19)], "the middle"),
        ([make_occupied(12, 14), make_occupied(14, 16)], [(10, 12), (16, 20)], "no empty window between two that touch"),
    ],
)
def test_free_windows(occupied: list[Occupied], windows: list[tuple[int, int]], reason: str) -> None:
    assert free_windows(WANTED, occupied) == [make_period(*window) for window in windows], reason


DRIVER = Driver(born_on=date(1990, 5, 5), licences=(Licence(category="B", obtained_on=date(2015, 1, 1)),))
RENTAL = Period(starts_at=datetime(2026, 3, 2, 8, tzinfo=UTC), ends_at=datetime(2026, 4, 30, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("changes", "codes", "reason"),
    [
        ({}, [], "fits"),
        ({"inspection_until_on": date(2026, 4, 30)}, [], "the last day is covered"),
        ({"inspection_until_on": date(2026, 4, 29)}, ["inspection"], "ends a day before the return"),
        ({"insured_until_on": date(2026, 3, 31)}, ["insurance"], "insured for a month only"),
        ({"inspection_until_on": date(2026, 1, 1), "insured_until_on": date(2026, 1, 1)}, ["inspection", "insurance"], "every reason"),
    ],
)
def test_a_vehicle_whose_papers_end_is_not_offered(changes: dict[str, Any], codes: list[str], reason: str) -> None:
    vehicle = VehicleFacts(**{"id": 1, "kind": "car", **changes})
    assert [obstacle.code for obstacle in obstacles(vehicle, RENTAL, driver=DRIVER)] == codes, reason


def test_an_automatic_licence_takes_no_manual_car() -> None:
    driver = Driver(
        born_on=date(1990, 5, 5), licences=(Licence(category="B", obtained_on=date(2015, 1, 1), restrictions=frozenset({"78"})),)
    )
    manual, automatic = (VehicleFacts(id=1, kind="car", gearbox=gearbox) for gearbox in ("manual", "automatic"))
    assert [obstacle.code for obstacle in obstacles(manual, RENTAL, driver=driver)] == ["licence"]
    assert obstacles(automatic, RENTAL, driver=driver) == []


def test_the_end_is_told_by_name_and_day() -> None:
    vehicle = VehicleFacts(id=1, kind="car", insured_until_on=date(2026, 3, 31))
    (obstacle,) = obstacles(vehicle, RENTAL, driver=DRIVER)
    assert obstacle.sentence == "L’assurance de la voiture s’arrête le 31 mars 2026, avant le retour prévu."


@pytest.mark.parametrize(
    ("kind", "is_owned", "unknown", "codes", "reason"),
    [
        ("car", True, (), [], "the platform offers it with its doubts"),
        ("car", True, ("insurance",), ["insurance"], "our own car has to be insured"),
        ("car", False, ("insurance", "inspection"), ["inspection"], "the lessor insures its own"),
        ("bike", True, ("insurance", "inspection"), [], "a bike has neither"),
    ],
)
def test_a_day_that_nobody_noted_speaks_against_what_the_platform_says(
    kind: str, is_owned: bool, unknown: tuple[str, ...], codes: list[str], reason: str
) -> None:
    found = paper_obstacles(VehicleFacts(id=1, kind=kind, is_owned=is_owned), date(2026, 3, 14), unknown)
    assert [obstacle.code for obstacle in found] == codes, reason
