"""The work order (ordre de réparation) on paper: what is asked of the garage, then what was done and what it cost. It names no hirer."""

from dataclasses import dataclass
from datetime import datetime

from fleet.documents.contract import Vehicle
from mobility.documents.papers import Letterhead, Signature
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class WorkDone:
    """One line: what, its quantity in words, the price of one and of all."""

    label: str
    quantity: str
    unit_cents: int
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class WorkOrderPaper:
    """A work order as it stands; `downtime` says how long the vehicle was kept, once it came in."""

    platform: Letterhead
    number: str
    opened_at: datetime
    vehicle: Vehicle
    subject: str
    description: str | None = None
    garage: str | None = None
    status: str
    planned: str | None = None
    started_at: datetime | None = None
    done_at: datetime | None = None
    downtime: str | None = None
    lines: tuple[WorkDone, ...] = ()
    total_cents: int = 0
    signatures: tuple[Signature, ...] = ()


def work_order_pdf(paper: WorkOrderPaper) -> bytes:
    """The order as an A4 PDF/UA."""
    return render("fleet/documents/work_order.typ", paper, title=f"Ordre de réparation {paper.number}", dated_at=paper.opened_at)
