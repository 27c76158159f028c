"""Every page that somebody can reach by following links from their start, one page an endpoint."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from urllib.parse import urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from mobility.web.edge import PointEtape

MOST_PER_ENDPOINT = 30  # how many pages of one endpoint are read for their links while something is still to be found
OUTSIDE = ("/api/v1/", "/static/", "/card-gateway")


@dataclass(kw_only=True)
class Found:
    """What a crawl met: a first page per endpoint, papers and pictures apart, and links that lead nowhere."""

    pages: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @property
    def endpoints(self) -> set[str]:
        """Every endpoint that answered."""
        return self.pages.keys() | self.papers.keys()


def crawl(app: PointEtape, client: FlaskClient, start: str, *, wanted: set[str]) -> Found:
    """Follow links, the least seen endpoints first, until all wanted are found or nothing new is to be had."""
    found, queue = Found(), _Queue(app)
    queue.add(start, "the start")
    while (step := queue.take()) and not (wanted <= found.endpoints and queue.is_tired(step.endpoint)):
        if step.endpoint in found.papers and step.path.endswith(".zip"):
            continue  # it leads nowhere, and each is written anew
        answer = client.get(step.path)
        if answer.status_code in (302, 303):
            queue.add(urljoin(step.path, answer.headers["Location"]), step.path)
        elif answer.status_code != 200:
            found.broken.append(f"{step.origin} links to {step.path}, which answers {answer.status_code}")
        elif answer.mimetype != "text/html":
            found.papers.setdefault(step.endpoint, step.path)
        else:
            found.pages.setdefault(step.endpoint, step.path)
            for link in links_of(answer.text):
                queue.add(urljoin(step.path, link), step.path)
    return found


def endpoint_of(app: PointEtape, path: str) -> str | None:
    """The endpoint that answers a GET of this path."""
    try:
        return app.url_map.bind("localhost").match(urlsplit(path).path)[0]
    except HTTPException:
        return None


def links_of(html: str) -> list[str]:
    """Where a page's links, pictures and filters lead, on this site."""
    reader = _Links()
    reader.feed(html)
    return reader.links


@dataclass(frozen=True, kw_only=True)
class _Step:
    path: str
    endpoint: str
    origin: str


class _Queue:
    """Paths still to open: those whose endpoint was seen least come first."""

    def __init__(self, app: PointEtape) -> None:
        self._app, self._order = app, count()
        self._heap: list[tuple[int, int, _Step]] = []
        self._known: set[str] = set()
        self._queued: Counter[str] = Counter()
        self._taken: Counter[str] = Counter()

    def add(self, link: str, origin: str) -> None:
        path = urldefrag(link).url
        if urlsplit(path).netloc or path in self._known or path.startswith(OUTSIDE):
            return
        self._known.add(path)
        endpoint = endpoint_of(self._app, path) or "nothing"
        heapq.heappush(self._heap, (self._queued[endpoint], next(self._order), _Step(path=path, endpoint=endpoint, origin=origin)))
        self._queued[endpoint] += 1

    def take(self) -> _Step | None:
        """The next one; None when all that is left has been seen often enough."""
        if not self._heap or self._heap[0][0] >= MOST_PER_ENDPOINT:
            return None
        step = heapq.heappop(self._heap)[2]
        self._taken[step.endpoint] += 1
        return step

    def is_tired(self, endpoint: str) -> bool:
        """Whether this endpoint has been opened before the step that was just taken."""
        return self._taken[endpoint] > 1


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "get").lower() != "get":
            return
        link = given.get({"a": "href", "img": "src", "form": "action"}.get(tag, ""))
        if link and not link.startswith(("data:", "mailto:", "tel:", "sms:", "#")):
            self.links.append(link)
