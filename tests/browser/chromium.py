"""The system's Chromium, and what a tab of it tells: what went over the wire, and what it complained of."""

import os
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.served import Served, Who

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=fr-FR",
]
DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)


def launch(playwright: Playwright) -> Browser:
    """Chromium without a screen, that speaks to nobody but us."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, env={**os.environ, "LANGUAGE": "fr"})


def open_context(browser: Browser, demo: Served, who: Who, **more: object) -> BrowserContext:
    """A browser of one person, signed in."""
    context = browser.new_context(base_url=demo.url, viewport=DESK, locale="fr-FR", timezone_id="Europe/Paris", **more)  # type: ignore[arg-type]
    if cookie := demo.client(who).get_cookie("session"):
        context.add_cookies([{"name": "session", "value": cookie.value, "url": demo.url}])
    return context


class Tab:
    """A tab that weighs what it loads and keeps what it complains of."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self._complaints: list[str] = []
        self._asked: dict[str, str] = {}
        self._weights: dict[str, int] = defaultdict(int)  # the first time; later the cache may answer
        self._on_page: set[str] = set()
        self.page.on("console", lambda said: said.type == "error" and self._complaints.append(said.text))
        self.page.on("pageerror", lambda error: self._complaints.append(str(error)))
        wire = context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._ask)
        wire.on("Network.loadingFinished", self._weigh)

    def open(self, path: str) -> int:
        """Go there; the status it answers."""
        self._complaints.clear()
        self._on_page.clear()
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def complaints(self) -> list[str]:
        """What the console said since the page was opened, refusals of the security policy included."""
        return [f"console: {said}" for said in self._complaints]

    def weight(self) -> tuple[int, int]:
        """Bytes of this page on the wire for somebody who comes for the first time, and for whoever was here before."""
        kept = {url for url in self._on_page if urlsplit(url).path.startswith("/static/")}
        return sum(self._weights[url] for url in self._on_page), sum(self._weights[url] for url in self._on_page - kept)

    def picture(self, path: Path) -> None:
        """The whole page as a picture; asked a second time where Chromium, on busy cores, drew no frame for the first."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.page.screenshot(path=path, full_page=True)
        except PlaywrightTimeout:
            self.page.bring_to_front()
            self.page.screenshot(path=path, full_page=True)

    def _ask(self, event: dict) -> None:
        if event["request"]["url"].startswith("http"):
            self._asked[event["requestId"]] = event["request"]["url"]
            self._on_page.add(event["request"]["url"])

    def _weigh(self, event: dict) -> None:
        if url := self._asked.get(event["requestId"]):
            self._weights[url] = max(self._weights[url], int(event["encodedDataLength"]))
