"""The manager's dated settings: typed by kind, from a day on, the past left as it was."""

from datetime import date, timedelta

import pytest

from mobility import practice
from mobility.db import db
from mobility.models import Setting
from mobility.rights import Role
from tests.browsing import post
from tests.house import House

DAYS, SECOND_FACTOR, HOUR = "fleet.point_etape_days", "accounts.second_factor", "billing.return_hour"


def value_on(house: House, key: str, day: date) -> object:
    with house.reading():
        return practice.value_on(key, day)


def send(house: House, key: str, value: str, from_on: str) -> int:
    client = house.client(Role.MANAGER)
    return post(client, house.page(f"/settings/{key}"), {"value": value, "from_on": from_on}).status_code


def test_a_rule_changes_from_its_day_on_and_not_before(house: House) -> None:
    today, later = date(2026, 3, 2), date(2026, 3, 20)
    assert send(house, DAYS, "14", "2026-03-20") == 303
    assert [value_on(house, DAYS, day) for day in (today, later - timedelta(days=1), later)] == [7, 7, 14]
    assert send(house, DAYS, "10", "2026-03-20") == 303, "what has not begun may still be thought over"
    assert value_on(house, DAYS, later) == 10


@pytest.mark.parametrize(
    ("key", "value", "from_on", "why"),
    [
        (DAYS, "14", "2026-03-01", "the past stays"),
        (DAYS, "sept", "2026-03-03", "not a number"),
        (DAYS, "7.5", "2026-03-03", "not whole"),
        (HOUR, "25:00", "2026-03-03", "no such hour"),
        (SECOND_FACTOR, "peut-être", "2026-03-03", "neither yes nor no"),
        (DAYS, "7", "2026-02-30", "no such day"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(house: House, key: str, value: str, from_on: str, why: str) -> None:
    assert send(house, key, value, from_on) == 422, why
    with house.reading():
        assert db.session.query(Setting).filter_by(key=key).count() == 0


def test_a_second_change_of_today_is_a_conflict(house: House) -> None:
    assert send(house, HOUR, "13:00", "2026-03-02") == 303
    assert send(house, HOUR, "14:00", "2026-03-02") == 409
    assert value_on(house, HOUR, date(2026, 3, 2)) == "13:00"


def test_an_unknown_rule_is_not_found(house: House) -> None:
    assert house.client(Role.MANAGER).get(house.page("/settings/no.such")).status_code == 404


def test_the_api_speaks_the_same_rules(house: House) -> None:
    client, head = house.client(None), house.bearer(Role.MANAGER)
    sent = client.post(house.api(f"/settings/{DAYS}"), json={"value": 10, "from_on": "2026-03-09"}, headers=head)
    assert sent.status_code == 201 and sent.json["today"] == 7
    assert sent.json["values"] == [{"from_on": "2026-03-09", "value": 10}]
    refused = client.post(house.api(f"/settings/{DAYS}"), json={"value": 7.5, "from_on": "2026-03-09"}, headers=head)
    assert refused.status_code == 422 and "value" in refused.json["errors"]
    assert {s["key"] for s in client.get(house.api("/settings"), headers=head).json} >= {DAYS, HOUR}


def test_the_api_gathers_too(house: House) -> None:
    client, head = house.client(None), house.bearer(Role.ADVISER)
    assert client.get(house.api("/desk"), headers=head).status_code == 200
    assert client.get(house.api("/search?q=Camille"), headers=head).json[0]["label"]
    assert client.get(house.api(f"/people/{house.beneficiary_id}/file"), headers=head).status_code == 200
    assert client.get(house.api("/me"), headers=house.bearer(Role.BENEFICIARY)).status_code == 200
