"""Which pages there are, and who reaches them."""

from functools import cache

from mobility.web.edge import PointEtape
from tests.browser.crawl import Found, crawl
from tests.browser.served import Served
from tests.web.rights import RIGHTS

# Pages that no link leads to, and why.
UNLINKED = {
    "style": "shows every part of a page to whoever writes one",
    "api_docs.asset": "what the page of the API loads",
    "accounts.link": "opened from a mail",
    "card.link": "opened from a mail, a text message or a QR code",
    "card.receipt": "opened from card.link once paid",
    "card.back": "where the card gateway sends back to",
}

# Pages that the demonstration, as it is built, has no row for yet; and the act that opens them.
AFTER_AN_ACT = {
    "assessments.evaluation": "somebody's assessment asks for an evaluation",
    "assessments.overview": "an assessment is under way",
    "assessments.questions": "an assessment is under way",
    "bookings.change": "another date was typed, or another vehicle chosen",
    "bookings.choose": "days were typed and a vehicle chosen",
    "deposits.new": "a booking is confirmed",
    "handovers.check_out": "a contract is signed",
    "imports.show": "files were sent",
    "paths.action_end": "an action without a vehicle was begun",
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
