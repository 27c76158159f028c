"""What a booklet holds, which pages of it are shared and for how long: codes, dates and names, no text about the person (domain.md §7)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assessments.booklet.competences import CONFIRMED, TO_VERIFY
from mobility.codes import JOB_KINDS
from mobility.errors import RuleBroken
from mobility.periods import check_order, say_day, say_span
from mobility.tongues import say, words

# What somebody did: a contract of any kind, and the periods that are none.
EXPERIENCE_KINDS = {code: words for code, words in JOB_KINDS.items() if code not in {"none", "training"}} | words(
    {
        "immersion": "période de mise en situation (PMSMP)",
        "internship": "stage",
        "integration": "contrat d’insertion",
        "volunteering": "bénévolat",
    }
)

COMPETENCES, EXPERIENCES, TRAINING, ASSESSMENTS = "competences", "experiences", "training", "assessments"
PAGES = words(
    {
        COMPETENCES: "mes compétences",
        EXPERIENCES: "mes expériences",
        TRAINING: "mes formations et mes permis",
        ASSESSMENTS: "les dates de mes bilans",
    }
)
LASTS = {
    "day": (say("un jour"), timedelta(days=1)),
    "week": (say("une semaine"), timedelta(days=7)),
    "month": (say("un mois"), timedelta(days=30)),
}
MOST_SHARES = 10
MOST_LOOKS_A_MINUTE = 20


@dataclass(frozen=True, kw_only=True)
class Experience:
    """Where the person worked, as what, and when."""

    id: int
    kind: str
    employer: str
    starts_on: date
    ends_on: date | None

    @property
    def kind_in_words(self) -> str:
        """As a paper says it."""
        return EXPERIENCE_KINDS.get(self.kind, self.kind)

    @property
    def when(self) -> str:
        """Its days in words."""
        return say_span(self.starts_on, self.ends_on) if self.ends_on else say("depuis le %(day)s", day=say_day(self.starts_on))


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Who confirmed a competence, which day, from which experience; None when experiences are not shared."""

    by: str
    on: date
    experience: Experience | None


@dataclass(frozen=True, kw_only=True)
class Competence:
    """One competence: to be verified until somebody confirms it from an experience."""

    id: int
    code: str
    label: str
    noted_on: date
    references: tuple[Reference, ...]

    @property
    def state(self) -> str:
        """`to_verify` or `confirmed`."""
        return CONFIRMED if self.references else TO_VERIFY


@dataclass(frozen=True, kw_only=True)
class Training:
    """A training or a workshop that the platform knows."""

    label: str
    starts_on: date
    ends_on: date | None

    @property
    def when(self) -> str:
        """Its days in words."""
        return say_span(self.starts_on, self.ends_on) if self.ends_on else say("depuis le %(day)s", day=say_day(self.starts_on))


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A licence that somebody of the platform has seen."""

    category: str
    issued_on: date | None
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class Held:
    """An assessment that was held: which moment, which day; never what it found."""

    moment: str
    held_on: date


@dataclass(frozen=True, kw_only=True)
class Booklet:
    """A person's booklet, or those of its pages that are shared."""

    full_name: str
    platform: str
    made_at: datetime
    pages: tuple[str, ...]
    competences: tuple[Competence, ...]
    experiences: tuple[Experience, ...]
    trainings: tuple[Training, ...]
    licences: tuple[Licence, ...]
    assessments: tuple[Held, ...]


def only(booklet: Booklet, pages: Collection[str]) -> Booklet:
    """The pages chosen and nothing else: a reference then names no experience that was not chosen."""
    shown = replace(
        booklet,
        pages=tuple(page for page in PAGES if page in pages),
        competences=booklet.competences if COMPETENCES in pages else (),
        experiences=booklet.experiences if EXPERIENCES in pages else (),
        trainings=booklet.trainings if TRAINING in pages else (),
        licences=booklet.licences if TRAINING in pages else (),
        assessments=booklet.assessments if ASSESSMENTS in pages else (),
    )
    if EXPERIENCES in pages:
        return shown
    bare = (replace(one, references=tuple(replace(each, experience=None) for each in one.references)) for one in shown.competences)
    return replace(shown, competences=tuple(bare))


def check_experience(*, starts_on: date, ends_on: date | None, today: date) -> None:
    """Raises RuleBroken: an experience has begun, and ends after its beginning."""
    if starts_on > today:
        raise RuleBroken("Une expérience a déjà commencé : notez un emploi à venir dans le parcours.", field="starts_on")
    check_order(starts_on, ends_on, sentence="La fin précède le début.", field="ends_on")
