"""Attendance on paper: the attestation of somebody's workshops in hours, and the sheet that a group signs."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Letterhead, Person
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Attended:
    """A workshop somebody came to: when, about what, how long, all in words."""

    on: str
    title: str
    length: str


@dataclass(frozen=True, kw_only=True)
class AttestationPaper:
    """What a person attended, the first first, and how long in all; who led what is not said, nor who else came."""

    platform: Letterhead
    person: Person
    made_at: datetime
    rows: tuple[Attended, ...]
    total: str


@dataclass(frozen=True, kw_only=True)
class SheetPaper:
    """Who is expected at a workshop, by name, each with a place to sign."""

    platform: Letterhead
    made_at: datetime
    workshop: str
    when: str
    length: str
    where: str
    leader: str | None
    names: tuple[str, ...]


def attestation_pdf(paper: AttestationPaper) -> bytes:
    """The attestation as an A4 PDF/UA."""
    return render("mobility/documents/attestation.typ", paper, title="Attestation de présence", dated_at=paper.made_at)


def sheet_pdf(paper: SheetPaper) -> bytes:
    """The sheet as an A4 PDF/UA."""
    return render("mobility/documents/attendance_sheet.typ", paper, title="Feuille de présence", dated_at=paper.made_at)
