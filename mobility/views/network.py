"""The network administrator: opens platforms, reads totals; never a person."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.network import open_with_manager
from mobility.clock import now
from mobility.queries.network import list_totals
from mobility.rights import Role
from mobility.schemas.accounts import PlatformSchema
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("network", __name__)


@pages.get("/network")
@allow(Role.NETWORK)
def show(form: Form | None = None) -> str:
    """Each platform with its totals, and a form for one more."""
    return render_template("accounts/network.html", form=form or Form(), platforms=list_totals(now()))


@pages.post("/network")
@allow(Role.NETWORK)
@or_again(show)
def create() -> ResponseReturnValue:
    """Open a platform and invite its manager by mail."""
    platform = open_with_manager(**from_form(PlatformSchema()), by=viewer(), now=now())
    flash(f"La plateforme {platform.name} est ouverte ; son lien part par mail à la personne responsable.", "fine")
    return redirect(url_for("network.show"), code=303)
