"""A page whose form is gone, because somebody acted meanwhile, still says what was refused; and says it once."""

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


def test_a_refusal_whose_page_cannot_be_drawn_is_not_said_twice(house: House) -> None:
    answer = post(house.client(Role.MANAGER), house.page("settings/nothing-of-the-kind"), {"value": ""})
    assert answer.status_code == 404
    assert 'class="errors"' not in answer.text
