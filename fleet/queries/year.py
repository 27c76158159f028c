"""The fleet's figures of a year: rentals by kind and their mean length (issue 2 step 9)."""

from datetime import date

from sqlalchemy import select

from fleet.kinds import KINDS
from mobility.db import db
from mobility.models import Action
from mobility.money import round_half_up


def rentals_in(year: int) -> dict[str, tuple[int, int | None]]:
    """Rentals begun in a year, by kind: how many, and the mean length in days of those that ended, halves up.

    Counted on the paths' actions, so that rentals of before this software count too.
    """
    begun = select(Action).filter(Action.started_on.between(date(year, 1, 1), date(year, 12, 31)))
    found = {}
    for kind in KINDS:
        spans = db.session.execute(
            begun.with_only_columns(Action.started_on, Action.ended_on).filter(Action.kind == f"rental_{kind.code}")
        ).all()
        lengths = [(last - first).days + 1 for first, last in spans if last is not None]
        if spans:
            found[kind.code] = len(spans), round_half_up(sum(lengths), len(lengths)) if lengths else None
    return found
