"""A liaison form that the house's own prescriber sent, with a paper they saw and one they sent to be seen."""

from mobility.actions.liaison import send_liaison_form
from mobility.actions.liaison_papers import add_paper
from mobility.periods import paris_day
from mobility.rights import Role
from tests.house import House
from tests.rules.test_uploads import make_picture


def send_papers(house: House, name: str) -> None:
    """Send them, inside `writing`."""
    by, now = house.viewer(Role.PRESCRIBER), house.clock()
    sent = send_liaison_form(person={"first_name": name, "last_name": name}, motive="job", consent=True, by=by, now=now)
    for content in (make_picture(), None):
        add_paper(sent.id, kind="job", seen_on=paris_day(now), content=content, by=by, now=now)
