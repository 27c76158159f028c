"""A demonstration and a crawl of it for each file of this folder, so that no file meets what another one did; one Chromium for all."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.atlas import Atlas
from tests.browser.chromium import launch
from tests.browser.served import Served, make_demo, serve

BY_THEMSELVES = ("manager", "empty")  # half of all pictures: another worker takes them beside the other readers'


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium; a file's tests share a worker, and its demonstration."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            apart = "apart" if any(f"at_every_width[{name}]" in item.name for name in BY_THEMSELVES) else ""
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}{apart}"))


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
