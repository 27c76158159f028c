"""The desk: what the day asks of whoever is signed in, one click from each act; and the search box."""

from flask import Blueprint, Flask, render_template, request, url_for

from mobility.clock import today
from mobility.desk import next_act
from mobility.rights import STAFF, Viewer
from mobility.slots import NavItem, Slot, fill, gather
from mobility.web.access import allow
from mobility.web.viewer import viewer

pages = Blueprint("desk", __name__)

WORDS_MAX = 80


def register(app: Flask) -> None:
    """Hang the desk, and its entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)


def _nav(viewer: Viewer) -> list[NavItem]:
    if not viewer.is_staff:
        return []
    return [NavItem(order=10, label="Bureau", href=url_for("desk.show"), icon="calendar-check", endpoint="desk.show")]


@pages.get("/p/<slug>/desk")
@allow(*STAFF)
def show() -> str:
    """The cards of the day."""
    cards = gather(Slot.DESK, viewer(), today())
    return render_template("gathered/desk.html", cards=cards, first=next_act(cards), today=today())


@pages.get("/p/<slug>/search")
@allow(*STAFF)
def search() -> str:
    """What the words find, by kind."""
    words = request.args.get("q", "").replace("\x00", "").strip()[:WORDS_MAX]
    hits = gather(Slot.SEARCH, words, viewer()) if words else []
    kinds = {kind: [hit for hit in hits if hit.kind == kind] for kind in dict.fromkeys(hit.kind for hit in hits)}
    return render_template("gathered/search.html", words=words, kinds=kinds, count=len(hits))
