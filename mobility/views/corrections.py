"""What a person asks to have put right: asked from their own space, answered from their file, within a month."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.corrections import answer_correction, ask_correction
from mobility.channels import CALL
from mobility.clock import now, today
from mobility.codes import choices
from mobility.corrections import ERASURE, OUTCOMES, REFUSED, SUBJECTS
from mobility.queries.corrections import get_correction, list_corrections
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.schemas.corrections import CorrectionAnswerSchema, CorrectionSchema, due_on
from mobility.tongues import say
from mobility.views.consents import ADVISERS, own_id
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("corrections", __name__)
WORDS = {"subjects": SUBJECTS, "outcomes": OUTCOMES, "due_on": due_on}


@pages.get("/p/<slug>/me/corrections")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own(form: Form | None = None) -> str:
    """What one asked, what was answered, and the form to ask."""
    asked, form = list_corrections(own_id()), form or Form(values={"subject": request.args.get("subject", "")})
    return render_template("path/own_corrections.html", asked=asked, form=form, options=choices(SUBJECTS), **WORDS)


@pages.post("/p/<slug>/me/corrections")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(own)
def ask() -> ResponseReturnValue:
    """Ask."""
    ask_correction(own_id(), **from_form(CorrectionSchema()), by=viewer(), now=now())
    flash(say("Votre demande est partie. Nous vous répondons dans le mois."), "fine")
    return redirect(url_for("corrections.own"), code=303)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/corrections")
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> str:
    """What a person asked, the open ones with their way to answer."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="corrections")
    return render_template("path/corrections.html", person=person, asked=list_corrections(person.id), today=today(), **WORDS)


@pages.get("/p/<slug>/corrections/<int:correction_id>")
@allow(*ADVISERS)
def show(correction_id: int, form: Form | None = None) -> str:
    """One of them, to be answered."""
    row = get_correction(correction_id)
    person = get_beneficiary(row.beneficiary_id, viewer())
    look(person.id, page="corrections")
    is_erasure = row.subject == ERASURE
    options = choices({REFUSED: OUTCOMES[REFUSED]} if is_erasure else OUTCOMES)
    more = {"options": options, "is_erasure": is_erasure, "may_erase": viewer().may(Role.MANAGER)}
    return render_template("path/correction.html", person=person, row=row, form=form or Form(), today=today(), **more, **WORDS)


@pages.post("/p/<slug>/corrections/<int:correction_id>")
@allow(*ADVISERS)
@or_again(show)
def answer(correction_id: int) -> ResponseReturnValue:
    """Answer; the person is told, or somebody has to tell them."""
    row, channel = answer_correction(correction_id, **from_form(CorrectionAnswerSchema()), by=viewer(), now=now())
    said = "à dire à la personne de vive voix : elle n’a ni courriel ni SMS" if channel == CALL else "la personne en est prévenue"
    flash(f"La réponse est notée, {said}.", "near" if channel == CALL else "fine")
    return redirect(url_for("corrections.of_person", beneficiary_id=row.beneficiary_id), code=303)
