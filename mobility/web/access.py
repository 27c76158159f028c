"""One mark per view says who may come in; a view without a mark cannot be reached, and a test finds it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from mobility.errors import Forbidden, NotFound
from mobility.rights import Role, Viewer
from mobility.web.viewer import viewer

View = TypeVar("View", bound=Callable[..., Any])


class NotSignedIn(Forbidden):
    """Nobody is signed in: the page sends to the door, the API answers 401."""

    status = 401


def allow(*roles: Role) -> Callable[[View], View]:
    """Let these roles in, on the platform of the address; everybody else gets 404 or 403."""

    def mark(view: View) -> View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Let everybody in: simulators, the door, pages reached by a mailed link."""
    view.allowed = None  # type: ignore[attr-defined]
    return view


def own_transactions(view: View) -> View:
    """The view opens its own transactions: it speaks to the card gateway between two of them."""
    view.own_transactions = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Check each request before its view."""
    app.before_request(_check_access)


def _check_access() -> Response | None:
    view: Any = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    if not hasattr(view, "allowed"):
        raise RuntimeError(f"the view {request.endpoint} says nobody who may come in")
    if view.allowed is None:
        return None
    who = viewer()
    if who.account_id is None:
        return _to_the_door()
    _check_roles(who, view.allowed)
    return None


def _check_roles(who: Viewer, allowed: frozenset[Role]) -> None:
    if who.may(*allowed):
        return
    if not who.roles:
        # Somebody of another platform learns nothing of this one.
        raise NotFound
    raise Forbidden("Cette page n’est pas ouverte à votre rôle. Demandez à la personne responsable de votre plateforme.")


def _to_the_door() -> Response:
    if request.path.startswith("/api/"):
        raise NotSignedIn("Un jeton d’accès est nécessaire : Authorization: Bearer …")
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.login", next=back), code=303)
