"""Totals of each platform for the network: sums only, made inside each platform's own scope, so that no row of a person leaves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select

from mobility.db import db, platform_scope
from mobility.models import Action, Beneficiary, LiaisonForm, Platform
from mobility.report import check_year
from mobility.slots import ReportLine, Slot, gather


@dataclass(frozen=True, kw_only=True)
class Totals:
    """A platform's totals of a year, line by line, in the same order for all of them."""

    slug: str
    name: str
    lines: tuple[ReportLine, ...]


def list_totals(year: int) -> list[Totals]:
    """Every platform's totals of a year, by name. Raises RuleBroken on a year out of sense."""
    check_year(year)
    platforms = db.session.scalars(select(Platform).order_by(Platform.name, Platform.id)).all()
    return [_totals(platform, year) for platform in platforms]


def add_up(platforms: Sequence[Totals]) -> list[ReportLine]:
    """The network's own lines: each is the sum of its platforms'."""
    return [replace(same[0], value=sum(line.value for line in same)) for same in zip(*(each.lines for each in platforms), strict=True)]


def network_year(year: int) -> dict[str, Any]:
    """The same for other programs: platform by platform and together, amounts in cents. Raises RuleBroken."""
    platforms = list_totals(year)
    told = [{"slug": each.slug, "name": each.name} | {line.key: line.value for line in each.lines} for each in platforms]
    return {"year": year, "platforms": told, "together": {line.key: line.value for line in add_up(platforms)}}


def count_totals(year: int) -> Iterable[ReportLine]:
    """What the ground counts, in one statement: everybody known, forms received and actions begun in the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    people, forms, actions = db.session.execute(
        select(
            _count(select(func.count(Beneficiary.id))),
            _count(select(func.count(LiaisonForm.id)).filter(LiaisonForm.received_on.between(first, last))),
            _count(select(func.count(Action.id)).filter(Action.started_on.between(first, last))),
        )
    ).one()
    yield ReportLine(order=1, key="people", label="Personnes connues", value=people)
    yield ReportLine(order=10, key="prescriptions", label="Fiches de liaison reçues", value=forms)
    yield ReportLine(order=20, key="actions", label="Actions", value=actions)


def _totals(platform: Platform, year: int) -> Totals:
    with platform_scope(platform.id):
        return Totals(slug=platform.slug, name=platform.name, lines=tuple(gather(Slot.TOTALS, year)))


def _count(query: Select[int]) -> ScalarSelect[int]:
    return query.scalar_subquery()
