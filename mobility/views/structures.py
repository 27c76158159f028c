"""Structures that prescribe, for the platform's advisers; and the page by which a referent asks for a link."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mobility.actions import structures
from mobility.clock import now
from mobility.lists import STRUCTURES
from mobility.queries.structures import get_structure, structures_of
from mobility.rights import Role
from mobility.schemas.paths import StructureSchema
from mobility.web.access import allow, public
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show
from mobility.web.viewer import viewer

pages = Blueprint("structures", __name__)

ADVISERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/prescribe")
@public
def prescribe() -> str:
    """What the platform does for those a referent follows, and how to get in: a link by mail, no account to ask for."""
    return render_template("path/prescribe.html", form=Form())


@pages.get("/p/<slug>/structures")
@allow(*ADVISERS)
def index() -> ResponseReturnValue:
    """All of them by name."""
    return show(STRUCTURES, structures_of(viewer()), "path/structures.html")


@pages.get("/p/<slug>/structures/new")
@allow(*ADVISERS)
def new(form: Form | None = None) -> str:
    """An empty structure."""
    return render_template("path/structure.html", form=form or Form(), structure=None)


@pages.post("/p/<slug>/structures/new")
@allow(*ADVISERS)
@or_again(new)
def create() -> Response:
    """Add it."""
    added = structures.add_structure(**from_form(StructureSchema()), by=viewer(), now=now())
    flash(f"{added.name} peut maintenant envoyer des fiches.", "fine")
    return redirect(url_for("structures.index"), code=303)


@pages.get("/p/<slug>/structures/<int:structure_id>/edit")
@allow(*ADVISERS)
def edit(structure_id: int, form: Form | None = None) -> str:
    """What is known of it, to mend."""
    structure = get_structure(structure_id, viewer())
    values = {name: getattr(structure, name) or "" for name in StructureSchema().fields}
    return render_template("path/structure.html", form=form or Form(values=values), structure=structure)


@pages.post("/p/<slug>/structures/<int:structure_id>/edit")
@allow(*ADVISERS)
@or_again(edit)
def update(structure_id: int) -> Response:
    """Keep what was mended."""
    structures.update_structure(structure_id, **from_form(StructureSchema()), by=viewer(), now=now())
    flash("La structure est à jour.", "fine")
    return redirect(url_for("structures.index"), code=303)


@pages.post("/p/<slug>/structures/<int:structure_id>/close")
@allow(*ADVISERS)
def close(structure_id: int) -> Response:
    """Close it from today on."""
    closed = structures.close_structure(structure_id, by=viewer(), now=now())
    flash(f"{closed.name} n’envoie plus de fiches ; ses fiches restent.", "fine")
    return redirect(url_for("structures.index"), code=303)
