"""Collective workshops: the calendar, one workshop with who is asked and who came, and the person's own answer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mobility.actions import workshops
from mobility.channels import CALL
from mobility.clock import now, today
from mobility.models import WorkshopSeat
from mobility.periods import say_moment
from mobility.queries.people import get_beneficiary
from mobility.queries.sites import list_sites
from mobility.queries.workshops import (
    Planned,
    get_planned,
    get_seat,
    leader_name,
    list_next_workshops,
    list_seats,
    list_seats_of,
    list_to_ask,
    stops_told,
    workshops_here,
)
from mobility.rights import Role
from mobility.schemas.workshops import AnswerSchema, AskedToSchema, CancelWorkshopSchema, InviteSchema, MarkSchema, WorkshopSchema
from mobility.tongues import say
from mobility.views.invitations import invitation_of
from mobility.views.workshop_list import WORKSHOPS, line_of, state_of
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer
from mobility.workshops import (
    ABSENT,
    CANCELLATIONS,
    HOLDING,
    MARKS,
    MINUTES,
    PRESENT,
    PUBLICS,
    QUEUED,
    SEAT_STATES,
    say_length,
    subject_words,
    subjects_on,
)

pages = Blueprint("workshops", __name__)

ADVISERS = (Role.ADVISER, Role.MANAGER)
USUAL_PLACES = 8


@pages.get("/p/<slug>/workshops")
@allow(*ADVISERS)
def index() -> ResponseReturnValue:
    """Those to come first."""
    return show_list(WORKSHOPS, workshops_here(), "path/workshops.html")


@pages.get("/p/<slug>/workshops/new")
@allow(*ADVISERS)
def new(form: Form | None = None) -> str:
    """An empty one, of two hours."""
    form = form or Form(values={"minutes": str(MINUTES), "places": str(USUAL_PLACES), "open_to": "everybody"})
    sites = [(site.id, site.name) for site in list_sites()]
    return render_template("path/workshop_new.html", form=form, sites=sites, subjects=subjects_on(today()), publics=PUBLICS)


@pages.post("/p/<slug>/workshops/new")
@allow(*ADVISERS)
@or_again(new)
def create() -> Response:
    """Put it in the calendar."""
    planned = workshops.plan_workshop(**from_form(WorkshopSchema()), by=viewer(), now=now())
    flash("L’atelier est au calendrier. Invitez qui vous voulez y voir.", "fine")
    return _to(planned.id)


@pages.get("/p/<slug>/workshops/<int:workshop_id>")
@allow(*ADVISERS)
def show(workshop_id: int, form: Form | None = None) -> str:
    """Who is asked, who comes, who came."""
    planned = get_planned(workshop_id)
    seats = list_seats(workshop_id)
    stops = stops_told(planned.workshop, seats)
    is_open = planned.workshop.cancelled_at is None and planned.workshop.starts_at > now()
    return render_template(
        "path/workshop.html",
        form=form or Form(values={"board": "0", "alight": str(len(stops) - 1)} if stops else {}),
        ranks=[(rank, str(one.stop)) for rank, one in enumerate(stops)],
        planned=planned,
        workshop=planned.workshop,
        state=state_of(planned.workshop),
        leader=leader_name(planned.workshop),
        seats=seats,
        stops=stops,
        to_ask=[(one.id, f"{one.first_name} {one.last_name}") for one in list_to_ask(workshop_id)] if is_open else [],
        is_open=is_open,
        has_begun=planned.workshop.starts_at <= now() and planned.workshop.cancelled_at is None,
        states=SEAT_STATES,
        marks=MARKS,
        holding=HOLDING,
        call=CALL,
        cancellations=CANCELLATIONS,
        publics=PUBLICS,
        subject=subject_words(planned.workshop.subject),
        length=say_length(planned.workshop.minutes),
        absent=sum(seat.mark == ABSENT for seat, _ in seats),
    )


@pages.post("/p/<slug>/workshops/<int:workshop_id>/invite")
@allow(*ADVISERS)
@or_again(show)
def invite(workshop_id: int) -> Response:
    """Ask somebody."""
    _say_asked(workshops.invite(workshop_id, **from_form(InviteSchema()), by=viewer(), now=now()))
    return _to(workshop_id)


@pages.post("/p/<slug>/workshops/<int:workshop_id>/cancel")
@allow(*ADVISERS)
@or_again(show)
def cancel(workshop_id: int) -> Response:
    """It will not take place."""
    workshops.cancel_workshop(workshop_id, **from_form(CancelWorkshopSchema()), by=viewer(), now=now())
    flash("L’atelier est annulé. Qui est à prévenir de vive voix se voit dans la liste.", "fine")
    return _to(workshop_id)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/workshops")
@allow(*ADVISERS)
def ask(beneficiary_id: int, form: Form | None = None) -> str:
    """The workshops somebody was asked to, and to which they are asked now."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="path")
    asked = list_seats_of(beneficiary_id)
    seats = [line_of(seat, one, url_for("workshops.show", workshop_id=one.id)) for seat, one in asked]
    came = any(seat.mark in PRESENT and not one.stops for seat, one in asked)
    coming = [(one.workshop.id, one.workshop.title, _say_next(one)) for one in list_next_workshops(now())]
    return render_template("path/workshop_ask.html", form=form or Form(), person=person, coming=coming, seats=seats, came=came)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/workshops")
@allow(*ADVISERS)
@or_again(ask)
def ask_to(beneficiary_id: int) -> Response:
    """Ask them."""
    wanted = from_form(AskedToSchema())["workshop_id"]
    _say_asked(workshops.invite(wanted, beneficiary_id=beneficiary_id, by=viewer(), now=now()))
    return redirect(url_for("workshops.ask", beneficiary_id=beneficiary_id), code=303)


@pages.post("/p/<slug>/workshop-seats/<int:seat_id>/mark")
@allow(*ADVISERS)
def mark(seat_id: int) -> Response:
    """Came, late or absent, in one tap."""
    marked = workshops.mark_attendance(seat_id, **from_form(MarkSchema()), by=viewer(), now=now())
    return _to(marked.group_workshop_id)


@pages.get("/p/<slug>/workshop-seats/<int:seat_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own_seat(seat_id: int, form: Form | None = None) -> str:
    """One's own invitation."""
    told = invitation_of(get_seat(seat_id, viewer()))
    return render_template("path/workshop_own.html", form=form or Form(), told=told)


@pages.post("/p/<slug>/workshop-seats/<int:seat_id>/answer")
@allow(*ADVISERS, Role.BENEFICIARY)
@in_every_tongue
def answer(seat_id: int) -> Response:
    """The person comes, or gives the place back; an adviser may say it for them."""
    said = workshops.answer_invitation(seat_id, **from_form(AnswerSchema()), by=viewer(), now=now())
    if viewer().may(*ADVISERS):
        return _to(said.group_workshop_id)
    flash(say("Merci, c’est noté."), "fine")
    return redirect(url_for("workshops.own_seat", seat_id=seat_id), code=303)


def _say_next(planned: Planned) -> str:
    """When, where, and how many places are left."""
    left = planned.workshop.places - planned.taken
    free = f"{left} place{'s' if left > 1 else ''} libre{'s' if left > 1 else ''}" if left > 0 else "complet, liste d’attente"
    return f"{say_moment(planned.workshop.starts_at)}, {planned.where} : {free}"


def _say_asked(seat: WorkshopSeat) -> None:
    told = "à prévenir de vive voix" if seat.told_by == CALL else "l’invitation est partie"
    flash(f"{'Complet : en liste d’attente' if seat.state == QUEUED else 'Une place est gardée'}, {told}.", "fine")


def _to(workshop_id: int) -> Response:
    return redirect(url_for("workshops.show", workshop_id=workshop_id), code=303)
