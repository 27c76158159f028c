"""A demonstration and a crawl of it for each file of this folder, so that no file meets what another one did; one Chromium for all.

Each worker has its own of them, and takes any test: none may count on what another one did before it.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.atlas import Atlas
from tests.browser.chromium import launch
from tests.browser.served import Served, make_demo, serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(make_demo(tmp_path_factory.mktemp("demo"))) as served:
        yield served


@pytest.fixture(scope="module")
def atlas(demo: Served) -> Atlas:
    return Atlas(demo)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser
