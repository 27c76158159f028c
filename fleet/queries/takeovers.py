"""Spreadsheets sent to start from: what each would do line by line, what was matched before, what may still be undone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from fleet.models import Takeover
from fleet.queries.takeover_loans import name_loans
from fleet.queries.takeover_people import name_people
from fleet.queries.takeover_vehicles import name_vehicles
from fleet.takeover_fields import OWN_NAMES
from fleet.takeover_lines import Line
from fleet.takeover_words import picked
from fleet.vehicle_columns import folded
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Site
from mobility.periods import paris_day
from mobility.queries.sites import list_sites


def get_takeover(takeover_id: int) -> Takeover:
    """A spreadsheet that was sent. Raises NotFound."""
    found = db.session.get(Takeover, takeover_id)
    if found is None:
        raise NotFound
    return found


def list_takeovers() -> Sequence[Takeover]:
    """The latest first."""
    return db.session.scalars(select(Takeover).order_by(Takeover.id.desc()).limit(50)).all()


def remembered() -> dict[str, str]:
    """What each heading was matched with the last time it was seen, "" when it was left aside."""
    found: dict[str, str] = {}
    for kept in reversed(list_takeovers()):
        found |= kept.remembered
    return found


def lines_of(kept: Takeover, *, now: datetime) -> list[Line]:
    """What a spreadsheet would do today, line by line."""
    lines = [
        Line(sheet=sheet["title"], number=number, cells=picked(cells, matching))
        for sheet, matching in zip(kept.sheets, kept.matching, strict=True)
        for number, cells in sheet["lines"]
    ]
    describing = _describing(kept)
    site, kind, today = _usual_site(kept), kept.kind or "", paris_day(now)
    name_vehicles(lines, lambda line: line.sheet in describing, site=site, kind=kind, today=today)
    name_people(lines, today=today)
    name_loans(lines, now=now)
    return lines


def _describing(kept: Takeover) -> set[str]:
    """The sheets that say what vehicles are: those that tell kinds, else the first that names vehicles."""
    told = [(sheet["title"], set(matching.values())) for sheet, matching in zip(kept.sheets, kept.matching, strict=True)]
    of_kinds = {title for title, codes in told if "kind" in codes}
    return of_kinds or set([title for title, codes in told if codes & {*OWN_NAMES, "model"}][:1])


def _usual_site(kept: Takeover) -> str:
    sites = list_sites()
    chosen = db.session.get(Site, kept.site_id) if kept.site_id else None
    return (chosen or sites[0]).name if sites else ""


def matching_of(kept: Takeover) -> dict[str, str]:
    """What is to be remembered of a matching, by folded heading."""
    return {
        folded(heading): matching.get(heading, "")
        for sheet, matching in zip(kept.sheets, kept.matching, strict=True)
        for heading in sheet["headings"]
    }
