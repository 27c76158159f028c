"""Every page of the demonstration that each role reaches, at 1280 and 320 pixels: whole, readable by everybody, light."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from demo.platforms import VALBRUME
from mobility.rights import Role
from tests.browser.atlas import AFTER_AN_ACT, UNLINKED, Atlas, readable
from tests.browser.chromium import DESK, PHONE, Tab, open_context
from tests.browser.served import Served
from tests.statements import counted

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
PEOPLE = ["visitor", *(role.value for role in Role), "empty"]
FIRST_VISIT, AFTER = 150_000, 30_000  # bytes on the wire (faces.md)
MOST_STATEMENTS = 40  # a file gathers all that is known of a person in 37
NOT_OURS = {"api_docs.show"}  # Swagger UI: it must answer, and its picture is taken
CODES = re.compile(
    r"\bNone\b|\bundefined\b|\bNaN\b|\{\{|\}\}|\{%|<[A-Z]\w+[. ]|\b[a-z]+_[a-z_]+\b(?!\.csv)"
    r"|\b(held|confirmed|cancelled|returned|received|accepted|redirected|refused|settled|pending|cash|cheque|transfer|daily|car|bike|ebike)\b"
)
AXE = Axe()


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_is_whole_at_both_widths(demo: Served, atlas: Atlas, chromium: Browser, name: str) -> None:
    found = atlas.of(name)
    assert found.pages and not found.broken, found.broken
    with open_context(chromium, demo, demo.people[name]) as context:
        tab = Tab(context)
        faults = [
            f"{name} {endpoint} {path}: {fault}"
            for endpoint, path in sorted(found.pages.items())
            for fault in _faults(tab, endpoint, path, f"{name}-{endpoint}")
        ]
    assert not faults, "\n".join(faults)


def test_every_page_has_a_link_that_leads_there(demo: Served, atlas: Atlas) -> None:
    reached = set().union(*(atlas.of(name).endpoints for name in PEOPLE))
    nobody = readable(demo.app) - reached
    assert nobody >= UNLINKED.keys(), f"reached after all: {sorted(UNLINKED.keys() - nobody)}"
    # What stands behind an act is reached on some days of the demonstration and not on others: its people live by the clock.
    lost = nobody - UNLINKED.keys() - AFTER_AN_ACT.keys()
    assert not lost, f"nobody reaches {sorted(lost)}"


@pytest.mark.parametrize(("name", "path"), [("visitor", "nowhere"), ("mechanic", "money"), ("treasurer", "people/999999")])
def test_a_page_that_is_not_theirs_or_not_there_says_so(demo: Served, chromium: Browser, name: str, path: str) -> None:
    with open_context(chromium, demo, demo.people[name]) as context:
        tab = Tab(context)
        assert tab.open(f"/p/{VALBRUME.slug}/{path}") in (403, 404)
        faults = list(_at_both_widths(tab, f"{name}-refused-{path.replace('/', '-')}"))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("name", "path"), [("prescriber", "liaison-forms/new"), ("adviser", "people/new"), ("mechanic", "vehicles/new")])
def test_a_form_sent_empty_says_what_to_do_beside_each_field(demo: Served, chromium: Browser, name: str, path: str) -> None:
    with open_context(chromium, demo, demo.people[name]) as context:
        tab = Tab(context)
        assert tab.open(f"/p/{VALBRUME.slug}/{path}") == 200
        with tab.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            tab.page.locator("main form .acts button").first.click()
        assert sent.value.status == 422
        assert tab.page.locator("main [aria-invalid=true]").count() >= 1
        faults = list(_at_both_widths(tab, f"{name}-empty-{path.replace('/', '-')}"))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_asks_the_database_again_for_each_row(demo: Served, atlas: Atlas, name: str) -> None:
    client, asked = demo.client(demo.people[name]), {}
    for endpoint, path in atlas.of(name).pages.items():
        with counted(demo.app) as statements:
            client.get(path)
        asked[endpoint] = len(statements)
    assert not {endpoint: count for endpoint, count in asked.items() if count > MOST_STATEMENTS}


def _faults(tab: Tab, endpoint: str, path: str, picture: str) -> Iterator[str]:
    status = tab.open(path)
    if status != 200:
        yield f"answers {status}"
    seen = list(_at_both_widths(tab, picture))
    if endpoint not in NOT_OURS:
        yield from seen
        yield from tab.complaints()
        yield from _heavy(tab, endpoint)
        yield from (f"shows “{code}”" for code in sorted({hit.group() for hit in CODES.finditer(tab.page.inner_text("main"))}))


def _at_both_widths(tab: Tab, picture: str) -> Iterator[str]:
    for size in (PHONE, DESK):
        tab.page.set_viewport_size(size)
        tab.picture(PICTURES / str(size["width"]) / f"{picture}.png")
        yield from (f"at {size['width']} px: {fault}" for fault in _seen(tab))


def _seen(tab: Tab) -> Iterator[str]:
    over = tab.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        yield f"scrolls sideways by {over} px"
    for violation in AXE.run(tab.page).response["violations"]:
        yield f"axe {violation['id']}: " + "; ".join(f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:3])


def _heavy(tab: Tab, endpoint: str) -> Iterator[str]:
    first, after = tab.weight()
    print(f"{endpoint:<32} {first / 1000:6.1f} kB the first time, {after / 1000:5.1f} kB after")
    if first >= FIRST_VISIT or after >= AFTER:
        yield f"weighs {first} bytes, {after} after"
