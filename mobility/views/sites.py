"""The platform's poles: added and mended by its manager."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility.actions import sites
from mobility.clock import now
from mobility.db import transaction
from mobility.models import Site
from mobility.queries.sites import get_site, list_sites, locate
from mobility.rights import Role
from mobility.schemas.sites import SiteSchema
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("sites", __name__)


@pages.get("/p/<slug>/sites")
@allow(Role.MANAGER)
def index() -> str:
    """All of them by name."""
    return render_template("gathered/sites.html", sites=list_sites())


@pages.get("/p/<slug>/sites/new")
@allow(Role.MANAGER)
def new(form: Form | None = None) -> str:
    """An empty one."""
    return render_template("gathered/site.html", form=form or Form(), pole=None)


@pages.post("/p/<slug>/sites/new")
@allow(Role.MANAGER)
@own_transactions  # it asks the address search before it writes
@or_again(new)
def create() -> ResponseReturnValue:
    """Add it."""
    typed = from_form(SiteSchema())
    point = locate(typed)
    with transaction():
        return _done(sites.add_site(**typed, point=point, by=viewer(), now=now()))


@pages.get("/p/<slug>/sites/<int:site_id>/edit")
@allow(Role.MANAGER)
def edit(site_id: int, form: Form | None = None) -> str:
    """What is known of it, to mend."""
    site = get_site(site_id)
    values = {name: getattr(site, name) or "" for name in SiteSchema().fields}
    return render_template("gathered/site.html", form=form or Form(values=values), pole=site)


@pages.post("/p/<slug>/sites/<int:site_id>/edit")
@allow(Role.MANAGER)
@own_transactions
@or_again(edit)
def update(site_id: int) -> ResponseReturnValue:
    """Keep what was mended."""
    typed = from_form(SiteSchema())
    point = locate(typed, known=get_site(site_id))
    with transaction():
        return _done(sites.change_site(site_id, **typed, point=point, by=viewer(), now=now()))


def _done(site: Site) -> ResponseReturnValue:
    found = "" if site.lat is not None else " Son adresse n’est pas trouvée : les distances ne seront pas dites."
    flash(f"{site.name} est à jour.{found}", "neutral" if found else "fine")
    return redirect(url_for("sites.index"), code=303)
