"""Papers of a liaison form: said to be seen, sent to be seen, seen here; nothing of them is kept afterwards (domain.md §9 "Documents")."""

from datetime import date, datetime

from sqlalchemy import delete, select

from mobility import audit, practice
from mobility.actions.attachments import claim, keep_attachment
from mobility.actions.people import lock_beneficiary
from mobility.attachments import AttachmentKind
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound
from mobility.liaison_papers import PAPER_DAYS, check_paper, kept_until
from mobility.models import Attachment, LiaisonForm, LiaisonPaper
from mobility.periods import paris_day
from mobility.queries.liaison import get_line
from mobility.queries.liaison_papers import answered_on, list_papers, list_with_files
from mobility.rights import FILE_READERS, Role, Viewer, house

FILE = AttachmentKind(
    code="liaison_paper",
    name="Pièce d’une fiche de liaison",
    adders=frozenset({Role.PRESCRIBER, Role.ADVISER, Role.MANAGER}),
    readers=frozenset({Role.ADVISER, Role.MANAGER}),
)
GONE = "Ce fichier n’est plus là : la pièce est déjà vue, ou effacée."


def add_paper(form_id: int, *, kind: str, seen_on: date, content: bytes | None = None, by: Viewer, now: datetime) -> LiaisonPaper:
    """Say that a paper was seen on a day; with `content`, send it to be seen here too, made anew.

    Raises NotFound for a form of somebody else's, RuleBroken beside its field for a day that cannot be, a file that cannot be kept
    (`file`), or a form that is over.
    """
    form = get_line(form_id, by).form
    person = lock_beneficiary(form.beneficiary_id)
    db.session.refresh(form)
    check_paper(form.status, seen_on, len(list_papers(form_id)), paris_day(now))
    paper = LiaisonPaper(form_id=form.id, beneficiary_id=person.id, kind=kind, seen_on=seen_on, by_platform=by.may(*FILE_READERS))
    if content is not None:
        paper.attachment_id = _keep(content, form, by=by, now=now)
    paper.added_at, paper.added_by = now, by.account_id
    db.session.add(paper)
    audit.record("add_liaison_paper", paper, by=by, now=now, subject=person)
    return paper


def check(paper_id: int, *, by: Viewer, now: datetime) -> LiaisonPaper:
    """The platform saw the file: it goes, that it was seen stays. Raises NotFound, Conflict once the file is gone."""
    paper = _locked(paper_id, by)
    if paper.attachment_id is None:
        raise Conflict(GONE)
    _drop_file(paper)
    paper.checked_at, paper.checked_by = now, by.account_id
    audit.record("check_liaison_paper", paper, by=by, now=now)
    return paper


def remove(paper_id: int, *, by: Viewer, now: datetime) -> int:
    """Take a paper off its form, its file with it; the form's id. A sender takes off what their structure's form holds. Raises NotFound."""
    paper = _locked(paper_id, by)
    _drop_file(paper)
    audit.record("remove_liaison_paper", paper, by=by, now=now)
    db.session.delete(paper)
    return paper.form_id


def drop_old(*, now: datetime) -> None:
    """The daily job: the files of forms answered so many days ago go, seen or not."""
    today, by = paris_day(now), house(platform_id())
    for paper, form in list_with_files():
        last_on = kept_until(answered_on(form), practice.value_on(PAPER_DAYS.key, today))
        if last_on is not None and last_on < today:
            _drop_file(paper)
            paper.dropped_at = now
            audit.record("drop_liaison_paper", paper, by=by, now=now)


def _keep(content: bytes, form: LiaisonForm, *, by: Viewer, now: datetime) -> int:
    kept = keep_attachment(content, kind=FILE.code, beneficiary_id=form.beneficiary_id, field="file", by=by, now=now)
    db.session.flush()
    claim([kept.id], kind=FILE.code, beneficiary_id=form.beneficiary_id, field="file", by=by, now=now)
    return kept.id


def _locked(paper_id: int, by: Viewer) -> LiaisonPaper:
    """The paper of a form that the viewer reads, its person locked."""
    paper = db.session.get(LiaisonPaper, paper_id)
    if paper is None:
        raise NotFound
    get_line(paper.form_id, by)
    lock_beneficiary(paper.beneficiary_id)
    still = db.session.scalar(select(LiaisonPaper).filter(LiaisonPaper.id == paper_id).execution_options(populate_existing=True))
    if still is None:
        raise NotFound
    return still


def _drop_file(paper: LiaisonPaper) -> None:
    """The row lets go of its file first: the database holds that none is pointed to in vain."""
    dropped, paper.attachment_id = paper.attachment_id, None
    if dropped is not None:
        db.session.flush()
        db.session.execute(delete(Attachment).where(Attachment.id == dropped).execution_options(synchronize_session=False))
