"""The board by the keyboard, by drag, and where JavaScript is off: each way ends on the page that says the price or asks for whom."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import PHONE, open_context
from tests.browser.served import Served

NEW = re.compile(r"/bookings/new\?kind=\w+&site_id=\d+&vehicle_id=\d+&starts_at=2026-11-25T09:00&ends_at=2026-11-27T18:00$")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def board(request: pytest.FixtureRequest, demo: Served, chromium: Browser) -> Iterator[Page]:
    who = demo.people["adviser"]
    with open_context(chromium, demo, who, java_script_enabled=request.param) as context:
        page = context.new_page()
        page.goto(f"/p/{who.slug}/board")
        yield page


def wide_gap(board: Page) -> Locator:
    """A vehicle free for more than some hours: the first of those that stand widest."""
    gaps = board.locator("td.free > a")
    widths = [gap.bounding_box() for gap in gaps.all()]
    return gaps.nth(max(range(len(widths)), key=lambda number: (widths[number] or {"width": 0})["width"]))


only_scripted = pytest.mark.parametrize("board", [True], indirect=True)


@only_scripted
def test_the_arrows_choose_days_and_enter_asks_for_whom(board: Page) -> None:
    """One stop for the whole grid; Tuesday is chosen on arrival, Wednesday by an arrow, two days more with Shift."""
    assert board.locator('.board tbody [tabindex="0"]').count() == 1
    wide_gap(board).focus()
    for key in ("Home", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        board.keyboard.press(key)
    expect(board.get_by_role("status")).to_contain_text("du mercredi 25 novembre au vendredi 27 novembre. Entrée pour réserver.")
    board.keyboard.press("Enter")
    board.wait_for_url(NEW)


@only_scripted
@pytest.mark.parametrize(("key", "act"), [("ArrowRight", "extend"), ("ArrowLeft", "shorten"), ("ArrowDown", "swap")])
def test_shift_and_an_arrow_change_a_booking_on_the_page_of_its_price(board: Page, key: str, act: str) -> None:
    board.locator("td.hold[data-id] > a").first.focus()
    board.keyboard.press(f"Shift+{key}")
    board.keyboard.press("Enter")
    board.wait_for_url(re.compile(rf"/bookings/\d+/change\?act={act}&"))


@only_scripted
@pytest.mark.parametrize(("key", "change"), [("ArrowRight", "act=extend&ends_at=2026-11-25T"), ("ArrowDown", "act=swap&vehicle_id=")])
def test_a_loan_of_some_hours_is_reached_and_moved_like_the_others(board: Page, key: str, change: str) -> None:
    """By the arrows from the gap before it; its return moves by half an hour."""
    loan = board.locator("td.hours > a[data-id]").first
    assert loan.get_attribute("tabindex") == "-1", "one stop for the whole grid"
    board.locator("tr", has=loan).locator("th > a").focus()
    for _ in range(8):
        if loan.evaluate("link => link === document.activeElement"):
            break
        board.keyboard.press("ArrowRight")
    expect(loan).to_be_focused()
    board.keyboard.press(f"Shift+{key}")
    board.keyboard.press("Enter")
    board.wait_for_url(re.compile(rf"/bookings/\d+/change\?{re.escape(change)}"))


@only_scripted
def test_escape_forgets_what_was_chosen(board: Page) -> None:
    board.locator("td.hold[data-id] > a").first.focus()
    board.keyboard.press("Shift+ArrowRight")
    assert board.locator(".ghost").is_visible()
    board.keyboard.press("Escape")
    assert board.locator(".ghost").is_hidden()


@only_scripted
def test_days_are_chosen_by_drag(board: Page) -> None:
    gap, days = wide_gap(board).bounding_box(), board.locator(".days th")
    first, last = days.nth(2).bounding_box(), days.nth(4).bounding_box()
    assert gap and first and last
    board.mouse.move(first["x"] + 12, gap["y"] + 15)
    board.mouse.down()
    board.mouse.move(last["x"] + 12, gap["y"] + 16, steps=4)
    board.mouse.up()
    board.wait_for_url(NEW)


def test_each_place_is_a_link_all_the_same(board: Page) -> None:
    board.locator("td.hold > a").first.click()
    board.wait_for_url(re.compile(r"/bookings/\d+$"))
    board.go_back()
    wide_gap(board).click(position={"x": 60, "y": 15})
    board.wait_for_url(re.compile(r"/bookings/new\?kind=\w+&site_id=\d+&vehicle_id=\d+&starts_at="))


def test_a_phone_reads_each_vehicle_as_a_list(board: Page) -> None:
    board.set_viewport_size(PHONE)
    assert board.get_by_text("du 26 novembre 2026 au").first.is_visible()
    assert board.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
