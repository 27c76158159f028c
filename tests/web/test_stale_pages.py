"""A page whose form is gone, because somebody acted meanwhile, still says what was refused; and says it once."""

from fleet.models import PointEtape
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rental import RentalDesk


def test_a_refusal_is_said_also_where_its_form_is_no_longer_shown(house: House) -> None:
    desk = RentalDesk(house).out()
    answer = post(house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/cancel"), {"reason": "person"})
    assert answer.status_code in (409, 422)
    assert answer.text.count('class="errors"') == 1
    assert 'role="alert"' in answer.text


def test_a_price_asked_from_a_stale_page_is_refused_aloud(house: House) -> None:
    desk, browser = RentalDesk(house), house.client(Role.ADVISER)
    show = house.page(f"bookings/{desk.booking_id}")
    assert post(browser, f"{show}/cancel", {"reason": "no_news"}).status_code == 303
    answer = browser.get(f"{show}/change?act=shorten&ends_at=2026-03-20T10:00")
    assert (answer.status_code, answer.text.count('class="errors"')) == (409, 1)


def test_a_point_etape_held_meanwhile_leaves_the_next_one_alone_until_it_was_seen(house: House) -> None:
    desk, browser = RentalDesk(house).out(), house.client(Role.ADVISER)
    desk.later(days=7)
    page = house.page(f"bookings/{desk.booking_id}/point-etape")
    (shown,) = desk.rows(PointEtape)
    typed = {"step_id": str(shown.id), "mode": "pole", "odometer_km": "48100", "job_state": "working", "next_step": "none"}
    assert post(browser, page, typed).status_code == 303
    for path in (page, f"{page}/reading", f"{page}/state", f"{page}/job"):
        answer = post(browser, path, typed)
        assert answer.status_code == 409 and "a été tenu entre-temps" in answer.text, path
    _, following = desk.rows(PointEtape)
    assert f'name="step_id" value="{following.id}"' in answer.text, "whoever was told may go on"
    assert (following.held_at, following.reading_id, following.job_state) == (None, None, None)


def test_a_refusal_whose_page_cannot_be_drawn_is_not_said_twice(house: House) -> None:
    answer = post(house.client(Role.MANAGER), house.page("settings/nothing-of-the-kind"), {"value": ""})
    assert answer.status_code == 404
    assert 'class="errors"' not in answer.text
