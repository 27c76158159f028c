"""Which pages there are, and who reaches them."""

from functools import cache

from mobility.web.edge import PointEtape
from tests.browser.crawl import Found, crawl
from tests.browser.served import Served
from tests.web.rights import RIGHTS

# Pages that cannot be shown, and why.
NO_PAGE = {
    "offline.worker": "a script; tests/browser/test_without_network.py sees it at work",
    "api_docs.asset": "what the page of the API loads",
    "calendars.feed": "a calendar for phones; tests/web/test_calendars.py reads one",
    "card.receipt": "a PDF; tests/journeys/test_card.py reads it once the card has paid",
    "reminders.letter": "a PDF for who has no phone: all of the demonstration have one; tests/web/test_reminders.py reads it",
}


class Atlas:
    """The pages of a served demonstration, found once for each person."""

    def __init__(self, demo: Served) -> None:
        self._demo = demo
        self.of = cache(self._of)

    def _of(self, name: str) -> Found:
        """What this person reaches."""
        who = self._demo.people[name]
        wanted = {endpoint for endpoint in readable(self._demo.app) if name in RIGHTS.get(endpoint, ())}
        return crawl(self._demo.app, self._demo.client(who), who.start, wanted=wanted)


def readable(app: PointEtape) -> set[str]:
    """Every endpoint that answers a GET, but for the API's own."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/v1/")}
