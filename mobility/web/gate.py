"""Between the door and the pages: a code that opened the door is replaced first, and staff show a second factor."""

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from mobility import practice
from mobility.clock import today
from mobility.dated import DatedSetting
from mobility.db import platform_id
from mobility.rights import Role, Viewer
from mobility.web.door import came_by_link
from mobility.web.errors import is_api
from mobility.web.viewer import viewer

SECOND_FACTOR = DatedSetting(
    key="accounts.second_factor",
    label="Code du téléphone demandé à l’équipe à chaque connexion",
    default=True,
    source="Choix de la plateforme",
    kind="bool",
    help="Sans lui, un mot de passe volé suffit pour lire les dossiers.",
)
# The gate's own pages, and the way out.
OPEN = frozenset(
    {"own_account.password", "own_account.change_password", "own_account.second_factor_page", "own_account.pass_second_factor"}
)


def register(app: Flask) -> None:
    """Stand after the rights, before the view."""
    practice.define(app, SECOND_FACTOR)
    app.before_request(_lead)


def needs_second_factor(who: Viewer) -> bool:
    """Whether this viewer shows a second factor here today. The network's administrators always do, except in a demonstration."""
    if platform_id() is None:
        return who.may(Role.NETWORK) and not current_app.extensions["settings"].demo
    return who.is_staff and bool(practice.value_on(SECOND_FACTOR.key, today()))


def _lead() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if is_api() or getattr(view, "allowed", None) is None or request.endpoint in OPEN:
        return None
    if current_user.must_change and not came_by_link():  # a mailed link leaves no code behind to replace
        return redirect(url_for("own_account.password"), code=303)
    if current_user.second_factor_at is None and needs_second_factor(viewer()):
        return redirect(url_for("own_account.second_factor_page"), code=303)
    return None
