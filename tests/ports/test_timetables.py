"""GTFS folders: what is read, what is refused, and which ride a shift can count on."""

from datetime import date, time
from pathlib import Path

import pytest

from mobility.errors import RuleBroken
from mobility.geo.gtfs import load_timetable
from mobility.geo.timetables import Timetable, point
from tests.timetable import HOME, WORK, write_folder

TUESDAY, EASTER_MONDAY, SATURDAY_THAT_RUNS, SUNDAY = date(2026, 4, 7), date(2026, 4, 6), date(2026, 4, 11), date(2026, 4, 12)


@pytest.fixture
def timetable(tmp_path: Path) -> Timetable:
    loaded = load_timetable(write_folder(tmp_path / "gtfs"), tmp_path / "kept" / "essai.sqlite3")
    assert (loaded.stops, loaded.trips, loaded.first_on, loaded.last_on) == (3, 4, date(2026, 3, 2), date(2026, 6, 30))
    return Timetable(tmp_path / "kept" / "essai.sqlite3")


def ask(timetable: Timetable, on: date, begins: time, ends: time) -> tuple[time, time, time] | None:
    found = timetable.round_trip(point(*HOME), point(*WORK), on=on, begins=begins, ends=ends)
    return (found.there.leaves, found.there.arrives, found.back.leaves) if found else None


@pytest.mark.parametrize(
    ("on", "begins", "ends", "expected", "why"),
    [
        (TUESDAY, time(5), time(13), (time(4, 10), time(4, 40), time(13, 15)), "the morning shift"),
        (TUESDAY, time(4, 41), time(13), None, "two minutes on foot from the stop: too late by one"),
        (TUESDAY, time(5, 30), time(13), (time(4, 50), time(5, 20), time(13, 15)), "the last one that is there in time"),
        (TUESDAY, time(6, 40), time(13), None, "more than an hour and a quarter to wait"),
        (TUESDAY, time(5), time(13, 14), None, "one minute to walk two to the stop"),
        (TUESDAY, time(5), time(1), (time(4, 10), time(4, 40), time(1, 5)), "home after midnight, on the day's own service"),
        (EASTER_MONDAY, time(5), time(13), None, "an exception takes the day away"),
        (SATURDAY_THAT_RUNS, time(5), time(13), (time(4, 10), time(4, 40), time(13, 15)), "an exception adds the day"),
        (SUNDAY, time(5), time(13), None, "nothing runs"),
    ],
)
def test_the_ride_a_shift_can_count_on(
    timetable: Timetable, on: date, begins: time, ends: time, expected: tuple[time, time, time] | None, why: str
) -> None:
    assert ask(timetable, on, begins, ends) == expected, why


def test_nobody_walks_far_and_nothing_is_known_beyond_what_is_published(timetable: Timetable) -> None:
    assert timetable.round_trip(point(43.25, 5.65), point(*WORK), on=TUESDAY, begins=time(5), ends=time(13)) is None
    assert timetable.runs_on(TUESDAY) and not timetable.runs_on(date(2027, 1, 4))


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ({"stops": None}, "Il manque stops.txt"),
        ({"stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nthere,4h10,04:10:00,A,1\n"}, "stop_times.txt, ligne 2"),
        ({"trips": "route_id,service_id,trip_id\nR99,week,there\n"}, "trips.txt, ligne 2"),
        ({"calendar": None, "calendar_dates": None}, "ne circulent aucun jour"),
        ({"stops": "id,nom\nA,Gare\n"}, "stops.txt, ligne 2"),
    ],
)
def test_a_folder_that_cannot_be_read_leaves_the_last_one(tmp_path: Path, instead: dict[str, str | None], said: str) -> None:
    file = tmp_path / "essai.sqlite3"
    load_timetable(write_folder(tmp_path / "good"), file)
    kept = file.read_bytes()
    with pytest.raises(RuleBroken) as refused:
        load_timetable(write_folder(tmp_path / "bad", **instead), file)
    assert said in refused.value.sentence
    assert file.read_bytes() == kept and not list(tmp_path.glob("*.new"))
