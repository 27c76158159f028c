"""A person's file: the person before the file. Each look of the staff at it is noted."""

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility.clock import now, today
from mobility.queries.contacts import contact_of
from mobility.queries.paths import find_next_meeting
from mobility.queries.people import get_beneficiary
from mobility.rights import FILE_READERS
from mobility.slots import Slot, gather
from mobility.web.access import allow
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("files", __name__)


def register(app: Flask) -> None:
    """Hang the file."""
    app.register_blueprint(pages)


@pages.get("/p/<slug>/people/<int:beneficiary_id>")
@allow(*FILE_READERS)
def show(beneficiary_id: int) -> ResponseReturnValue:
    """First name, what happens next, who to call; then every section. Of an erased one, what is left; of one that joined another, that."""
    person = get_beneficiary(beneficiary_id, viewer())
    if person.erased_at is not None:
        return redirect(url_for("erasure.show", beneficiary_id=person.id), code=303)
    if person.merged_into_id is not None:
        flash(f"Le dossier {person.number} ne fait plus qu’un avec celui-ci.", "waiting")
        return redirect(url_for("files.show", beneficiary_id=person.merged_into_id), code=303)
    look(person.id, page="file")
    meeting = find_next_meeting(person.id, now())
    return render_template(
        "gathered/file.html",
        person=person,
        meeting=meeting,
        contact=contact_of(meeting[0].adviser_id) if meeting else None,
        next_act=next(iter(gather(Slot.NEXT_ACT, person.id, viewer(), today())), None),
        sections=gather(Slot.FILE, person.id, viewer(), today()),
    )
