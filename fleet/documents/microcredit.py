"""The file for a lender on paper: the loan asked for, and what the person let into it."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Fact, Letterhead
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the file: its title, its facts, and a table of what has days or amounts."""

    title: str
    facts: tuple[Fact, ...] = ()
    rows: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MicrocreditPaper:
    """The file as it goes to the lender; `agreed_at` is when the person chose what is in it."""

    platform: Letterhead
    number: str
    written_at: datetime
    full_name: str
    loan: str
    parts: tuple[Part, ...]
    agreed_at: datetime


def microcredit_pdf(paper: MicrocreditPaper) -> bytes:
    """The file as an A4 PDF/UA."""
    title = f"Dossier de microcrédit {paper.number}"
    return render("fleet/documents/microcredit.typ", paper, title=title, dated_at=paper.written_at)
