"""The waiting list as pages: who waits, in which order and why; one request and its acts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import proposals, waiting
from fleet.kinds import KINDS, get_kind
from fleet.lifecycle import CANCEL_REASONS
from fleet.lists import site_options
from fleet.models import WaitingRequest
from fleet.needs import NEEDS
from fleet.queries.applicants import find_job
from fleet.queries.bookings import get_booking
from fleet.queries.free import find_bar
from fleet.queries.proposals import find_open, list_open, need_of
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.queries.waiting import all_requests, get_request, rules_on, standings_on
from fleet.schemas.waiting import ChangeWaitingSchema, DeclineSchema, PutFirstSchema, WaitingSchema, WithdrawSchema
from fleet.schemas.work_orders import NothingSchema
from fleet.views.waiting_list import TONES, waiting_list
from fleet.views.ways import usual_hours
from fleet.waiting import BACK, CHANGE, CRITERIA, FIRST, FIRST_FOR, PAUSE, RESUME, STATUS_NAMES, WITHDRAW, WITHDRAWN_FOR, may
from mobility.clock import now, today
from mobility.codes import choices
from mobility.models import Beneficiary
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again, shown
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("waiting", __name__)
USUAL_DAYS = timedelta(days=27)


@pages.get("/p/<slug>/waiting")
@allow(Role.ADVISER, Role.MANAGER)
def index(form: Form | None = None) -> ResponseReturnValue:
    """Everybody who waits, kind by kind from the first place on, and what places are reckoned from."""
    return show_list(
        waiting_list(standings_on(today()), list_open(now())),
        all_requests(today()),
        "fleet/waiting_list.html",
        form=form or Form(),
        criteria=CRITERIA,
        rules=rules_on(today()),
    )


@pages.get("/p/<slug>/people/<int:beneficiary_id>/waiting/new")
@allow(Role.ADVISER, Role.MANAGER)
def new(beneficiary_id: int, form: Form | None = None) -> str:
    """What the person waits for."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booking")
    form = form or Form(values=_usual(person) | shown(request.args))
    return render_template("fleet/waiting_new.html", person=person, form=form, **_offered())


@pages.post("/p/<slug>/people/<int:beneficiary_id>/waiting/new")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(new)
def create(beneficiary_id: int) -> ResponseReturnValue:
    """Put the person on the list."""
    made = waiting.ask(beneficiary_id, **from_form(WaitingSchema()), by=viewer(), now=now())
    return _done(made, "La demande est sur la liste d’attente.")


@pages.get("/p/<slug>/waiting/<int:request_id>")
@allow(Role.ADVISER, Role.MANAGER)
def show(request_id: int, form: Form | None = None) -> str:
    """One request: its place and each reason, and what can be done."""
    asked, person, site, state = get_request(request_id, today())
    look(person.id, page="booking")
    return render_template(
        "fleet/waiting_request.html",
        asked=asked,
        person=person,
        pole=site,
        from_on=max(asked.first_on, today()),
        kind=get_kind(asked.kind),
        need=need_of(asked),
        state=STATUS_NAMES[state],
        tone=TONES.get(state, "neutral"),
        standing=standings_on(today()).get(asked.id),
        proposed=find_open(asked.id, now()),
        full_name=full_name,
        bar=find_bar(person.id, asked.kind),
        acts={act: may(act, state) for act in (CHANGE, PAUSE, RESUME, FIRST, BACK, WITHDRAW)},
        first_for=FIRST_FOR,
        withdrawn_for=WITHDRAWN_FOR,
        declined_for=list(CANCEL_REASONS.items()),
        **_forms(form),
    )


@pages.get("/p/<slug>/waiting/<int:request_id>/change")
@allow(Role.ADVISER, Role.MANAGER)
def edit(request_id: int, form: Form | None = None) -> str:
    """What is wanted, to put right."""
    asked, person, *_ = get_request(request_id, today())
    look(person.id, page="booking")
    form = form or Form(values=_as_asked(asked))
    return render_template("fleet/waiting_change.html", asked=asked, person=person, form=form, **_offered())


@pages.post("/p/<slug>/waiting/<int:request_id>/change")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(edit)
def change(request_id: int) -> ResponseReturnValue:
    """Something else is wanted."""
    made = waiting.change(request_id, **from_form(ChangeWaitingSchema()), by=viewer(), now=now())
    return _done(made, "La demande est changée ; son ancienneté reste.")


@pages.post("/p/<slug>/waiting/<int:request_id>/pause")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def pause(request_id: int) -> ResponseReturnValue:
    """Out of the ranking for a while."""
    from_form(NothingSchema())
    return _done(waiting.pause(request_id, by=viewer(), now=now()), "La demande est en pause : elle n’est plus classée.")


@pages.post("/p/<slug>/waiting/<int:request_id>/resume")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def resume(request_id: int) -> ResponseReturnValue:
    """Back into the ranking."""
    from_form(NothingSchema())
    return _done(waiting.resume(request_id, by=viewer(), now=now()), "La demande est de nouveau classée.")


@pages.post("/p/<slug>/waiting/<int:request_id>/first")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def put_first(request_id: int) -> ResponseReturnValue:
    """Before the others, for a coded reason."""
    made = waiting.put_first(request_id, **from_form(PutFirstSchema()), by=viewer(), now=now())
    return _done(made, f"La demande passe en premier : {FIRST_FOR[str(made.first_for)]}.")


@pages.post("/p/<slug>/waiting/<int:request_id>/back")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def put_back(request_id: int) -> ResponseReturnValue:
    """Where the criteria place it."""
    from_form(NothingSchema())
    return _done(waiting.put_back(request_id, by=viewer(), now=now()), "La demande reprend la place que disent les critères.")


@pages.post("/p/<slug>/waiting/<int:request_id>/withdraw")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def withdraw(request_id: int) -> ResponseReturnValue:
    """Nobody waits for it any more."""
    return _done(waiting.withdraw(request_id, **from_form(WithdrawSchema()), by=viewer(), now=now()), "La demande est retirée de la liste.")


@pages.post("/p/<slug>/waiting/propose")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(index)
def propose() -> ResponseReturnValue:
    """The next free vehicle is held for who comes first among those it fits."""
    from_form(NothingSchema())
    made = proposals.propose_next(by=viewer(), now=now())
    if made is None:
        flash("Aucun véhicule libre ne convient, pour l’instant, à qui attend.", "neutral")
        return redirect(url_for("waiting.index"), code=303)
    name = full_name(get_vehicle(get_booking(made.booking_id, viewer()).vehicle_id))
    flash(f"{name} est gardé pour cette personne : voyez avec elle, puis dites oui ou non.", "fine")
    return redirect(url_for("waiting.show", request_id=made.request_id), code=303)


@pages.post("/p/<slug>/waiting/<int:request_id>/decline")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def decline(request_id: int) -> ResponseReturnValue:
    """No to the vehicle proposed."""
    proposals.decline(request_id, **from_form(DeclineSchema()), by=viewer(), now=now())
    flash("Le véhicule est de nouveau libre ; il ne sera plus proposé à cette personne.", "fine")
    return redirect(url_for("waiting.show", request_id=request_id), code=303)


def _done(made: WaitingRequest, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("waiting.show", request_id=made.id), code=303)


def _offered() -> dict[str, Any]:
    """What a request may ask for."""
    return {"kinds": [(kind.code, kind.name.capitalize()) for kind in KINDS], "needs": choices(NEEDS), "sites": site_options()}


def _as_asked(asked: WaitingRequest) -> dict[str, Any]:
    """The request as its form shows it."""
    names = ("kind", "first_on", "last_on", "site_id", "work_from", "work_to", "version")
    need, ticked = need_of(asked), {"with_children": "yes"} if asked.with_children else {}
    return {name: getattr(asked, name) for name in names} | ticked | {"needs": list(need.codes), "adaptation": need.adaptation}


def _usual(person: Beneficiary) -> dict[str, Any]:
    """Four weeks from the start of the job, or from today; its hours where they are known."""
    job = find_job(person.id, today())
    first_on: date = max(today(), job.starts_on) if job and job.starts_on else today()
    hours = usual_hours(job.hours if job else None)
    return {"first_on": first_on.isoformat(), "last_on": (first_on + USUAL_DAYS).isoformat()} | hours


def _forms(refused: Form | None) -> dict[str, Any]:
    """A form an act; the one that was refused says why."""
    forms = {name: Form(prefix=name) for name in (PAUSE, RESUME, "put_first", "put_back", WITHDRAW, "decline")}
    name = (request.endpoint or "").partition(".")[2]
    if refused is not None and name in forms:
        forms[name] = replace(refused, prefix=name)
    return {"forms": forms, "tried": forms.get(name, Form())}
