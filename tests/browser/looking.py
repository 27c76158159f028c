"""What is looked at on a page: whole at both widths and at twice its size, readable in the light and in the dark, light on the wire."""

import re
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ViewportSize

from tests.browser.chromium import DESK, PHONE, Tab

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
TWICE = ViewportSize(width=640, height=450)  # what is left of the desk's window at 200 %
FIRST_VISIT, AFTER = 150_000, 30_000  # bytes on the wire: an old phone on a poor network waits for every one
CODES = re.compile(
    r"\bNone\b|\bundefined\b|\bNaN\b|\{\{|\}\}|\{%|<[A-Z]\w+[. ]|\b[a-z]+_[a-z_]+\b(?!\.csv)"
    r"|\b(held|confirmed|cancelled|returned|received|accepted|redirected|refused|settled|pending|cash|cheque|transfer|daily|car|bike|ebike)\b"
)
EVERYTHING: dict[str, object] = {"resultTypes": ["violations"]}  # what is in order would be most of a long answer
CONTRAST = EVERYTHING | {"runOnly": ["color-contrast"]}


def at_every_width(tab: Tab, picture: str) -> Iterator[str]:
    """What is wrong with the page as it stands; its pictures are kept."""
    for size in (PHONE, DESK):
        tab.page.set_viewport_size(size)
        tab.picture(PICTURES / str(size["width"]) / f"{picture}.png")
        yield from (f"at {size['width']} px: {fault}" for fault in (*_sideways(tab), *_axe(tab)))
    yield from (f"in the dark: {fault}" for fault in _in_the_dark(tab, picture))
    tab.page.set_viewport_size(TWICE)
    yield from (f"at 200 %: {fault}" for fault in _sideways(tab))


def words_for_codes(tab: Tab) -> Iterator[str]:
    """Codes that stand where a word should."""
    yield from (f"shows “{code}”" for code in sorted({hit.group() for hit in CODES.finditer(tab.page.inner_text("main"))}))


def heavy(tab: Tab, endpoint: str) -> Iterator[str]:
    """Whether it is too much for a telephone; the weights are printed."""
    first, after = tab.weight()
    print(f"{endpoint:<32} {first / 1000:6.1f} kB the first time, {after / 1000:5.1f} kB after")
    if first >= FIRST_VISIT or after >= AFTER:
        yield f"weighs {first} bytes, {after} after"


def _in_the_dark(tab: Tab, picture: str) -> Iterator[str]:
    tab.page.emulate_media(color_scheme="dark")
    tab.picture(PICTURES / "dark" / f"{picture}.png")
    yield from _axe(tab, CONTRAST)
    tab.page.emulate_media(color_scheme="light")


def _sideways(tab: Tab) -> Iterator[str]:
    over = tab.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        yield f"scrolls sideways by {over} px"


def _axe(tab: Tab, options: dict[str, object] = EVERYTHING) -> Iterator[str]:
    if not tab.page.evaluate("'axe' in window"):  # half a megabyte: once a page, not once a look
        tab.page.evaluate(AXE_SCRIPT)
    for violation in tab.page.evaluate("options => axe.run(options).then(told => told.violations)", options):
        yield f"axe {violation['id']}: " + "; ".join(f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:3])
