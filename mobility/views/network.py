"""The network administrator: opens platforms, reads totals; never a person."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.network import open_with_manager
from mobility.clock import now
from mobility.queries.network import add_up, count_totals, list_totals
from mobility.report import say
from mobility.rights import Role
from mobility.schemas.accounts import PlatformSchema
from mobility.schemas.reports import YearSchema, asked_year
from mobility.slots import Slot, fill
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, load, or_again
from mobility.web.viewer import viewer

pages = Blueprint("network", __name__)


def register(app: Flask) -> None:
    """Hang the page, and what the ground itself counts on it."""
    app.register_blueprint(pages)
    fill(app, Slot.TOTALS, count_totals)


@pages.get("/network")
@allow(Role.NETWORK)
def show(form: Form | None = None) -> str:
    """Each platform with its totals of a year, and a form for one more."""
    year = asked_year(load(YearSchema(), request.args))
    platforms = list_totals(year)
    return render_template(
        "accounts/network.html",
        form=form or Form(),
        year=year,
        asked=Form(values={"year": str(year)}, prefix="year"),
        platforms=platforms,
        together=add_up(platforms),
        say=say,
    )


@pages.post("/network")
@allow(Role.NETWORK)
@or_again(show)
def create() -> ResponseReturnValue:
    """Open a platform and invite its manager by mail."""
    platform = open_with_manager(**from_form(PlatformSchema()), by=viewer(), now=now())
    flash(f"La plateforme {platform.name} est ouverte ; son lien part par mail à la personne responsable.", "fine")
    return redirect(url_for("network.show"), code=303)
