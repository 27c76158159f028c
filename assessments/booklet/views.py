"""The booklet's pages: the person's own, the adviser's beside them, and the one a stranger opens by a link."""

import json
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assessments.booklet import actions
from assessments.booklet.competences import CONFIRMED, STATES, label_of
from assessments.booklet.contents import COMPETENCES, EXPERIENCE_KINDS, EXPERIENCES, LASTS, PAGES, only
from assessments.booklet.models import BookletLook
from assessments.booklet.queries import (
    booklet_of,
    check_looks,
    get_experience,
    groups_to_choose,
    list_competences,
    list_confirmations,
    list_shares,
    paper_of,
)
from assessments.booklet.schemas import BookletOut, CompetencesSchema, ExperienceSchema, ShareSchema
from assessments.documents.booklet import booklet_pdf
from mobility.addresses import page_address
from mobility.clock import now, today
from mobility.codes import choices
from mobility.db import db, platform_id, write_last
from mobility.models import Beneficiary
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.schemas.liaison import NothingSchema
from mobility.tongues import say
from mobility.views.consents import own_id
from mobility.web.access import allow, public
from mobility.web.edge import after_reading
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.once import shown_once
from mobility.web.platform import here
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("booklet", __name__)
ADVISERS = (Role.ADVISER, Role.MANAGER)
WORDS: dict[str, Any] = {"states": STATES, "page_names": PAGES, "confirmed": CONFIRMED}


@pages.get("/p/<slug>/me/booklet")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own() -> str:
    """One's own, whole."""
    return render_template("assessments/booklet_own.html", booklet=booklet_of(_me(), now()), **WORDS)


@pages.get("/p/<slug>/me/booklet.pdf")
@allow(Role.BENEFICIARY)
def own_paper() -> Response:
    """One's own on A4, references included."""
    return _paper(_me())


@pages.get("/p/<slug>/me/booklet.json")
@allow(Role.BENEFICIARY)
def own_file() -> Response:
    """One's own for a machine, in the shape that the API describes."""
    person = _me()
    told = json.dumps(BookletOut().dump(booklet_of(person, now())), ensure_ascii=False, indent=1)
    name = f"attachment; filename=livret-{person.number}.json"
    return Response(told, mimetype="application/json", headers={"Content-Disposition": name})


@pages.get("/p/<slug>/me/booklet/competences")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own_competences(form: Form | None = None) -> str:
    """Choose what one can do."""
    return _choose(_me(), form, url_for("booklet.declare_own"), own=True)


@pages.post("/p/<slug>/me/booklet/competences")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(own_competences)
def declare_own() -> ResponseReturnValue:
    """Keep the choice."""
    actions.declare_competences(own_id(), **from_form(CompetencesSchema()), by=viewer(), now=now())
    flash(say("Vos compétences sont notées. Votre conseiller les confirme avec vous, à partir d’une expérience."), "fine")
    return redirect(url_for("booklet.own"), code=303)


@pages.get("/p/<slug>/me/booklet/shares")
@allow(Role.BENEFICIARY)
@in_every_tongue
def shares(form: Form | None = None) -> str:
    """To whom one shows it, when they looked, and a new link."""
    kept, form = list_shares(own_id()), form or Form(values={"pages": [COMPETENCES, EXPERIENCES], "lasts": "week"})
    lasts = [(code, words) for code, (words, _) in LASTS.items()]
    options = {"page_options": choices(PAGES), "lasts_options": lasts}
    return render_template("assessments/booklet_shares.html", kept=kept, form=form, now=now(), **options, **WORDS)


@pages.post("/p/<slug>/me/booklet/shares")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(shares)
def share() -> ResponseReturnValue:
    """Make a link, shown once."""
    kept, token = actions.share_booklet(own_id(), **from_form(ShareSchema()), by=viewer(), now=now())
    return shown_once(render_template("assessments/booklet_share.html", kept=kept, address=address_of(token), **WORDS))


@pages.post("/p/<slug>/me/booklet/shares/<int:share_id>/end")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(lambda share_id, form: shares(form))
def end_share(share_id: int) -> ResponseReturnValue:
    """The link shows nothing any more."""
    from_form(NothingSchema())
    actions.end_share(share_id, own_id(), by=viewer(), now=now())
    flash(say("Ce lien ne montre plus rien."), "fine")
    return redirect(url_for("booklet.shares"), code=303)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/booklet")
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> str:
    """A person's, with what an adviser does there."""
    person = _theirs(beneficiary_id)
    return render_template("assessments/booklet.html", person=person, booklet=booklet_of(person, now()), **WORDS)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/booklet.pdf")
@allow(*ADVISERS)
def paper(beneficiary_id: int) -> Response:
    """A person's on A4, to hand to them."""
    return _paper(_theirs(beneficiary_id))


@pages.get("/p/<slug>/people/<int:beneficiary_id>/booklet/competences")
@allow(*ADVISERS)
def competences(beneficiary_id: int, form: Form | None = None) -> str:
    """Choose with the person what they can do."""
    return _choose(_theirs(beneficiary_id), form, url_for("booklet.declare", beneficiary_id=beneficiary_id), own=False)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/booklet/competences")
@allow(*ADVISERS)
@or_again(competences)
def declare(beneficiary_id: int) -> ResponseReturnValue:
    """Keep the choice."""
    actions.declare_competences(beneficiary_id, **from_form(CompetencesSchema()), by=viewer(), now=now())
    return _noted(beneficiary_id, "Les compétences sont notées, à vérifier.")


@pages.get("/p/<slug>/people/<int:beneficiary_id>/experiences/new")
@allow(*ADVISERS)
def new_experience(beneficiary_id: int, form: Form | None = None) -> str:
    """Note an experience."""
    return render_template(
        "assessments/booklet_experience_new.html", person=_theirs(beneficiary_id), form=form or Form(), kinds=choices(EXPERIENCE_KINDS)
    )


@pages.post("/p/<slug>/people/<int:beneficiary_id>/experiences")
@allow(*ADVISERS)
@or_again(new_experience)
def note_experience(beneficiary_id: int) -> ResponseReturnValue:
    """Keep it, and go on to what it confirms."""
    row = actions.note_experience(beneficiary_id, **from_form(ExperienceSchema()), by=viewer(), now=now())
    flash("L’expérience est notée. Cochez les compétences qu’elle confirme.", "fine")
    return redirect(url_for("booklet.experience", experience_id=row.id), code=303)


@pages.get("/p/<slug>/experiences/<int:experience_id>")
@allow(*ADVISERS)
def experience(experience_id: int, form: Form | None = None) -> str:
    """What an experience confirms, and its words to put right."""
    row = get_experience(experience_id)
    person = _theirs(row.beneficiary_id)
    given = {one.competence_id for one in list_confirmations(person.id) if one.experience_id == row.id}
    noted = list_competences(person.id)
    noted_now = Form(values={"codes": [one.code for one in noted if one.id in given]}, prefix="confirm")
    as_it_is = Form(values={"kind": row.kind, "employer": row.employer, "starts_on": row.starts_on, "ends_on": row.ends_on})
    tried = request.endpoint == "booklet.confirm"
    return render_template(
        "assessments/booklet_experience.html",
        person=person,
        row=row,
        kinds=choices(EXPERIENCE_KINDS),
        refused=form or Form(),
        ticked=replace(form, prefix="confirm") if form and tried else noted_now,
        told=form if form and not tried else as_it_is,
        noted=[(one.code, label_of(one.code)) for one in noted],
    )


@pages.post("/p/<slug>/experiences/<int:experience_id>/change")
@allow(*ADVISERS)
@or_again(experience)
def change_experience(experience_id: int) -> ResponseReturnValue:
    """Tell it anew."""
    row = actions.change_experience(experience_id, **from_form(ExperienceSchema()), by=viewer(), now=now())
    return _noted(row.beneficiary_id, "L’expérience est à jour.")


@pages.post("/p/<slug>/experiences/<int:experience_id>/confirm")
@allow(*ADVISERS)
@or_again(experience)
def confirm(experience_id: int) -> ResponseReturnValue:
    """Say what it confirms."""
    row = actions.confirm_competences(experience_id, **from_form(CompetencesSchema()), by=viewer(), now=now())
    return _noted(row.beneficiary_id, "C’est noté : la personne voit dans son livret ce qui est confirmé, et par qui.")


@pages.post("/p/<slug>/experiences/<int:experience_id>/withdraw")
@allow(*ADVISERS)
@or_again(experience)
def withdraw_experience(experience_id: int) -> ResponseReturnValue:
    """Take it out."""
    from_form(NothingSchema())
    return _noted(actions.withdraw_experience(experience_id, by=viewer(), now=now()), "L’expérience est retirée du livret.")


@pages.get("/p/<slug>/booklet/<token>")
@public
def shared(token: str) -> str:
    """The pages that a person chose to show, for whoever holds the link; the look is kept for the person."""
    at = now()
    share = actions.open_share(token, now=at)
    check_looks(share.id, at)
    booklet = only(booklet_of(db.session.get_one(Beneficiary, share.beneficiary_id), at), share.pages)
    seen = {"platform_id": platform_id(), "booklet_share_id": share.id, "at": at}
    after_reading(lambda: write_last(BookletLook, **seen))
    return render_template("assessments/booklet_shared.html", booklet=booklet, **WORDS)


def address_of(token: str) -> str:
    """The address to give somebody."""
    return page_address(here().slug, f"booklet/{token}")


def _me() -> Beneficiary:
    return get_beneficiary(own_id(), viewer())


def _theirs(beneficiary_id: int) -> Beneficiary:
    """A person whose booklet an adviser opens; the look is kept."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booklet")
    return person


def _paper(person: Beneficiary) -> Response:
    name = f"inline; filename=livret-{person.number}.pdf"
    return Response(booklet_pdf(paper_of(person, now())), mimetype="application/pdf", headers={"Content-Disposition": name})


def _choose(person: Beneficiary, form: Form | None, action: str, *, own: bool) -> str:
    noted, given = list_competences(person.id), {one.competence_id for one in list_confirmations(person.id)}
    form = form or Form(values={"codes": [one.code for one in noted]})
    kept = [label_of(one.code) for one in noted if one.id in given]
    return render_template(
        "assessments/booklet_competences.html",
        person=person,
        form=form,
        action=action,
        own=own,
        kept=kept,
        groups=[(label, options, _part(form, number)) for number, (label, options) in enumerate(groups_to_choose(today()))],
    )


def _part(form: Form, number: int) -> Form:
    """The same answers under another name: a field set a group, and what is wrong is said once, at the first."""
    return form if number == 0 else replace(form, prefix=f"f{number}", errors={}, labels={})


def _noted(beneficiary_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("booklet.of_person", beneficiary_id=beneficiary_id), code=303)
