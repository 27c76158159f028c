"""One person's path: papers seen, job, appointments, actions."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mobility import codes
from mobility.actions import meetings, paths, people
from mobility.actions.meeting_reminders import note_reminder_said
from mobility.clock import now, today
from mobility.documents.letter import letter_pdf
from mobility.errors import InputRefused, NotFound, RuleBroken
from mobility.meeting_reminders import BY_SOMEBODY, CHANNEL_LABELS
from mobility.models import Beneficiary, Job
from mobility.papers import PAPER_KINDS
from mobility.queries.letterhead import letter_to
from mobility.queries.paths import get_action, get_meeting, reminder_of
from mobility.queries.people import get_beneficiary, get_job
from mobility.queries.sites import list_sites
from mobility.queries.trips import measure_trip
from mobility.rights import Role
from mobility.schemas.paths import BY_HAND, ActionSchema, EndSchema, HoldSchema, MeetingSchema
from mobility.schemas.people import LICENCE_CATEGORIES, DocumentSchema, JobSchema, weekdays_of
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again, refused
from mobility.web.looks import look
from mobility.web.viewer import viewer
from mobility.web.way_back import way_back

pages = Blueprint("paths", __name__)

ADVISERS = (Role.ADVISER, Role.MANAGER)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@pages.get("/p/<slug>/people/<int:beneficiary_id>/documents/new")
@allow(*ADVISERS)
def document(beneficiary_id: int, form: Form | None = None) -> str:
    """A paper to note as seen."""
    person = _person(beneficiary_id, "documents")
    form = form or Form(values={"kind": request.args.get("kind", "")})
    categories = [(category, category) for category in LICENCE_CATEGORIES]
    return render_template("path/document.html", form=form, person=person, kinds=PAPER_KINDS, categories=categories, today=today())


@pages.post("/p/<slug>/people/<int:beneficiary_id>/documents/new")
@allow(*ADVISERS)
@or_again(document)
def see_document(beneficiary_id: int) -> Response:
    """Note a paper seen and not kept."""
    seen = people.see_document(beneficiary_id, **from_form(DocumentSchema()), by=viewer(), now=now())
    flash(f"Vu, pas gardé : {PAPER_KINDS[seen.kind].name}.", "fine")
    return _to_file(beneficiary_id)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/job")
@allow(*ADVISERS)
def job(beneficiary_id: int, form: Form | None = None, estimate: str = "") -> str:
    """A job, a promise or a training to note."""
    person = _person(beneficiary_id, "job")
    known = get_job(told, person.id) if (told := request.args.get("job_id", type=int)) else None
    form = form or Form(values=_told_of(known))
    days = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
    return render_template("path/job.html", form=form, person=person, codes=codes, days=days, estimate=estimate)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/job")
@allow(*ADVISERS)
@or_again(job)
def record_job(beneficiary_id: int) -> Response:
    """Note it."""
    people.record_job(beneficiary_id, **from_form(JobSchema()), by=viewer(), now=now())
    flash("L’emploi est noté.", "fine")
    return _to_file(beneficiary_id)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/job/estimate")
@allow(*ADVISERS)
@own_transactions  # it asks the address search, and writes nothing
def estimate(beneficiary_id: int) -> ResponseReturnValue:
    """The same page again with the distance, or with why there is none; everything typed kept."""
    person = _person(beneficiary_id, "job")
    typed = refused(InputRefused({}))
    try:
        measured = measure_trip(home_of(person), request.form.get("place", "").replace("\x00", "")[:200])
    except RuleBroken as unknown:
        field = {"end": "place", "start": "one_way_tenths"}.get(unknown.field or "", "place")
        return job(beneficiary_id, form=Form(values=typed.values, errors={field: unknown.sentence})), unknown.status
    values = dict(typed.values) | {"one_way_tenths": f"{measured.km:.1f}".replace(".", ",")}
    return job(beneficiary_id, form=Form(values=values), estimate=f"Aller simple : {measured.sentence}. Vérifiez avant d’enregistrer.")


@pages.get("/p/<slug>/people/<int:beneficiary_id>/meetings/new")
@allow(*ADVISERS)
def meeting(beneficiary_id: int, form: Form | None = None) -> str:
    """An appointment to plan."""
    person = _person(beneficiary_id, "meetings")
    sites = [(str(site.id), site.name) for site in list_sites()]
    form = form or Form(values={"kind": request.args.get("kind", "follow_up"), "site_id": sites[0][0] if len(sites) == 1 else ""})
    return render_template("path/meeting.html", form=form, person=person, codes=codes, sites=sites)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/meetings/new")
@allow(*ADVISERS)
@or_again(meeting)
def plan_meeting(beneficiary_id: int) -> Response:
    """Plan it."""
    meetings.plan_meeting(beneficiary_id, **from_form(MeetingSchema()), by=viewer(), now=now())
    flash("Le rendez-vous est noté.", "fine")
    return _to_file(beneficiary_id)


@pages.get("/p/<slug>/meetings/<int:meeting_id>")
@allow(*ADVISERS)
def show_meeting(meeting_id: int, form: Form | None = None) -> str:
    """An appointment: did the person come?"""
    planned = get_meeting(meeting_id)
    person = _person(planned.beneficiary_id, "meetings")
    return render_template(
        "path/meeting_show.html",
        form=form or Form(),
        person=person,
        meeting=planned,
        has_begun=planned.starts_at <= now(),
        codes=codes,
        channels=CHANNEL_LABELS,
        by_somebody=BY_SOMEBODY,
    )


@pages.get("/p/<slug>/meetings/<int:meeting_id>/letter.pdf")
@allow(*ADVISERS)
def meeting_letter(meeting_id: int) -> Response:
    """The reminder as a letter. Raises NotFound for an appointment that is over."""
    planned = get_meeting(meeting_id)
    if planned.starts_at <= now() or planned.cancelled_at is not None:
        raise NotFound("Ce rendez-vous est passé ou annulé : il n’y a plus rien à rappeler.")
    person = _person(planned.beneficiary_id, "meetings")
    paper = letter_to(person, [f"Bonjour {person.first_name},", reminder_of(planned)], now=now())
    return Response(letter_pdf(paper, title="Votre rendez-vous"), mimetype="application/pdf")


@pages.post("/p/<slug>/meetings/<int:meeting_id>/reminded")
@allow(*ADVISERS)
@or_again(show_meeting)
def meeting_reminded(meeting_id: int) -> Response:
    """Somebody said it, or sent the letter."""
    note_reminder_said(meeting_id, by=viewer(), now=now())
    flash("Le rappel est noté.", "fine")
    return redirect(url_for("paths.show_meeting", meeting_id=meeting_id), code=303)


@pages.post("/p/<slug>/meetings/<int:meeting_id>/hold")
@allow(*ADVISERS)
@or_again(show_meeting)
def hold_meeting(meeting_id: int) -> Response:
    """The person came, or came late."""
    held = meetings.hold_meeting(meeting_id, **from_form(HoldSchema()), by=viewer(), now=now())
    flash("Le rendez-vous est tenu, en retard." if held.came_late else "Le rendez-vous est tenu.", "fine")
    return _to_file(held.beneficiary_id)


@pages.post("/p/<slug>/meetings/<int:meeting_id>/miss")
@allow(*ADVISERS)
@or_again(show_meeting)
def miss_meeting(meeting_id: int) -> Response:
    """The person did not come: the next one is planned at once, or later from their file."""
    missed = meetings.miss_meeting(meeting_id, by=viewer(), now=now())
    flash("L’absence est notée. Proposez un autre rendez-vous.", "fine")
    return redirect(url_for("paths.meeting", beneficiary_id=missed.beneficiary_id), code=303)


@pages.post("/p/<slug>/meetings/<int:meeting_id>/cancel")
@allow(*ADVISERS)
@or_again(show_meeting)
def cancel_meeting(meeting_id: int) -> Response:
    """It will not take place."""
    cancelled = meetings.cancel_meeting(meeting_id, by=viewer(), now=now())
    flash("Le rendez-vous est annulé.", "fine")
    return _to_file(cancelled.beneficiary_id)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/actions/new")
@allow(*ADVISERS)
def action(beneficiary_id: int, form: Form | None = None) -> str:
    """An action to begin; rentals begin with a booking."""
    person = _person(beneficiary_id, "path")
    form = form or Form(values={"started_on": today().isoformat()})
    return render_template("path/action.html", form=form, person=person, kinds=BY_HAND)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/actions/new")
@allow(*ADVISERS)
@or_again(action)
def start_action(beneficiary_id: int) -> Response:
    """Begin it."""
    begun = paths.start_action(beneficiary_id, **from_form(ActionSchema()), by=viewer(), now=now())
    flash(f"L’action commence : {codes.ACTION_KINDS[begun.kind]}.", "fine")
    return _to_file(beneficiary_id)


@pages.get("/p/<slug>/actions/<int:action_id>/end")
@allow(*ADVISERS)
def action_end(action_id: int, form: Form | None = None) -> str:
    """The day an action ended."""
    ongoing = get_action(action_id)
    person = _person(ongoing.beneficiary_id, "path")
    form = form or Form(values={"ended_on": today().isoformat()})
    return render_template("path/action_end.html", form=form, person=person, action=ongoing, codes=codes, today=today())


@pages.post("/p/<slug>/actions/<int:action_id>/end")
@allow(*ADVISERS)
@or_again(action_end)
def end_action(action_id: int) -> Response:
    """End it."""
    ended = paths.end_action(action_id, **from_form(EndSchema()), by=viewer(), now=now())
    flash("L’action est terminée.", "fine")
    return _to_file(ended.beneficiary_id)


def _told_of(job: Job | None) -> dict[str, Any]:
    """A job as its form holds it; an empty one is five days a week."""
    if job is None:
        return {"weekdays": ["0", "1", "2", "3", "4"]}
    values: dict[str, Any] = {
        name: str(getattr(job, name) or "") for name in ("kind", "employer", "place", "starts_on", "ends_on", "hours")
    }
    one_way = f"{job.one_way_tenths / 10:.1f}".replace(".", ",") if job.one_way_tenths else ""
    return values | {"job_id": str(job.id), "one_way_tenths": one_way, "weekdays": [str(day) for day in weekdays_of(job.weekdays)]}


def home_of(person: Beneficiary) -> str:
    """Where somebody lives, as the address search reads it."""
    return " ".join(part for part in (person.address, person.postcode, person.commune) if part)


def _person(beneficiary_id: int, page: str) -> Beneficiary:
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page=page)
    return person


def _to_file(beneficiary_id: int) -> Response:
    """To the page that it was asked from, or the person's file."""
    return redirect(way_back(url_for("files.show", beneficiary_id=beneficiary_id)), code=303)
