"""Planning accompanied trips; passengers are asked and marked as at any workshop."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mobility.actions.group_trips import plan_trips
from mobility.clock import now, today
from mobility.schemas.workshops import TripSchema
from mobility.views.workshops import ADVISERS
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer
from mobility.workshops import PUBLICS

pages = Blueprint("group_trips", __name__)
USUAL_SEATS = 8


@pages.get("/p/<slug>/trips/new")
@allow(*ADVISERS)
def new(form: Form | None = None) -> str:
    """An empty one, of a single day."""
    form = form or Form(values={"weeks": "1", "places": str(USUAL_SEATS), "open_to": "everybody"})
    return render_template("path/trip_new.html", form=form, publics=PUBLICS, today=today())


@pages.post("/p/<slug>/trips/new")
@allow(*ADVISERS)
@or_again(new)
def create() -> Response:
    """Put it in the calendar, once or for some weeks."""
    planned = plan_trips(**from_form(TripSchema()), by=viewer(), now=now())
    many = f"Les {len(planned)} trajets sont" if len(planned) > 1 else "Le trajet est"
    flash(f"{many} au calendrier. Invitez les passagers.", "fine")
    return redirect(url_for("workshops.show", workshop_id=planned[0].id), code=303)
