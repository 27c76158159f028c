"""The first pages: which platforms there are, and each platform's own, which sends everybody to their place."""

from flask import Blueprint, Flask, redirect, render_template
from werkzeug.wrappers import Response

from mobility.queries.platforms import get_platform, list_platforms
from mobility.queries.sites import list_sites
from mobility.slots import Slot, gather
from mobility.web.access import public
from mobility.web.platform import here
from mobility.web.viewer import viewer

pages = Blueprint("home", __name__)


def register(app: Flask) -> None:
    """Hang the first page."""
    app.register_blueprint(pages)


@pages.get("/")
@public
def index() -> str:
    """The platforms of this installation, and what anybody may ask without one."""
    return render_template("home.html", platforms=list_platforms(), ways_in=gather(Slot.FRONT))


@pages.get("/p/<slug>/")
@public
def platform() -> Response | str:
    """Whoever works or is followed here goes to the first page of their menu; a visitor reads what the platform offers."""
    menu = gather(Slot.NAV, viewer()) if viewer().account_id else []
    if menu:
        return redirect(menu[0].href, code=303)
    return render_template("platform.html", platform=get_platform(here().id), sites=list_sites(), ways_in=gather(Slot.FRONT))
