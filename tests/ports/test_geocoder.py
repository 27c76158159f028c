"""The geocoder's contract, on the national base (a local server that answers in its shape) and on our own table."""

import logging
from typing import Any

import pytest

from mobility.geo.ban import BanGeocoder
from mobility.geo.geocoder import NO_ANSWER, NOTHING_FOUND, Geocoder, TableGeocoder
from mobility.geo.places import Precision


def make_answer(*, kind: str = "municipality", label: str = "Aubagne", lon: Any = 5.5706) -> dict[str, Any]:
    properties = {"label": label, "postcode": "13400", "city": "Aubagne", "citycode": "13005", "type": kind, "score": 0.97}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, 43.2927]}, "properties": properties}],
    }


@pytest.fixture
def ban(web_server: Any) -> BanGeocoder:
    web_server.answer = make_answer()
    return BanGeocoder(domain=f"{web_server.host}/geocodage", scheme="http", timeout_s=0.5)


@pytest.fixture(params=["table", "ban"])
def geocoder(request: pytest.FixtureRequest) -> Geocoder:
    return TableGeocoder() if request.param == "table" else request.getfixturevalue("ban")


def test_a_town_is_found(geocoder: Geocoder) -> None:
    found = geocoder.find("aubagne")
    place = found.places[0]
    assert (place.postcode, place.commune, place.insee, place.precision) == ("13400", "Aubagne", "13005", Precision.COMMUNE)
    assert (place.lat, place.lon) == (43.2927, 5.5706)
    assert found.reason is None


@pytest.mark.parametrize("typed", ["", "  ", "a", "\x00", "\ud800" * 5])
def test_nonsense_gives_a_sentence_and_never_an_error(geocoder: Geocoder, typed: str, web_server: Any) -> None:
    web_server.answer = {"type": "FeatureCollection", "features": []}
    found = geocoder.find(typed)
    assert found.places == ()
    assert found.reason in {NOTHING_FOUND, NO_ANSWER}


def test_the_national_base_is_asked_at_the_address_of_the_settings(ban: BanGeocoder, web_server: Any) -> None:
    web_server.answer = make_answer(kind="housenumber", label="12 Rue Exemple 13400 Aubagne")
    found = ban.find("  12 rue  exemple Aubagne ", limit=3)
    assert web_server.asked[0].path == "/geocodage/search?q=12+rue+exemple+Aubagne&limit=3"
    assert found.places[0].precision is Precision.HOUSE


def test_a_limit_out_of_bounds_is_brought_back(ban: BanGeocoder, web_server: Any) -> None:
    ban.find("aubagne", limit=10_000)
    ban.find("aubagne", limit=-1)
    assert [asked.path.partition("limit=")[2] for asked in web_server.asked] == ["20", "1"]


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (500, {"error": "no"}, "the service fails"),
        (429, {}, "more than 50 requests a second"),
        (400, {"code": 400}, "a query it does not like"),
        (200, b"<html>", "a proxy's page"),
        (200, b"\xff\xfe", "not even text"),
        (200, {"features": [{}]}, "another shape"),
        (200, {"features": [{"geometry": {"coordinates": [5.5, 43.2]}, "properties": None}]}, "no properties"),
        (200, make_answer(kind="asteroid"), "a precision nobody knows"),
        (200, make_answer(lon=500), "off the globe"),
    ],
)
def test_a_service_that_fails_gives_no_place_and_its_reason(
    ban: BanGeocoder, web_server: Any, status: int, answer: object, why: str
) -> None:
    web_server.status, web_server.answer = status, answer
    found = ban.find("aubagne")
    assert found.places == (), why
    assert found.reason == NO_ANSWER, why


def test_no_address_reaches_the_log(ban: BanGeocoder, web_server: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ban.find("12 rue du secret")
    web_server.status, web_server.answer = 500, {"q": "12 rue du secret"}
    ban.find("12 rue du secret")
    assert "secret" not in caplog.text


def test_a_service_that_sleeps_is_not_waited_for(ban: BanGeocoder, web_server: Any) -> None:
    web_server.wait_s = 1
    assert ban.find("aubagne").reason == NO_ANSWER


def test_nobody_at_the_address(dead_url: str) -> None:
    assert BanGeocoder(domain=dead_url.removeprefix("http://"), scheme="http").find("aubagne").reason == NO_ANSWER
