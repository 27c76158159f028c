"""Distances between places: domain.md §10.4 needs kilometres, architecture.md wants an estimate to say that it is one."""

import math

import pytest

from mobility.geo.places import Place, Precision, RoadDistance, can_measure, estimate_road_km, great_circle_km, say_km


def make_place(*, lat: float = 43.1748, lon: float = 5.6045, insee: str = "13028", precision: Precision = Precision.HOUSE) -> Place:
    return Place(label="ici", postcode="13600", commune="La Ciotat", insee=insee, lat=lat, lon=lon, precision=precision)


LA_CIOTAT = make_place()
AUBAGNE = make_place(lat=43.2927, lon=5.5706, insee="13005")


@pytest.mark.parametrize(
    ("a", "b", "km", "why"),
    [
        (LA_CIOTAT, LA_CIOTAT, 0, "a place is where it is"),
        (LA_CIOTAT, AUBAGNE, 13.39, "two towns of the territory"),
        (
            make_place(lat=-0.82, lon=-99.09),
            make_place(lat=0.82, lon=80.91),
            math.pi * 6371.0088,
            "half the way round, where rounding brings the chord above 1",
        ),
        (make_place(lat=0, lon=179.9), make_place(lat=0, lon=-179.9), 0.2 * math.pi / 180 * 6371.0088, "across the date line"),
    ],
)
def test_great_circle(a: Place, b: Place, km: float, why: str) -> None:
    assert great_circle_km(a, b) == pytest.approx(km, abs=0.01), why
    assert great_circle_km(b, a) == pytest.approx(great_circle_km(a, b)), "there and back"


def test_an_estimate_is_the_great_circle_and_three_tenths_and_says_so() -> None:
    assert estimate_road_km(LA_CIOTAT, AUBAGNE) == RoadDistance(km=17.4, is_estimate=True)


@pytest.mark.parametrize(
    ("distance", "sentence"),
    [
        (RoadDistance(km=18.2, is_estimate=True), "environ 18 km, estimation à vol d’oiseau"),
        (RoadDistance(km=18.2, is_estimate=False), "18 km par la route"),
        (RoadDistance(km=4.26, is_estimate=True), "environ 4,3 km, estimation à vol d’oiseau"),
    ],
)
def test_the_sentence(distance: RoadDistance, sentence: str) -> None:
    assert distance.sentence == sentence


@pytest.mark.parametrize(
    ("km", "said"), [(0, "0 km"), (4.0, "4 km"), (9.94, "9,9 km"), (9.96, "10 km"), (18.5, "18 km"), (120.7, "121 km")]
)
def test_kilometres_as_read(km: float, said: str) -> None:
    assert say_km(km) == said


@pytest.mark.parametrize(
    ("a", "b", "means", "why"),
    [
        (make_place(), make_place(lat=43.18), True, "two addresses of one town"),
        (make_place(precision=Precision.COMMUNE), make_place(precision=Precision.COMMUNE), False, "the same centre twice: 0 km is false"),
        (make_place(), make_place(precision=Precision.COMMUNE), False, "from an address to the centre of its own town says nothing"),
        (make_place(precision=Precision.COMMUNE), make_place(insee="13005", precision=Precision.COMMUNE), True, "two towns"),
    ],
)
def test_a_distance_that_means_nothing_is_not_measured(a: Place, b: Place, means: bool, why: str) -> None:
    assert can_measure(a, b) is means, why


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (0, 180.5), (math.nan, 0), (0, math.inf)])
def test_a_place_off_the_globe_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="globe"):
        make_place(lat=lat, lon=lon)
