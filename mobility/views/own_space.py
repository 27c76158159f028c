"""The beneficiary's one page: what you have, what is next, what you owe and why."""

from flask import Blueprint, Flask, render_template, url_for

from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.queries.files import find_next_meeting, get_platform
from mobility.queries.people import get_beneficiary
from mobility.rights import Role, Viewer
from mobility.slots import NavItem, Slot, fill, gather
from mobility.web.access import allow
from mobility.web.platform import here
from mobility.web.viewer import viewer

pages = Blueprint("own_space", __name__)


def register(app: Flask) -> None:
    """Hang the own space, and its entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)


def _nav(viewer: Viewer) -> list[NavItem]:
    if viewer.beneficiary_id is None:
        return []
    return [NavItem(order=10, label="Mon espace", href=url_for("own_space.show"), icon="house", endpoint="own_space.show")]


@pages.get("/p/<slug>/me")
@allow(Role.BENEFICIARY)
def show() -> str:
    """Everything of one's own on one page."""
    who = viewer()
    if who.beneficiary_id is None:
        raise NotFound
    person = get_beneficiary(who.beneficiary_id, who)
    sections = gather(Slot.OWN_SPACE, person.id, who, today())
    meeting = find_next_meeting(person.id, now())
    return render_template("gathered/own_space.html", person=person, meeting=meeting, sections=sections, house=get_platform(here().id))
