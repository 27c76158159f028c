"""Files for lenders on the pages that gather: a person's file, their own space."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, url_for

from fleet.microcredits import STATUS_NAMES, TONES
from fleet.models import Microcredit
from fleet.queries.microcredits import list_microcredits
from fleet.views.rentals import ADVISERS
from mobility.money import euros
from mobility.rights import Viewer
from mobility.slots import Line, Section, Slot, fill
from mobility.tongues import joined, say


def fill_microcredits(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.FILE, _file)
    fill(app, Slot.OWN_SPACE, _own)


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    rows = list_microcredits(beneficiary_id) if viewer.may(*ADVISERS) else ()
    if rows:
        lines = tuple(_line(row, url_for("microcredits.show", booking_id=row.booking_id)) for row in rows)
        yield Section(order=61, key="microcredits", title="Microcrédit", icon="bank", lines=lines)


def _own(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    rows = list_microcredits(beneficiary_id)
    if rows:
        lines = tuple(_line(row, url_for("microcredits.paper", microcredit_id=row.id)) for row in rows)
        sentence = say("Seul ce que vous avez choisi y figure.")
        yield Section(order=35, key="microcredits", title=say("Mon dossier de microcrédit"), icon="bank", sentence=sentence, lines=lines)


def _line(row: Microcredit, href: str) -> Line:
    detail = joined(", ", (row.vehicle, euros(row.principal_cents), row.lender))
    return Line(text=row.number, detail=detail, href=href, state=STATUS_NAMES[row.status], tone=TONES[row.status], act=say("Voir"))
