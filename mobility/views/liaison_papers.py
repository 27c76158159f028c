"""The papers of a liaison form, on one page for who sends it and who answers it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mobility.actions import liaison_papers as actions
from mobility.clock import now, today
from mobility.liaison_papers import KINDS, OTHER
from mobility.papers import PAPER_KINDS
from mobility.queries.liaison import get_line
from mobility.queries.liaison_papers import files_until, list_papers, missing_of, pictures_of, pure
from mobility.rights import FILE_READERS
from mobility.schemas.liaison_papers import LiaisonPaperSchema
from mobility.views.liaison import ADVISERS, BOTH
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("liaison_papers", __name__)


@pages.get("/p/<slug>/liaison-forms/<int:form_id>/papers")
@allow(*BOTH)
def show(form_id: int, form: Form | None = None) -> str:
    """What was seen, what is sent to be seen, and the form to say more."""
    line = get_line(form_id, viewer())
    look(line.person.id, page="liaison_form")
    papers = list_papers(form_id)
    pictures = pictures_of(papers)
    return render_template(
        "path/form_papers.html",
        line=line,
        papers=[(row, pure(row), row.attachment_id in pictures) for row in papers],
        missing=[f"{KINDS[code][0].lower()}{KINDS[code][1:]}" for code in missing_of(line.form, papers)],
        until=files_until(line.form, today()),
        form=form or Form(values={"seen_on": today().isoformat()}),
        kinds=KINDS,
        noted=PAPER_KINDS,
        other=OTHER,
        today=today(),
        is_staff=viewer().may(*FILE_READERS),
    )


@pages.post("/p/<slug>/liaison-forms/<int:form_id>/papers")
@allow(*BOTH)
@or_again(show)
def add(form_id: int) -> Response:
    """Say that a paper was seen, or send it to be seen."""
    paper = actions.add_paper(form_id, **from_form(LiaisonPaperSchema()), content=sent_file(), by=viewer(), now=now())
    flash(
        "La pièce est jointe : elle s’efface une fois vue." if paper.attachment_id else "C’est noté : la pièce est vue, rien n’est gardé.",
        "fine",
    )
    return _back(form_id)


@pages.post("/p/<slug>/liaison-papers/<int:liaison_paper_id>/check")
@allow(*ADVISERS)
def check(liaison_paper_id: int) -> Response:
    """The platform saw it: the file goes."""
    paper = actions.check(liaison_paper_id, by=viewer(), now=now())
    flash("La pièce est vue, son fichier est effacé.", "fine")
    return _back(paper.form_id)


@pages.post("/p/<slug>/liaison-papers/<int:liaison_paper_id>/remove")
@allow(*BOTH)
def remove(liaison_paper_id: int) -> Response:
    """Take it off, its file with it."""
    form_id = actions.remove(liaison_paper_id, by=viewer(), now=now())
    flash("La pièce est retirée.", "fine")
    return _back(form_id)


def sent_file() -> bytes | None:
    """The request's `file`, whole; None where none was chosen."""
    sent = request.files.get("file")
    return sent.read() if sent is not None and sent.filename else None


def _back(form_id: int) -> Response:
    return redirect(url_for("liaison_papers.show", form_id=form_id), code=303)
