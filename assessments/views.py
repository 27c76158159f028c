"""The assessment side by side: begun, one dimension a page, finished, read, printed. Every page works without JavaScript."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assessments import actions
from assessments.documents.assessment import assessment_pdf
from assessments.grids import get_grid
from assessments.models import Assessment
from assessments.moments import MOMENT_NAMES
from assessments.orientation import NOT_YET, STATE_NAMES, WAY_NAMES
from assessments.queries import clearances_of, get_assessment, get_draft, list_assessments, paper_of, sheet_of, suggestion_of
from assessments.queries.paper import find_genuine, proof_of
from assessments.schemas import AnswersSchema, CheckSchema, EvaluationSchema, NewAssessmentSchema
from assessments.sheets import TONES, Stop, find_stop, list_stops
from assessments.short_check import QUESTIONS, TONES_OF_FIT, check
from mobility.clock import now, today
from mobility.errors import InputRefused, NotFound
from mobility.later import later
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.slots import Line
from mobility.tongues import FRENCH, NAMES
from mobility.web.access import allow, public
from mobility.web.forms import Form, from_form, load, or_again
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

if TYPE_CHECKING:
    from assessments import radar as pictures
else:
    pictures = later("assessments.radar")

pages = Blueprint("assessments", __name__)
HOLDERS = (Role.ADVISER, Role.MANAGER)
WORDS = {"moments": MOMENT_NAMES, "states": STATE_NAMES, "ways": WAY_NAMES, "tones": TONES}
# A picture is a document of its own: pygal writes its style inside.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@pages.get("/p/<slug>/people/<int:beneficiary_id>/assessments")
@allow(*HOLDERS)
def person(beneficiary_id: int, form: Form | None = None) -> str:
    """What was held with somebody, what it opens today, and the next one to begin."""
    who = get_beneficiary(beneficiary_id, viewer())
    look(who.id, page="assessments")
    held = list_assessments(who.id)
    form = form or Form(values={"kind": "exit" if any(a.kind == "entry" and a.finished_at for a in held) else "entry", "held_on": today()})
    clearances = list(clearances_of(who.id).values())
    return render_template("assessments/person.html", person=who, held=held, form=form, clearances=clearances, **WORDS)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/assessments")
@allow(*HOLDERS)
@or_again(person)
def start(beneficiary_id: int) -> Response:
    """Begin one, and go to its first page."""
    made = actions.start_assessment(beneficiary_id, **from_form(NewAssessmentSchema()), by=viewer(), now=now())
    return redirect(url_for("assessments.show", assessment_id=made.id), code=303)


@pages.get("/p/<slug>/assessments/<int:assessment_id>")
@allow(*HOLDERS, Role.BENEFICIARY)
@in_every_tongue
def show(assessment_id: int) -> str | Response:
    """A finished one as it reads; a draft goes on where it was left."""
    assessment = get_assessment(assessment_id, viewer())
    if assessment.finished_at is None:
        return _go_on(assessment_id, next((s for s in list_stops(get_grid(assessment.grid_version), assessment.answers) if s.left), None))
    who = get_beneficiary(assessment.beneficiary_id, viewer())
    look(who.id, page="assessment")
    suggestion = suggestion_of(assessment) if viewer().may(*HOLDERS) else ""
    return render_template(
        "assessments/show.html", assessment=assessment, sheet=sheet_of(assessment), person=who, suggestion=suggestion, **WORDS
    )


@pages.get("/p/<slug>/assessments/<int:assessment_id>/questions/<code>")
@allow(*HOLDERS)
def questions(assessment_id: int, code: str, form: Form | None = None) -> str:
    """One dimension: three questions, their answers in words."""
    draft = get_draft(assessment_id, viewer())
    grid = get_grid(draft.grid_version)
    stop = find_stop(grid, draft.answers, code)
    who = get_beneficiary(draft.beneficiary_id, viewer())
    look(who.id, page="assessment")
    # No once-id: the same answers sent twice are the same answers.
    form = form or Form(values=draft.answers, once="")
    stops = list_stops(grid, draft.answers)
    read = {"beside": request.args.get("beside", ""), "tongues": [(code, name) for code, name in NAMES.items() if code != FRENCH]}
    return render_template(
        "assessments/questions.html", assessment=draft, person=who, stop=stop, stops=stops, form=form, moments=MOMENT_NAMES, **read
    )


@pages.post("/p/<slug>/assessments/<int:assessment_id>/questions/<code>")
@allow(*HOLDERS)
@or_again(questions)
def keep(assessment_id: int, code: str) -> Response:
    """Keep this page's answers and go on to the next."""
    draft = actions.answer(assessment_id, from_form(AnswersSchema()), by=viewer(), now=now())
    grid = get_grid(draft.grid_version)
    place = find_stop(grid, draft.answers, code).place
    return _go_on(assessment_id, next((stop for stop in list_stops(grid, draft.answers) if stop.place == place + 1), None))


@pages.post("/p/<slug>/assessments/<int:assessment_id>/answers")
@allow(*HOLDERS)
def autosave(assessment_id: int) -> Response:
    """Keep what is ticked so far, sent by static/js/autosave.js after each answer."""
    actions.answer(assessment_id, from_form(AnswersSchema()), by=viewer(), now=now())
    return Response(status=204)


@pages.get("/p/<slug>/assessments/<int:assessment_id>/finish")
@allow(*HOLDERS)
def overview(assessment_id: int, form: Form | None = None) -> str:
    """Every dimension with what is left, and the end."""
    draft = get_draft(assessment_id, viewer())
    who = get_beneficiary(draft.beneficiary_id, viewer())
    look(who.id, page="assessment")
    stops = list_stops(get_grid(draft.grid_version), draft.answers)
    return render_template("assessments/overview.html", assessment=draft, person=who, stops=stops, form=form or Form(), **WORDS)


@pages.post("/p/<slug>/assessments/<int:assessment_id>/finish")
@allow(*HOLDERS)
@or_again(overview)
def finish(assessment_id: int) -> Response:
    """Finish it once for all."""
    actions.finish_assessment(assessment_id, by=viewer(), now=now())
    flash("Le bilan est terminé. Voici ce qu’il dit et ce qu’il ouvre.", "fine")
    return redirect(url_for("assessments.show", assessment_id=assessment_id), code=303)


@pages.get("/p/<slug>/assessments/<int:assessment_id>/radar.svg")
@allow(*HOLDERS, Role.BENEFICIARY)
def radar(assessment_id: int) -> Response:
    """The picture beside the table."""
    sheet = sheet_of(_finished(assessment_id))
    return Response(pictures.draw_radar(sheet.counted), mimetype="image/svg+xml", headers={"Content-Security-Policy": PICTURE_POLICY})


@pages.get("/p/<slug>/assessments/<int:assessment_id>/bilan.pdf")
@allow(*HOLDERS, Role.BENEFICIARY)
def paper(assessment_id: int) -> Response:
    """The assessment on A4."""
    assessment = _finished(assessment_id)
    look(assessment.beneficiary_id, page="assessment")
    name = f"inline; filename={assessment.number}.pdf"
    return Response(assessment_pdf(paper_of(assessment)), mimetype="application/pdf", headers={"Content-Disposition": name})


@pages.get("/p/<slug>/people/<int:beneficiary_id>/evaluations/new")
@allow(*HOLDERS)
def evaluation(beneficiary_id: int, form: Form | None = None) -> str:
    """Note an evaluation that was held today."""
    who = get_beneficiary(beneficiary_id, viewer())
    look(who.id, page="assessments")
    options = [(c.kind, WAY_NAMES[c.kind], c.reason) for c in clearances_of(who.id).values() if c.state != NOT_YET]
    return render_template("assessments/evaluation.html", person=who, options=options, form=form or Form())


@pages.post("/p/<slug>/people/<int:beneficiary_id>/evaluations/new")
@allow(*HOLDERS)
@or_again(evaluation)
def evaluate(beneficiary_id: int) -> Response:
    """Keep its result; one that is passed opens the vehicle."""
    clearance = actions.record_evaluation(beneficiary_id, **from_form(EvaluationSchema()), by=viewer(), now=now())
    flash(f"{WAY_NAMES[clearance.kind]} : {STATE_NAMES[clearance.state]}.", TONES[clearance.state])
    return redirect(url_for("assessments.person", beneficiary_id=beneficiary_id), code=303)


def _finished(assessment_id: int) -> Assessment:
    """A finished assessment that the viewer may read. Raises NotFound."""
    found = get_assessment(assessment_id, viewer())
    if found.finished_at is None:
        raise NotFound
    return found


def _go_on(assessment_id: int, stop: Stop | None) -> Response:
    """To a dimension's page, or to the end when there is none."""
    if stop is None:
        return redirect(url_for("assessments.overview", assessment_id=assessment_id), code=303)
    beside = request.args.get("beside")  # read on with the person in their tongue
    return redirect(url_for("assessments.questions", assessment_id=assessment_id, code=stop.dimension.code, beside=beside), code=303)


genuine = Blueprint("genuine", __name__)


@genuine.get("/p/<slug>/genuine/<number>/<code>", endpoint="show")
@public
def check_genuine(number: str, code: str) -> str:
    """Whether a printed assessment is genuine, issued when, valid until when; nothing else is said."""
    return render_template("assessments/genuine.html", **proof_of(find_genuine(number, code), today()))


short_check = Blueprint("short_check", __name__)


def ways_in() -> Iterator[Line]:
    """The way to it from a platform's own page."""
    if g.get("platform") is not None:
        yield Line(
            text="La plateforme convient-elle ? Huit réponses, sans nommer personne", href=url_for("short_check.show"), act="Vérifier"
        )


@short_check.get("/p/<slug>/check", endpoint="show")
@public
def check_short() -> ResponseReturnValue:
    """Ask and answer on one page; the answers stand in its address, so they can be sent to somebody."""
    values = {question.code: request.args.get(question.code, "") for question in QUESTIONS}
    if not any(values.values()):
        return _checked(Form())
    try:
        told = load(CheckSchema(), {code: value for code, value in values.items() if value})
    except InputRefused as refused:
        return _checked(Form(values=values, errors=refused.messages, sentence=refused.sentence)), refused.status
    return _checked(Form(values=values), check(told))


def _checked(form: Form, answer: object = None) -> str:
    return render_template(
        "assessments/short_check.html", form=form, questions=QUESTIONS, answer=answer, ways=WAY_NAMES, tones=TONES_OF_FIT
    )
