"""The outbox on screen: messages as they were written, and whether they went out."""

from flask import Blueprint, Flask, current_app, url_for
from flask.typing import ResponseReturnValue

from mobility.errors import Forbidden
from mobility.office_lists import MESSAGES, became_of
from mobility.outbox import without_secrets
from mobility.queries.messages import all_messages
from mobility.rights import STAFF, Role, Viewer
from mobility.slots import NavItem, Slot, fill
from mobility.web.access import allow
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("outbox", __name__)


def register(app: Flask) -> None:
    """Hang the outbox, and its entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)


def _nav(viewer: Viewer) -> list[NavItem]:
    if not _may_read(viewer):
        return []
    return [NavItem(order=80, label="Messages", href=url_for("outbox.show"), icon="envelope", endpoint="outbox.show")]


def _may_read(viewer: Viewer) -> bool:
    return viewer.may(Role.MANAGER) or (_is_demo() and viewer.is_staff)


def _is_demo() -> bool:
    return bool(current_app.extensions["settings"].demo)


@pages.get("/p/<slug>/outbox")
@allow(*STAFF)
def show() -> ResponseReturnValue:
    """The latest messages first; outside a demonstration, links are shown without what opens them."""
    if not _may_read(viewer()):
        raise Forbidden("Les messages envoyés se lisent avec le rôle de responsable.")
    return show_list(
        MESSAGES, all_messages(), "gathered/outbox.html", shown=_as_written if _is_demo() else without_secrets, became_of=became_of
    )


def _as_written(body: str) -> str:
    return body
