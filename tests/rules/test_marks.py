"""Marks: where a pin stands, what may be an old one, and that nobody is shown an old mark as theirs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.kinds import KIND_CODES
from fleet.marks import (
    KIND_NAMES,
    MOST_PINS,
    NEAR,
    SIDE,
    ZONE_NAMES,
    ZONES_OF,
    Known,
    Pin,
    check_new,
    check_pins,
    find_double,
    known_at,
    new_since,
    sketch_of,
    zone_at,
    zones_of,
)
from mobility.errors import RuleBroken

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOURS = st.integers(0, 1000).map(lambda hours: NOON + timedelta(hours=hours))
PLACES = st.integers(0, SIDE)


def known(**more: object) -> Known:
    return Known(**({"id": 1, "zone": "left", "kind": "scratch", "x": 300, "y": 100, "seen_at": NOON} | more))  # type: ignore[arg-type]


def pin(**more: object) -> Pin:
    return Pin(**({"row": 0, "zone": "left", "kind": "scratch", "x": 300, "y": 100} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "x", "y", "zone"),
    [
        ("car", 500, 120, "left"),
        ("car", 500, 700, "right"),
        ("car", 100, 440, "front"),
        ("car", 900, 440, "rear"),
        ("car", 500, 440, "top"),
        ("car", 320, 215, "tyres"),
        ("car", 250, 930, "interior"),
        ("quadricycle", 750, 930, "other"),
        ("bike", 270, 300, "tyres"),
        ("ebike", 500, 250, "left"),
        ("cargo_bike", 640, 130, "top"),
        ("moped", 300, 120, "front"),
        ("scooter", 700, 550, "front"),
        ("scooter125", 500, 940, "other"),
    ],
)
def test_a_pin_stands_in_the_zone_drawn_under_it(kind: str, x: int, y: int, zone: str) -> None:
    (placed,) = check_pins(kind, [pin(zone=None, x=x, y=y)], zones_of(kind))
    assert placed.zone == zone


def test_a_pin_where_the_platform_tells_no_zone_apart_is_elsewhere() -> None:
    (placed,) = check_pins("car", [pin(zone=None, x=500, y=440)], [zone for zone in zones_of("car") if zone != "top"])
    assert placed.zone == "other"


@given(st.sampled_from(KIND_CODES), PLACES, PLACES)
def test_wherever_a_pin_stands_it_has_one_zone_with_a_name(kind: str, x: int, y: int) -> None:
    assert zone_at(sketch_of(kind), x, y) in ZONE_NAMES


def test_no_zone_of_a_sketch_is_hidden_behind_another() -> None:
    for sketch, boxes in ZONES_OF.items():
        seen = {zone_at(sketch, x, y) for x in range(0, SIDE, 10) for y in range(0, SIDE, 10)}
        assert seen == {zone for zone, *_ in boxes} | {"other"}, sketch


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"kind": "explosion"}, "marks.0.kind", "no kind of mark"),
        ({"x": 1001}, "marks.0.x", "right of the sketch"),
        ({"y": -1}, "marks.0.x", "above the sketch"),
        ({"y": None}, "marks.0.x", "half a place"),
        ({"x": None, "y": None, "zone": None}, "marks.0.zone", "neither a place nor a zone"),
        ({"x": None, "y": None, "zone": "roof"}, "marks.0.zone", "no zone"),
    ],
)
def test_what_is_no_mark_is_refused_beside_its_field(wrong: dict[str, object], field: str, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_pins("car", [pin(**wrong)], zones_of("car"))
    assert refused.value.field == field, reason


def test_a_bike_has_no_interior() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_pins("bike", [pin(x=None, y=None, zone="interior")], zones_of("bike"))
    assert refused.value.field == "marks.0.zone" and "interior" in zones_of("quadricycle")


def test_two_hundred_pins_are_refused_in_a_sentence() -> None:
    with pytest.raises(RuleBroken, match=f"{MOST_PINS} marques au plus"):
        check_pins("car", [pin(row=row) for row in range(200)], zones_of("car"))


@pytest.mark.parametrize(
    ("seen", "is_double", "reason"),
    [
        ({}, True, "the very place"),
        ({"x": 300 + NEAR}, True, "near enough to be the old one"),
        ({"x": 301 + NEAR}, False, "too far to be the old one"),
        ({"x": None, "y": None}, True, "somewhere in the zone: in doubt it is the old one"),
        ({"kind": "dent"}, False, "another kind"),
        ({"zone": "right"}, False, "another zone"),
    ],
)
def test_in_doubt_a_mark_is_the_old_one(seen: dict[str, object], is_double: bool, reason: str) -> None:
    assert (find_double(pin(**seen), [known()]) is not None) is is_double, reason


def test_a_mark_like_an_old_one_is_noted_only_when_somebody_says_it_is_another() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_new([pin(row=3)], [known()])
    assert refused.value.field == "marks.3.another"
    check_new([pin(another=True)], [known()])


@st.composite
def histories(draw: st.DrawFn) -> list[Known]:
    """Marks of one vehicle over weeks, some mended since."""
    marks = []
    for number in range(draw(st.integers(0, 12))):
        seen_at = draw(HOURS)
        gone_at = draw(st.none() | st.integers(0, 500).map(lambda hours, at=seen_at: at + timedelta(hours=hours)))
        zone, kind = draw(st.sampled_from(sorted(ZONE_NAMES))), draw(st.sampled_from(sorted(KIND_NAMES)))
        marks.append(known(id=number, zone=zone, kind=kind, x=draw(PLACES), y=draw(PLACES), seen_at=seen_at, gone_at=gone_at))
    return marks


@given(histories(), HOURS, HOURS)
def test_nobody_is_shown_an_old_mark_as_theirs(marks: list[Known], left_at: datetime, until: datetime) -> None:
    old = {mark.id for mark in known_at(marks, left_at)}
    new = {mark.id for mark in new_since(marks, left_at=left_at, until=until)}
    assert not old & new
    assert all(mark.seen_at > left_at for mark in marks if mark.id in new)
    assert {mark.id for mark in marks if mark.seen_at <= left_at}.isdisjoint(new), "also one mended before, or since"


@given(histories(), HOURS)
def test_a_vehicle_that_nobody_looked_over_as_it_left_has_nothing_new(marks: list[Known], until: datetime) -> None:
    assert new_since(marks, left_at=None, until=until) == []


@given(histories(), HOURS, st.sampled_from(sorted(KIND_NAMES)), PLACES, PLACES)
def test_the_mark_seen_again_at_its_own_place_never_passes_for_new(marks: list[Known], at: datetime, kind: str, x: int, y: int) -> None:
    (seen,) = check_pins("car", [pin(kind=kind, zone=None, x=x, y=y)], zones_of("car"))
    again = known(zone=seen.zone, kind=kind, x=x, y=y, seen_at=at)
    with pytest.raises(RuleBroken):
        check_new([seen], known_at([*marks, again], at))
