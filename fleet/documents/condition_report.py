"""The condition report (état des lieux) on paper, at check-out and at check-in."""

from dataclasses import dataclass
from datetime import datetime

from fleet.documents.contract import Vehicle
from mobility.documents.papers import Letterhead, Person, Signature
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One part of the vehicle: its state in words, a short note, and whether it is new since the vehicle left."""

    part: str
    state: str
    note: str = ""
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A mark in words, and its pin on the sketch in per mille of its sides when it has one."""

    words: str
    note: str = ""
    is_new: bool = False
    x: int | None = None
    y: int | None = None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A small picture of the vehicle: what it shows, its JPEG in base 64, its size in pixels."""

    caption: str
    jpeg: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class ConditionReportPaper:
    """The vehicle's state on one day, its checklist as items with what was found of each.

    At check-in `vehicle.odometer_km` is the return's and `left_with_km` the departure's. `unsigned` is why the person did not sign.
    """

    platform: Letterhead
    number: str
    done_at: datetime
    is_return: bool
    contract_number: str
    person: Person
    vehicle: Vehicle
    left_with_km: int | None = None
    driven_km: int | None = None
    energy: str
    checks: tuple[Checked, ...]
    checklist: tuple[tuple[str, str], ...] = ()
    sketch: str = "car"
    marks: tuple[Marked, ...] = ()
    pictures: tuple[Picture, ...] = ()
    photos: int = 0
    remark: str | None = None
    unsigned: str | None = None
    signatures: tuple[Signature, ...]


def condition_report_pdf(paper: ConditionReportPaper) -> bytes:
    """The report as an A4 PDF/UA."""
    moment = "retour" if paper.is_return else "départ"
    title = f"État des lieux de {moment} {paper.number}"
    return render("fleet/documents/condition_report.typ", paper, title=title, dated_at=paper.done_at)
