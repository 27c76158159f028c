"""The file for a lender on paper: the loan asked for, and what the person let into it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mobility.documents.papers import Attached, Fact, Letterhead
from mobility.documents.render import render
from mobility.later import later

if TYPE_CHECKING:
    from mobility.documents import attached
else:
    attached = later("mobility.documents.attached")


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


def microcredit_pdf(paper: MicrocreditPaper, quote: Attached | None = None) -> bytes:
    """The file as an A4 PDF/UA; the quote, where the person lets it in, goes within it as it was brought.

    Somebody else's pages have no tags: merged among ours they would take its PDF/UA away, so it is a file that the PDF carries.
    """
    title = f"Dossier de microcrédit {paper.number}"
    written = render("fleet/documents/microcredit.typ", paper, title=title, dated_at=paper.written_at)
    return attached.attach(written, quote) if quote else written
