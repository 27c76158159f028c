"""Who came to an appointment, late or not at all: noted in one tap, read on the file and the desk (domain.md §4)."""

from datetime import timedelta

import pytest

from mobility.actions.meetings import plan_meeting
from mobility.rights import Role
from tests.browsing import post
from tests.house import House


@pytest.fixture
def meeting_id(house: House) -> int:
    """An appointment in an hour."""
    with house.writing():
        starts_at = house.clock() + timedelta(hours=1)
        by = house.viewer(Role.ADVISER)
        return plan_meeting(house.beneficiary_id, kind="follow_up", starts_at=starts_at, by=by, now=house.clock()).id


def test_an_absence_is_noted_in_one_tap_once_its_hour_has_come(house: House, meeting_id: int) -> None:
    adviser, page = house.client(Role.ADVISER), house.page(f"meetings/{meeting_id}")
    assert "Absent·e" not in adviser.get(page).text
    assert post(adviser, f"{page}/miss").status_code == 409, "not before it begins"
    house.clock.forward(hours=2)
    assert "Absent·e" in adviser.get(page).text
    answer = post(adviser, f"{page}/miss")
    assert answer.status_code == 303 and answer.location.endswith("/meetings/new"), "another one is proposed at once"
    assert post(adviser, f"{page}/miss").status_code == 409
    file, desk = adviser.get(house.page(f"people/{house.beneficiary_id}")).text, adviser.get(house.page("desk")).text
    assert "absent·e" in file and "absent·e" in desk
    assert post(adviser, f"{page}/hold").status_code == 303, "they came after all"
    assert "absent·e" not in adviser.get(house.page(f"people/{house.beneficiary_id}")).text


def test_who_came_late_came(house: House, meeting_id: int) -> None:
    house.clock.forward(hours=2)
    adviser = house.client(Role.ADVISER)
    assert post(adviser, house.page(f"meetings/{meeting_id}/hold"), {"late": "yes"}).status_code == 303
    assert "venu·e en retard" in adviser.get(house.page(f"people/{house.beneficiary_id}")).text
    assert post(adviser, house.page(f"meetings/{meeting_id}/miss")).status_code == 409


def test_the_api_notes_the_same(house: House, meeting_id: int) -> None:
    api, by = house.app.test_client(), house.bearer(Role.ADVISER)
    house.clock.forward(hours=2)
    missed = api.post(house.api(f"meetings/{meeting_id}/miss"), json={}, headers=by)
    assert missed.status_code == 200 and missed.json["missed_at"] and not missed.json["held_at"]
    held = api.post(house.api(f"meetings/{meeting_id}/hold"), json={"late": True}, headers=by).json
    assert held["came_late"] and held["held_at"] and held["missed_at"] is None
    assert api.post(house.api(f"meetings/{meeting_id}/hold"), json={"late": "oui"}, headers=by).status_code == 422
