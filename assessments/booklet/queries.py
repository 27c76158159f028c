"""A person's booklet as it stands: what was noted and confirmed, and the dates that the platform knows by itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from assessments.booklet import contents
from assessments.booklet.competences import label_of, list_on, place_of
from assessments.booklet.contents import MOST_LOOKS_A_MINUTE, PAGES, Booklet
from assessments.booklet.models import BookletLook, BookletShare, Competence, Confirmation, Experience
from assessments.documents.booklet import BookletPaper
from assessments.moments import MOMENT_NAMES
from assessments.queries import list_finished
from mobility.codes import ACTION_KINDS
from mobility.db import db
from mobility.errors import NotFound, TooManyTries
from mobility.models import Account, Action, Beneficiary, Link
from mobility.papers import LICENCE
from mobility.periods import paris_day
from mobility.queries.letterhead import letterhead, platform_here
from mobility.queries.people import list_documents, list_jobs
from mobility.tongues import capital

_TAUGHT = ("workshop", "referral_driving_school")  # steps of a path that teach something
_NOBODY = "la plateforme"


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A link that a person gave away: the pages it shows, until when, whether it was ended, and each look."""

    id: int
    pages: Sequence[str]
    shared_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    looks: Sequence[datetime]

    def is_open(self, now: datetime) -> bool:
        """Whether it still shows something."""
        return self.ended_at is None and now < self.expires_at


def booklet_of(person: Beneficiary, now: datetime) -> Booklet:
    """The whole booklet of a person."""
    experiences = {row.id: _experience(row) for row in list_experiences(person.id)}
    return Booklet(
        full_name=f"{person.first_name} {person.last_name}",
        platform=platform_here().name,
        made_at=now,
        pages=tuple(PAGES),
        competences=_competences(person.id, experiences),
        experiences=tuple(experiences.values()),
        trainings=_trainings(person.id, paris_day(now)),
        licences=tuple(_licences(person.id)),
        assessments=tuple(contents.Held(moment=MOMENT_NAMES[one.kind], held_on=one.held_on) for one in list_finished(person.id)),
    )


def paper_of(person: Beneficiary, now: datetime) -> BookletPaper:
    """The whole booklet on its way to paper."""
    return BookletPaper(platform=letterhead(), booklet=booklet_of(person, now))


def list_experiences(beneficiary_id: int) -> Sequence[Experience]:
    """A person's, the latest first."""
    theirs = select(Experience).filter(Experience.beneficiary_id == beneficiary_id)
    return db.session.scalars(theirs.order_by(Experience.starts_on.desc(), Experience.id.desc())).all()


def get_experience(experience_id: int) -> Experience:
    """One of them, for the platform's advisers. Raises NotFound."""
    found = db.session.scalar(select(Experience).filter(Experience.id == experience_id))
    if found is None:
        raise NotFound("Cette expérience n’existe pas ici.")
    return found


def list_competences(beneficiary_id: int) -> list[Competence]:
    """A person's, in the order of the list."""
    found = db.session.scalars(select(Competence).filter(Competence.beneficiary_id == beneficiary_id))
    return sorted(found, key=lambda row: (place_of(row.code), row.code))


def list_confirmations(beneficiary_id: int) -> Sequence[Confirmation]:
    """Those of a person's competences, the oldest first."""
    theirs = select(Competence.id).filter(Competence.beneficiary_id == beneficiary_id)
    return db.session.scalars(select(Confirmation).filter(Confirmation.competence_id.in_(theirs)).order_by(Confirmation.id)).all()


def groups_to_choose(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The list in force as a form offers it, group by group."""
    return [(group.label, list(group.competences.items())) for group in list_on(on).groups]


def list_shares(beneficiary_id: int) -> list[Shared]:
    """The links of a person, the latest first, each with its looks, the latest first."""
    asked = select(BookletShare, Link).join(Link, (Link.platform_id == BookletShare.platform_id) & (Link.id == BookletShare.link_id))
    rows = db.session.execute(asked.filter(BookletShare.beneficiary_id == beneficiary_id).order_by(BookletShare.id.desc())).all()
    looks: dict[int, list[datetime]] = defaultdict(list)
    seen = select(BookletLook.booklet_share_id, BookletLook.at).filter(BookletLook.booklet_share_id.in_([share.id for share, _ in rows]))
    for share_id, at in db.session.execute(seen.order_by(BookletLook.at.desc())):
        looks[share_id].append(at)
    return [
        Shared(
            id=share.id,
            pages=share.pages,
            shared_at=share.shared_at,
            expires_at=link.expires_at,
            ended_at=link.used_at,
            looks=looks[share.id],
        )
        for share, link in rows
    ]


def check_looks(share_id: int, now: datetime) -> None:
    """Raises TooManyTries for a link that a machine opens again and again."""
    lately = select(func.count()).filter(BookletLook.booklet_share_id == share_id, BookletLook.at > now - timedelta(minutes=1))
    if (db.session.scalar(lately) or 0) >= MOST_LOOKS_A_MINUTE:
        raise TooManyTries("Ce livret vient d’être ouvert trop souvent. Attendez une minute, puis recommencez.")


def _experience(row: Experience) -> contents.Experience:
    return contents.Experience(id=row.id, kind=row.kind, employer=row.employer, starts_on=row.starts_on, ends_on=row.ends_on)


def _competences(beneficiary_id: int, experiences: dict[int, contents.Experience]) -> tuple[contents.Competence, ...]:
    given = list_confirmations(beneficiary_id)
    wanted = {row.confirmed_by for row in given if row.confirmed_by}
    asked = select(Account.id, Account.name).filter(Account.id.in_(wanted))
    names = {account_id: name for account_id, name in db.session.execute(asked)} if wanted else {}
    references = defaultdict(list)
    for row in given:
        by = names.get(row.confirmed_by or 0, _NOBODY)
        references[row.competence_id].append(
            contents.Reference(by=by, on=paris_day(row.confirmed_at), experience=experiences[row.experience_id])
        )
    return tuple(
        contents.Competence(
            id=row.id,
            code=row.code,
            label=label_of(row.code),
            noted_on=paris_day(row.noted_at),
            references=tuple(references[row.id]),
        )
        for row in list_competences(beneficiary_id)
    )


def _trainings(beneficiary_id: int, today: date) -> tuple[contents.Training, ...]:
    """Trainings begun, and the steps of the path that teach, the latest first; their words are the codes' own."""
    learned = [
        contents.Training(label="Formation" + (f", {job.employer}" if job.employer else ""), starts_on=job.starts_on, ends_on=job.ends_on)
        for job in list_jobs(beneficiary_id)
        if job.kind == "training" and job.starts_on and job.starts_on <= today
    ]
    steps = select(Action).filter(Action.beneficiary_id == beneficiary_id, Action.kind.in_(_TAUGHT), Action.started_on <= today)
    learned += [
        contents.Training(label=capital(ACTION_KINDS[step.kind]), starts_on=step.started_on, ends_on=step.ended_on)
        for step in db.session.scalars(steps.order_by(Action.id))
    ]
    return tuple(sorted(learned, key=lambda each: each.starts_on, reverse=True))


def _licences(beneficiary_id: int) -> Iterator[contents.Licence]:
    """Each category by the paper seen last."""
    seen = set()
    for paper in list_documents(beneficiary_id):
        if paper.kind == LICENCE and paper.category and paper.category not in seen:
            seen.add(paper.category)
            yield contents.Licence(category=paper.category, issued_on=paper.issued_on, valid_until=paper.valid_until)
