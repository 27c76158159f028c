"""The tongue a page is read in: chosen on it and kept in this browser, else the first of the browser's own that we speak.

Only a view that is marked speaks other tongues, to a visitor or to a person about whom the file is; the staff reads French.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Blueprint, Flask, current_app, g, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from mobility.catalogues import PoCatalogue, catalogue_of
from mobility.rights import Role
from mobility.tongues import EASY, FRENCH, NAMES, RIGHT_TO_LEFT, Spoken, into, say
from mobility.web.access import public
from mobility.web.viewer import viewer
from mobility.web.way_back import way_back

View = TypeVar("View", bound=Callable[..., Any])
pages = Blueprint("tongue", __name__)
COOKIE, LASTS = "tongue", timedelta(days=365)


def register(app: Flask) -> None:
    """Give templates the page's tongue, and the place where another one is chosen; what is said in it goes through filters.py."""
    app.register_blueprint(pages)
    app.context_processor(_frame)


def in_every_tongue(view: View) -> View:
    """Mark a view whose page speaks every tongue; `tests/web/test_tongues.py` reads each of them in a made-up one."""
    view.in_every_tongue = True  # type: ignore[attr-defined]
    return view


def page_tongue() -> str:
    """The tongue of this request's page."""
    return _asked() if has_request_context() and _may_be_another() else FRENCH


def catalogue() -> PoCatalogue | None:
    """Of this page's tongue, settled once a request; None for French."""
    try:
        return g.catalogue
    except AttributeError:
        g.catalogue = catalogue_of(page_tongue())
    except RuntimeError:  # a template drawn for no request
        return None
    return catalogue()


def told(text: str) -> Markup:
    """A text in the page's tongue, escaped; what is French in another tongue's page is marked so, for eyes and for voices."""
    if (spoken := catalogue()) is None:
        return escape(text)
    if isinstance(text, Spoken | Markup) or not any(map(str.isalpha, text)):
        return escape(into(spoken, text))
    if known := spoken.sentences.get(text):  # a sentence that went through the cookie is a plain string again
        return escape(known)
    return Markup('<bdi lang="fr">{}</bdi>').format(text)


@pages.post("/p/<slug>/tongue")
@public
def choose() -> ResponseReturnValue:
    """Read on in another tongue, in this browser."""
    back = redirect(way_back(url_for("home.platform")), code=303)
    if (chosen := request.form.get("tongue")) in NAMES:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        back.set_cookie(COOKIE, chosen, max_age=LASTS, secure=secure, httponly=True, samesite="Lax")
    return back


def _may_be_another() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "in_every_tongue", False) and viewer().roles <= {Role.BENEFICIARY}


def _asked() -> str:
    chosen = request.cookies.get(COOKIE, "")
    if chosen in NAMES:
        return chosen
    theirs = (told.partition("-")[0].lower() for told in request.accept_languages.values())
    return next((tongue for tongue in theirs if tongue in NAMES), FRENCH)


def _frame() -> dict[str, Any]:
    tongue = page_tongue()
    frame: dict[str, Any] = {"tongue": tongue, "lang": FRENCH if tongue == EASY else tongue}
    if tongue in RIGHT_TO_LEFT:
        frame["dir"] = "rtl"
    if "platform" in g and _may_be_another() and request.method == "GET":
        frame["tongues"] = NAMES
    return frame


def here(form: str, **values: Any) -> str:
    """A sentence of a template, in the page's tongue."""
    return _Here(into(catalogue(), say(form, **values)))


class _Here(Spoken):
    """Said in the page's tongue already."""

    def into(self, catalogue: Any) -> str:
        return str(self)
