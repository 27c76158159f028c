"""A4 sheets of labels with the QR code of each vehicle, 3 × 7 of 63.5 × 38.1 mm, the stationers' usual."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mobility.documents.papers import Letterhead
from mobility.documents.render import render
from mobility.later import later

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")


@dataclass(frozen=True, kw_only=True)
class Label:
    """One vehicle's: its name, and the address that its code opens."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class LabelSheet:
    """The labels in the order they are cut."""

    platform: Letterhead
    labels: tuple[Label, ...]
    printed_at: datetime


@dataclass(frozen=True, kw_only=True)
class _Printed:
    platform: Letterhead
    names: tuple[str, ...]
    pictures: tuple[str, ...]


def label_sheet_pdf(sheet: LabelSheet) -> bytes:
    """The sheets as PDF/UA."""
    pictures = tuple(segno.make(label.address, error="q", micro=False).svg_inline(border=0, dark="#14213D") for label in sheet.labels)
    printed = _Printed(platform=sheet.platform, names=tuple(label.name for label in sheet.labels), pictures=pictures)
    return render("fleet/documents/label_sheet.typ", printed, title="Étiquettes des véhicules", dated_at=sheet.printed_at)
