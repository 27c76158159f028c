"""The papers of liaison forms, and how each stands."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from mobility import practice
from mobility.criteria import in_order
from mobility.db import db
from mobility.liaison_papers import PAPER_DAYS, Paper, kept_until, missing
from mobility.models import Attachment, LiaisonForm, LiaisonPaper
from mobility.periods import paris_day


def list_papers(form_id: int) -> list[LiaisonPaper]:
    """Those of a form, in the order they came."""
    return list(db.session.scalars(select(LiaisonPaper).filter(LiaisonPaper.form_id == form_id).order_by(LiaisonPaper.id)))


def list_with_files() -> list[tuple[LiaisonPaper, LiaisonForm]]:
    """Those whose file is still here, with their form."""
    asked = select(LiaisonPaper, LiaisonForm).join(LiaisonForm, LiaisonForm.id == LiaisonPaper.form_id)
    rows = db.session.execute(asked.filter(LiaisonPaper.attachment_id.is_not(None)).order_by(LiaisonPaper.id))
    return [(paper, form) for paper, form in rows]


def answered_on(form: LiaisonForm) -> date | None:
    """The day from which the days of its files are counted: its answer's, or that of its end without one."""
    return paris_day(form.decided_at) if form.decided_at else form.expired_on or form.closed_on


def files_until(form: LiaisonForm, today: date) -> date | None:
    """The last day of its files here; None while it waits for its answer."""
    return kept_until(answered_on(form), practice.value_on(PAPER_DAYS.key, today))


def missing_of(form: LiaisonForm, papers: Iterable[LiaisonPaper]) -> tuple[str, ...]:
    """What it declares and none of its papers shows yet, as codes."""
    kinds = frozenset(paper.kind for paper in papers)
    return missing(form.rsa_declared, form.rsa_seen, form.qpv_declared, in_order(form.situations or ()), kinds)


def pictures_of(papers: Iterable[LiaisonPaper]) -> frozenset[int]:
    """The attachments among their files that are pictures, which have a small twin to show; in one statement."""
    files = [paper.attachment_id for paper in papers if paper.attachment_id is not None]
    asked = select(Attachment.id).filter(Attachment.id.in_(files), Attachment.media_type == "image/jpeg")
    return frozenset(db.session.scalars(asked)) if files else frozenset()


def pure(paper: LiaisonPaper) -> Paper:
    """The paper as a value."""
    return Paper(
        kind=paper.kind,
        seen_on=paper.seen_on,
        added_on=paris_day(paper.added_at),
        by_platform=paper.by_platform,
        has_file=paper.attachment_id is not None,
        checked_on=paris_day(paper.checked_at) if paper.checked_at else None,
        dropped_on=paris_day(paper.dropped_at) if paper.dropped_at else None,
    )
