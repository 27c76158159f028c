"""The pages behind an act: done in the browser as somebody would, then looked at like all others."""

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import Tab, open_context
from tests.browser.crawl import endpoint_of
from tests.browser.hands import Mouse
from tests.browser.looking import at_every_width, words_for_codes
from tests.browser.served import Served
from tests.browser.ways import WAYS


@pytest.mark.parametrize("endpoint", WAYS)
def test_a_page_behind_an_act_is_whole_at_every_width(demo: Served, chromium: Browser, endpoint: str) -> None:
    name, walk = WAYS[endpoint]
    with open_context(chromium, demo, demo.people[name]) as context:
        tab = Tab(context)
        walk(Mouse(tab.page), demo)
        assert endpoint_of(demo.app, tab.page.url) == endpoint, tab.page.url
        faults = [*at_every_width(tab, f"{name}-{endpoint}"), *tab.complaints(), *words_for_codes(tab)]
    assert not faults, "\n".join(faults)
