"""The letter that gives a person the way into their own space: an identifier and a code used once."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mobility.documents.papers import Letterhead, Person
from mobility.documents.render import render
from mobility.later import later

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")


@dataclass(frozen=True, kw_only=True)
class AccessLetterPaper:
    """The code is shown here and nowhere else; `address` is the page where both are typed."""

    platform: Letterhead
    number: str
    issued_at: datetime
    person: Person
    identifier: str
    code: str
    address: str
    valid_until_at: datetime
    adviser: str
    adviser_phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Printed:
    platform: Letterhead
    number: str
    letter: AccessLetterPaper
    picture: str


def access_letter_pdf(paper: AccessLetterPaper) -> bytes:
    """The letter as an A4 PDF/UA, with the page's address also as a QR code."""
    picture = segno.make(paper.address, error="m", micro=False).svg_inline(border=0, dark="#14213D")
    printed = _Printed(platform=paper.platform, number=paper.number, letter=paper, picture=picture)
    return render("mobility/documents/access_letter.typ", printed, title="Votre accès personnel", dated_at=paper.issued_at)
