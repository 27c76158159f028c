"""The paper of a cash drawer closed: what it began with, every movement, what was counted, and any difference in words."""

from dataclasses import dataclass
from datetime import date, datetime

from mobility.documents.papers import Letterhead
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Cash in (above zero) or out, by its entry; people stand there by the reference of their payment."""

    on: date
    label: str
    voucher: str
    moved_cents: int


@dataclass(frozen=True, kw_only=True)
class DrawerPaper:
    """A drawer from the count that opened it to the one that closed it; the reasons say a difference and why, None when there was none."""

    platform: Letterhead
    number: int
    opened_at: datetime
    opened_by: str
    opened_cents: int
    opened_reason: str | None
    closed_at: datetime
    closed_by: str
    movements: tuple[Movement, ...]
    expected_cents: int
    counted_cents: int
    closed_reason: str | None


def drawer_pdf(paper: DrawerPaper) -> bytes:
    """The closing as an A4 PDF/UA."""
    return render("billing/documents/drawer.typ", paper, title=f"Caisse n° {paper.number}", dated_at=paper.closed_at)
