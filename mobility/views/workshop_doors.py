"""The link that answers an invitation to a workshop, and the code that its people scan on the spot."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mobility.actions import workshop_doors
from mobility.addresses import page_address
from mobility.clock import now
from mobility.later import later
from mobility.queries.letterhead import platform_here
from mobility.queries.workshops import find_seat_of, get_planned
from mobility.rights import Role
from mobility.schemas.workshops import AnswerSchema
from mobility.tongues import say
from mobility.views.invitations import invitation_of
from mobility.views.workshops import ADVISERS
from mobility.web.access import allow, public
from mobility.web.forms import Form, from_form, or_again
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer
from mobility.web.workshop_codes import code_of, workshop_of
from mobility.workshops import MARKS, PRESENT, say_length

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")

pages = Blueprint("workshop_doors", __name__)


@pages.get("/p/<slug>/workshop/<token>")
@public
@in_every_tongue
def link(token: str, form: Form | None = None) -> str:
    """The invitation that a link is of, and its two answers; no name is shown."""
    told = invitation_of(workshop_doors.seat_of_link(token, now=now()))
    return render_template("path/workshop_link.html", form=form or Form(), token=token, told=told)


@pages.post("/p/<slug>/workshop/<token>")
@public
@in_every_tongue
@or_again(link)
def answer(token: str) -> Response:
    """They come, or give the place back."""
    workshop_doors.answer_by_link(token, **from_form(AnswerSchema()), by=viewer(), now=now())
    flash(say("Merci, c’est noté."), "fine")
    return redirect(url_for("workshop_doors.link", token=token), code=303)


@pages.get("/p/<slug>/workshops/<int:workshop_id>/code")
@allow(*ADVISERS)
def code(workshop_id: int) -> str:
    """The code to scan, for a screen or a sheet of paper on the door."""
    planned = get_planned(workshop_id)
    address = page_address(platform_here().slug, f"workshop-here/{code_of(workshop_id)}")
    image: str = segno.make(address, error="m").svg_data_uri(scale=8, border=4, light="white")
    length = say_length(planned.workshop.minutes)
    return render_template("path/workshop_code.html", planned=planned, image=image, length=length)


@pages.get("/p/<slug>/workshop-here/<code>")
@allow(Role.BENEFICIARY)
@in_every_tongue
def here(code: str, form: Form | None = None) -> str:
    """Where one is, and the button that says so: looking is not being there."""
    planned = get_planned(workshop_of(code))
    own_id = viewer().beneficiary_id
    seat = find_seat_of(planned.workshop.id, own_id) if own_id is not None else None
    mark = seat.mark if seat is not None and seat.mark in PRESENT else None
    return render_template("path/workshop_here.html", form=form or Form(), code=code, planned=planned, mark=mark and MARKS[mark])


@pages.post("/p/<slug>/workshop-here/<code>")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(here)
def come(code: str) -> Response:
    """One is there."""
    workshop_doors.come(workshop_of(code), by=viewer(), now=now())
    flash(say("Merci, votre présence est notée."), "fine")
    return redirect(url_for("workshop_doors.here", code=code), code=303)
