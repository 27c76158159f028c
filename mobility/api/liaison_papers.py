"""The papers of a liaison form as JSON."""

from collections.abc import Sequence
from typing import Any

from mobility.actions import liaison_papers as papers
from mobility.clock import now
from mobility.models import LiaisonPaper
from mobility.queries.liaison import get_line
from mobility.queries.liaison_papers import list_papers
from mobility.schemas.liaison import NothingSchema
from mobility.schemas.liaison_papers import LiaisonPaperOut, LiaisonPaperSchema
from mobility.views.liaison import ADVISERS, BOTH
from mobility.views.liaison_papers import sent_file
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("liaison_papers_api", __name__, url_prefix="/api/v1/p/<slug>", description="Pièces des fiches de liaison")


@blp.get("/liaison-forms/<int:form_id>/papers")
@blp.response(200, LiaisonPaperOut(many=True))
@allow(*BOTH)
def show(form_id: int) -> Sequence[LiaisonPaper]:
    """What was seen and what is sent to be seen, in the order it came."""
    look(get_line(form_id, viewer()).person.id, page="liaison_form")
    return list_papers(form_id)


@blp.post("/liaison-forms/<int:form_id>/papers")
@blp.arguments(LiaisonPaperSchema, location="query")
@blp.response(201, LiaisonPaperOut)
@allow(*BOTH)
def add(asked: dict[str, Any], form_id: int) -> LiaisonPaper:
    """Say that a paper was seen; sent as `file` of a multipart/form-data body, it waits to be seen by the platform, then goes."""
    return papers.add_paper(form_id, **asked, content=sent_file(), by=viewer(), now=now())


@blp.post("/liaison-papers/<int:liaison_paper_id>/check")
@blp.arguments(NothingSchema)
@blp.response(200, LiaisonPaperOut)
@allow(*ADVISERS)
def check(sent: dict[str, Any], liaison_paper_id: int) -> LiaisonPaper:
    """The platform saw it: the file goes."""
    return papers.check(liaison_paper_id, by=viewer(), now=now())


@blp.post("/liaison-papers/<int:liaison_paper_id>/remove")
@blp.arguments(NothingSchema)
@blp.response(204)
@allow(*BOTH)
def remove(sent: dict[str, Any], liaison_paper_id: int) -> None:
    """Take it off, its file with it."""
    papers.remove(liaison_paper_id, by=viewer(), now=now())
