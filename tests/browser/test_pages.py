"""Every page of the demonstration that each role reaches, at 1280 and 320 pixels: whole, readable by everybody, light."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from demo.platforms import VALBRUME
from mobility.rights import Role
from tests.browser.atlas import NO_PAGE, Atlas, readable
from tests.browser.chromium import Tab, open_context
from tests.browser.looking import at_every_width, heavy, words_for_codes
from tests.browser.served import Served
from tests.browser.ways import WAYS
from tests.statements import counted

PEOPLE = sorted(["visitor", *(role.value for role in Role), "empty"], key=lambda name: name != "manager")  # the longest first
MOST_STATEMENTS = 40  # a file gathers all that is known of a person in 38
NOT_OURS = {"api_docs.show"}  # Swagger UI: it must answer, and its picture is taken


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_is_whole_at_every_width(demo: Served, atlas: Atlas, chromium: Browser, name: str) -> None:
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


def test_no_page_goes_unseen(demo: Served, atlas: Atlas) -> None:
    reached = set().union(*(atlas.of(name).endpoints for name in PEOPLE))
    assert not NO_PAGE.keys() & (reached | WAYS.keys()), "it can be shown after all"
    unseen = readable(demo.app) - reached - WAYS.keys() - NO_PAGE.keys()
    assert not unseen, f"nobody reaches {sorted(unseen)}"


@pytest.mark.parametrize(("name", "path"), [("visitor", "nowhere"), ("mechanic", "money"), ("treasurer", "people/999999")])
def test_a_page_that_is_not_theirs_or_not_there_says_so(demo: Served, chromium: Browser, name: str, path: str) -> None:
    with open_context(chromium, demo, demo.people[name]) as context:
        tab = Tab(context)
        assert tab.open(f"/p/{VALBRUME.slug}/{path}") in (403, 404)
        faults = list(at_every_width(tab, f"{name}-refused-{path.replace('/', '-')}"))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("name", "path"), [("prescriber", "liaison-forms/new"), ("adviser", "people/new"), ("mechanic", "vehicles/new?kind=car")]
)
def test_a_form_sent_empty_says_what_to_do_beside_each_field(demo: Served, chromium: Browser, name: str, path: str) -> None:
    with open_context(chromium, demo, demo.people[name]) as context:
        tab = Tab(context)
        assert tab.open(f"/p/{VALBRUME.slug}/{path}") == 200
        with tab.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            tab.page.locator("main form .acts button").first.click()
        assert sent.value.status == 422
        assert tab.page.locator("main [aria-invalid=true]").count() >= 1
        faults = list(at_every_width(tab, f"{name}-empty-{path.replace('/', '-')}"))
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
    seen = list(at_every_width(tab, picture))
    if endpoint not in NOT_OURS:
        yield from seen
        yield from tab.complaints()
        yield from heavy(tab, endpoint)
        yield from words_for_codes(tab)
