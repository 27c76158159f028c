"""Calendars to subscribe to: one's own page of them, and the feed that a phone reads by its private address."""

import re
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import calendars
from fleet.calendars import READERS, VEHICLE, WORDS
from fleet.models import Vehicle
from fleet.queries.calendars import list_calendars, read_calendar
from fleet.schemas.calendars import CalendarSchema
from fleet.schemas.work_orders import NothingSchema
from mobility.clock import now
from mobility.crypto import hash_token
from mobility.db import db
from mobility.ical import ICS, write_calendar
from mobility.queries.sites import list_sites
from mobility.rights import STAFF
from mobility.web.access import allow, public
from mobility.web.forms import Form, from_form, or_again
from mobility.web.once import shown_once
from mobility.web.platform import here
from mobility.web.viewer import viewer

pages = Blueprint("calendars", __name__)

ROW_ID = re.compile("[0-9]{1,18}")


@pages.get("/p/<slug>/calendars")
@allow(*STAFF)
def index(form: Form | None = None, link_id: int | None = None) -> str:
    """One's calendars, and the form for another; a vehicle's is asked for from its page (`?vehicle_id=7`)."""
    asked = str((form.values if form else request.args).get("vehicle_id", ""))
    vehicle = db.session.get(Vehicle, int(asked)) if ROW_ID.fullmatch(asked) else None
    offered = [what for what in WORDS if viewer().may(*READERS[what]) and (what != VEHICLE or vehicle)]
    return render_template(
        "fleet/calendars.html",
        kept=list_calendars(viewer().account_id, now=now()),
        form=form or Form(values={"what": VEHICLE if vehicle else offered[0]}),
        choices=[(what, WORDS[what].capitalize()) for what in offered],
        sites=[(site.id, site.name) for site in list_sites()],
        vehicle=vehicle,
    )


@pages.post("/p/<slug>/calendars")
@allow(*STAFF)
@or_again(index)
def make() -> ResponseReturnValue:
    """Make its private address, shown once."""
    kept, token = calendars.make_calendar(**from_form(CalendarSchema()), by=viewer(), now=now())
    return shown_once(render_template("fleet/calendar.html", kept=kept, address=address_of(kept.what, token)))


@pages.post("/p/<slug>/calendars/<int:link_id>/renew")
@allow(*STAFF)
@or_again(index)
def renew(link_id: int) -> ResponseReturnValue:
    """The same address for another year."""
    from_form(NothingSchema())
    calendars.renew_calendar(link_id, by=viewer(), now=now())
    flash("L’agenda continue à la même adresse, pour un an.", "fine")
    return redirect(url_for("calendars.index"), code=303)


@pages.post("/p/<slug>/calendars/<int:link_id>/stop")
@allow(*STAFF)
@or_again(index)
def stop(link_id: int) -> ResponseReturnValue:
    """The address answers nobody any more."""
    from_form(NothingSchema())
    calendars.stop_calendar(link_id, by=viewer(), now=now())
    flash("Cette adresse ne répond plus : les appareils qui la lisaient ne reçoivent plus rien.", "fine")
    return redirect(url_for("calendars.index"), code=303)


@pages.get("/p/<slug>/calendar/<what>/<token>.ics")
@public
def feed(what: str, token: str) -> Response:
    """What a phone reads, again and again: sent only when something has changed."""
    calendar = read_calendar(what, calendars.open_calendar(what, token, now=now()), page=_whole, now=now())
    answer = Response(content_type=ICS)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(hash_token(repr(calendar)), weak=True)
    if answer.make_conditional(request).status_code == 200:  # most phones ask most hours for nothing new
        answer.set_data(write_calendar(calendar, realm=here().slug, now=now()))
    return answer


def address_of(what: str, token: str) -> str:
    """The address to give a device."""
    return _whole("calendars.feed", what=what, token=token)


def _whole(endpoint: str, **values: Any) -> str:
    return f"{current_app.extensions['settings'].public_url}{url_for(endpoint, **values)}"
