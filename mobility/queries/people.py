"""People as each viewer may see them: staff everybody, a prescriber those their structure sent, a beneficiary only themself."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, false, func, or_, select, true
from sqlalchemy.orm import aliased

from mobility.db import Kept, db, look_once
from mobility.errors import NotFound
from mobility.models import Beneficiary, Document, Job, LiaisonForm
from mobility.names import fold
from mobility.papers import SOON_DAYS, last_good_day
from mobility.rights import ARCHIVE_READERS, Role, Viewer

FOUND_MAX = 50

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
_ANYBODY = Kept(select(Beneficiary).filter(Beneficiary.id == bindparam("id")))
_JOBS = Kept(select(Job).filter(Job.beneficiary_id == bindparam("beneficiary_id")))
_DOCUMENTS = Kept(
    select(Document).filter(Document.beneficiary_id == bindparam("beneficiary_id")).order_by(Document.seen_at.desc(), Document.id.desc())
)


def get_beneficiary(beneficiary_id: int, viewer: Viewer) -> Beneficiary:
    """A person of this platform that the viewer may see, erased ones by few. Raises NotFound, the same for missing and not theirs."""
    if viewer.is_staff:
        found = look_once(Beneficiary, beneficiary_id, lambda: _ANYBODY(id=beneficiary_id).scalar())
    else:
        found = db.session.scalar(people_of(viewer).filter(Beneficiary.id == beneficiary_id))
    if found is None or (found.erased_at is not None and not viewer.may(*ARCHIVE_READERS)):
        raise NotFound
    return found


def search(words: str, viewer: Viewer, *, limit: int = FOUND_MAX) -> Sequence[Beneficiary]:
    """People whose names hold every word, or whose phone or number holds it, by name; nothing for nothing."""
    if not fold(words):
        return []
    return db.session.scalars(matching(people_of(viewer), words).order_by(*_BY_NAME).limit(limit)).all()


def people_of(viewer: Viewer) -> Select[Beneficiary]:
    """The people this viewer may see."""
    everybody = select(Beneficiary).filter(Beneficiary.erased_at.is_(None), Beneficiary.merged_into_id.is_(None))
    if viewer.is_staff:
        return everybody
    if viewer.may(Role.BENEFICIARY) and viewer.beneficiary_id is not None:
        return everybody.filter(Beneficiary.id == viewer.beneficiary_id)
    if viewer.may(Role.PRESCRIBER):  # as `liaison.visible`: who took their agreement back is gone
        sent = select(LiaisonForm.beneficiary_id).filter(LiaisonForm.structure_id.in_(viewer.structure_ids))
        return everybody.filter(Beneficiary.id.in_(sent.filter(LiaisonForm.withdrawn_at.is_(None))))
    return everybody.filter(false())


def matching(asked: S, words: str) -> S:
    """Narrow to names that hold every word, or a phone or number that holds it; digits typed apart ("06 61 38") are one number again.

    A file that is one with another is found by the other.
    """
    wanted = fold(words).split()
    joined = aliased(Beneficiary)
    into = select(joined.merged_into_id).filter(joined.merged_into_id.is_not(None), *_says(joined, wanted))
    return asked.filter(or_(and_(*_says(Beneficiary, wanted)), Beneficiary.id.in_(into)))


def _says(who: type[Beneficiary], wanted: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    yield true()
    for word in wanted:
        if not word.isdigit():
            yield or_(who.search_key.contains(word, autoescape=True), func.lower(who.number).contains(word))
    if digits := "".join(word for word in wanted if word.isdigit()):
        yield or_(who.phone.contains(digits.removeprefix("0"), autoescape=True), who.number.contains(digits, autoescape=True))


def find_same(identity_key: str) -> Beneficiary | None:
    """The person already known under this identity, the first to have come; a key without a date of birth finds nobody."""
    if identity_key.endswith("|"):
        return None
    found = db.session.scalar(select(Beneficiary).filter(Beneficiary.identity_key == identity_key).order_by(Beneficiary.id).limit(1))
    while found is not None and found.merged_into_id is not None:
        found = db.session.get_one(Beneficiary, found.merged_into_id)
    return found


def list_documents(beneficiary_id: int) -> Sequence[Document]:
    """Papers seen, the latest first."""
    return _DOCUMENTS(beneficiary_id=beneficiary_id).scalars().all()


def list_jobs(beneficiary_id: int) -> Sequence[Job]:
    """Jobs and trainings, the latest start first; one whose start is not known stands before them."""
    return sorted(_JOBS(beneficiary_id=beneficiary_id).scalars(), key=lambda job: (job.starts_on or date.max, job.id), reverse=True)


def current_job(beneficiary_id: int, on: date) -> Job | None:
    """The job held on a day, else the next one to begin, else one without a known start; the latest recorded wins."""
    jobs = [job for job in list_jobs(beneficiary_id) if job.ends_on is None or job.ends_on >= on]
    held = [job for job in jobs if job.starts_on is not None and job.starts_on <= on]
    coming = sorted((job.starts_on, -job.id, job) for job in jobs if job.starts_on is not None and job.starts_on > on)
    undated = [job for job in jobs if job.starts_on is None]
    return next(iter([*held, *(job for *_, job in coming), *undated]), None)


def get_job(job_id: int, beneficiary_id: int) -> Job:
    """One of a person's jobs. Raises NotFound."""
    found = db.session.scalar(select(Job).filter(Job.id == job_id, Job.beneficiary_id == beneficiary_id))
    if found is None:
        raise NotFound
    return found


_DATED = Kept(
    select(
        Document.id,
        Document.beneficiary_id,
        Document.kind,
        Document.issued_on,
        Document.valid_until,
        Beneficiary.first_name,
        Beneficiary.last_name,
    )
    .join(Beneficiary, and_(Beneficiary.platform_id == Document.platform_id, Beneficiary.id == Document.beneficiary_id))
    .filter(or_(Document.valid_until >= bindparam("valid_from"), Document.issued_on >= bindparam("issued_from")))
    .order_by(Document.seen_at, Document.id)
)


def list_expiring(today: date) -> list[tuple[Row[*tuple[Any, ...]], date]]:
    """Papers that stop proving something within a month or stopped this month, newest sight of each kind only; soonest first.

    Each with its kind and whose it is (`beneficiary_id`, `first_name`, `last_name`).
    """
    rows = _DATED(valid_from=today - timedelta(days=SOON_DAYS), issued_from=today - timedelta(days=366))
    newest = {(paper.beneficiary_id, paper.kind): paper for paper in rows}
    dated = [(paper, last_good_day(paper.kind, paper.issued_on, paper.valid_until)) for paper in newest.values()]
    soon = [(paper, day) for paper, day in dated if day is not None and abs((day - today).days) <= SOON_DAYS]
    return sorted(soon, key=lambda line: (line[1], line[0].id))


_BY_NAME = (Beneficiary.last_name, Beneficiary.first_name, Beneficiary.id)
