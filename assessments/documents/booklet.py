"""The mobility booklet on paper, with the references of each competence (domain.md §7)."""

from dataclasses import dataclass

from assessments.booklet.competences import CONFIRMED
from assessments.booklet.contents import Booklet, Reference
from mobility.documents.papers import Letterhead
from mobility.documents.render import render
from mobility.periods import say_day
from mobility.tongues import capital


@dataclass(frozen=True, kw_only=True)
class BookletPaper:
    """What is printed: a booklet, and who prints it."""

    platform: Letterhead
    booklet: Booklet


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One line of a table: what, and the rest in words."""

    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class _Printed:
    platform: Letterhead
    full_name: str
    confirmed: tuple[_Line, ...]
    to_verify: tuple[str, ...]
    experiences: tuple[_Line, ...]
    trainings: tuple[_Line, ...]
    assessments: tuple[_Line, ...]


def booklet_pdf(paper: BookletPaper) -> bytes:
    """The booklet as an A4 PDF/UA."""
    booklet = paper.booklet
    sure = [one for one in booklet.competences if one.state == CONFIRMED]
    learned = [_Line(label=one.label, words=one.when) for one in booklet.trainings]
    learned += [
        _Line(label=f"Permis {one.category}", words=f"obtenu le {say_day(one.issued_on)}" if one.issued_on else "vu par la plateforme")
        for one in booklet.licences
    ]
    printed = _Printed(
        platform=paper.platform,
        full_name=booklet.full_name,
        confirmed=tuple(_Line(label=one.label, words=" ; ".join(map(say_reference, one.references))) for one in sure),
        to_verify=tuple(one.label for one in booklet.competences if one not in sure),
        experiences=tuple(_Line(label=f"{capital(one.kind_in_words)}, {one.employer}", words=one.when) for one in booklet.experiences),
        trainings=tuple(learned),
        assessments=tuple(_Line(label=one.moment, words=say_day(one.held_on)) for one in booklet.assessments),
    )
    return render("assessments/documents/booklet.typ", printed, title="Livret de mobilité", dated_at=booklet.made_at)


def say_reference(reference: Reference) -> str:
    """Who confirmed, which day, where it was seen."""
    where = f", d’après {reference.experience.employer}" if reference.experience else ""
    return f"confirmée par {reference.by} le {say_day(reference.on)}{where}"
