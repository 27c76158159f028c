"""Perhaps known already: the files that look like this one, side by side, and the adviser's word."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mobility.actions.likeness import tell_apart
from mobility.clock import now
from mobility.queries.likeness import list_alike
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("likeness", __name__)

ADVISERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/likeness")
@allow(*ADVISERS)
def show(beneficiary_id: int) -> str:
    """What each file says, and why they may be one person."""
    person = get_beneficiary(beneficiary_id, viewer())
    found = list_alike(person)
    for seen in (person, *(alike.person for alike in found)):
        look(seen.id, page="likeness")
    return render_template("path/likeness.html", person=person, found=found)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/likeness/<int:other_id>/apart")
@allow(*ADVISERS)
def apart(beneficiary_id: int, other_id: int) -> Response:
    """Say that they are two people."""
    tell_apart(beneficiary_id, other_id, by=viewer(), now=now())
    flash("C’est noté : ce sont deux personnes. La question ne sera plus posée.", "fine")
    return redirect(url_for("files.show", beneficiary_id=beneficiary_id), code=303)
