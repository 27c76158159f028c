"""The beneficiary's one page: what you have, what is next, what you owe and why."""

from datetime import date
from itertools import groupby, islice

from flask import Blueprint, Flask, render_template, url_for

from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.periods import paris_day, say_moment
from mobility.queries.contacts import contact_of, last_contact_of, say_place
from mobility.queries.looks import Look, list_looks
from mobility.queries.paths import find_next_meeting
from mobility.queries.people import get_beneficiary
from mobility.rights import Role, Viewer
from mobility.slots import Line, NavItem, Section, Slot, fill, gather
from mobility.tongues import NAMES, capital, joined, say
from mobility.web.access import allow
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("own_space", __name__)

LOOKS_SHOWN = 10  # by person and day


def register(app: Flask) -> None:
    """Hang the own space, and its entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)
    fill(app, Slot.OWN_SPACE, _looks)


def _nav(viewer: Viewer) -> list[NavItem]:
    if viewer.beneficiary_id is None:
        return []
    return [NavItem(order=10, label=say("Mon espace"), href=url_for("own_space.show"), icon="house", endpoint="own_space.show")]


def _looks(beneficiary_id: int, viewer: Viewer, today: date) -> list[Section]:
    """Who of the staff looked at the person's file (promises.md "People")."""
    by_day = groupby(list_looks(beneficiary_id), key=lambda look: (paris_day(look.at), look.name, look.in_a_file))
    lines = tuple(_looked(list(looks)) for _, looks in islice(by_day, LOOKS_SHOWN))
    return [
        Section(
            order=95,
            key="looks",
            title=say("Qui a consulté mon dossier"),
            icon="eye",
            lines=lines,
            empty=say("Personne n’a encore ouvert votre dossier."),
        )
    ]


def _looked(looks: list[Look]) -> Line:
    """One person's looks of one day, one after the other: the latest, and how many."""
    times = say("%(count)s fois ce jour-là", count=len(looks)) if len(looks) > 1 else None
    taken = say("dans une liste emportée") if looks[0].in_a_file else None
    return Line(text=looks[0].name, detail=joined(", ", (say_moment(looks[0].at), times, taken)))


@pages.get("/p/<slug>/me")
@allow(Role.BENEFICIARY)
@in_every_tongue
def show() -> str:
    """Everything of one's own on one page."""
    who = viewer()
    if who.beneficiary_id is None:
        raise NotFound
    person = get_beneficiary(who.beneficiary_id, who)
    sections = gather(Slot.OWN_SPACE, person.id, who, today())
    meeting = find_next_meeting(person.id, now())
    contact = contact_of(meeting[0].adviser_id) if meeting else last_contact_of(person.id)
    place = capital(say_place(meeting[1])) if meeting else ""
    return render_template(
        "gathered/own_space.html", person=person, meeting=meeting, contact=contact, place=place, sections=sections, names=NAMES
    )
