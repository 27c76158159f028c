"""The router's contract, on an OSRM-style service (a local server that answers in its shape) and on the estimate."""

from typing import Any

import pytest

from mobility.geo.places import Place, Precision, RoadDistance
from mobility.geo.router import EstimateRouter, OsrmRouter, Router
from mobility.web_json import NoAnswer


def make_place(*, lat: float, lon: float, insee: str) -> Place:
    return Place(label="", postcode="", commune="", insee=insee, lat=lat, lon=lon, precision=Precision.COMMUNE)


LA_CIOTAT = make_place(lat=43.1748, lon=5.6045, insee="13028")
AUBAGNE = make_place(lat=43.2927, lon=5.5706, insee="13005")
ESTIMATE = RoadDistance(km=17.4, is_estimate=True)


@pytest.fixture
def osrm(web_server: Any) -> OsrmRouter:
    web_server.answer = {"code": "Ok", "routes": [{"distance": 18_240.7, "duration": 1320.5, "legs": []}], "waypoints": []}
    return OsrmRouter(web_server.url + "/", timeout_s=0.5)


@pytest.fixture(params=["estimate", "osrm"])
def router(request: pytest.FixtureRequest) -> Router:
    return EstimateRouter() if request.param == "estimate" else request.getfixturevalue("osrm")


def test_two_towns_have_a_distance(router: Router) -> None:
    distance = router.road_km(LA_CIOTAT, AUBAGNE)
    assert distance is not None
    assert 17 < distance.km < 19


def test_one_town_known_by_its_centre_has_none(router: Router) -> None:
    assert router.road_km(LA_CIOTAT, LA_CIOTAT) is None


def test_the_service_gives_the_road_and_is_told_only_two_points(osrm: OsrmRouter, web_server: Any) -> None:
    assert osrm.road_km(LA_CIOTAT, AUBAGNE) == RoadDistance(km=18.2, is_estimate=False)
    assert web_server.asked[0].path == "/route/v1/driving/5.60450,43.17480;5.57060,43.29270?overview=false"


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (400, {"code": "NoRoute", "message": "Impossible route between points"}, "an island"),
        (503, {}, "the service fails"),
        (302, {}, "a redirect is not followed"),
        (200, {"code": "Ok", "routes": []}, "no route"),
        (200, b"<html>", "a proxy's page"),
        (200, b"", "nothing at all"),
        (200, {"routes": [{"distance": "far"}]}, "words for a number"),
        (200, {"routes": [{"distance": -5}]}, "a negative road"),
        (200, b'{"routes": [{"distance": NaN}]}', "not a number"),
        (200, {"routes": [{"distance": 1e30}]}, "farther than the earth is round"),
    ],
)
def test_a_service_that_fails_leaves_the_estimate(osrm: OsrmRouter, web_server: Any, status: int, answer: object, why: str) -> None:
    web_server.status, web_server.answer, web_server.headers = status, answer, {"Location": web_server.url}
    assert osrm.road_km(LA_CIOTAT, AUBAGNE) == ESTIMATE, why
    with pytest.raises(NoAnswer):
        osrm.ask_km(LA_CIOTAT, AUBAGNE)


def test_a_service_that_sleeps_leaves_the_estimate(osrm: OsrmRouter, web_server: Any) -> None:
    web_server.wait_s = 1
    assert osrm.road_km(LA_CIOTAT, AUBAGNE) == ESTIMATE


def test_nobody_at_the_address(dead_url: str) -> None:
    assert OsrmRouter(dead_url).road_km(LA_CIOTAT, AUBAGNE) == ESTIMATE
