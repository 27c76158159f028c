"""Totals of each platform for the network: counts only, made inside each platform's own scope, so that no row of a person leaves it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from mobility.db import db, platform_scope
from mobility.models import Action, Beneficiary, LiaisonForm, Platform
from mobility.periods import paris_day


@dataclass(frozen=True, kw_only=True)
class Totals:
    """A platform's counts this year; `people` is everybody known there."""

    slug: str
    name: str
    people: int
    liaison_forms: int
    actions: int


def list_totals(now: datetime) -> list[Totals]:
    """Every platform's totals, by name."""
    platforms = db.session.scalars(select(Platform).order_by(Platform.name, Platform.id)).all()
    return [_totals(platform, paris_day(now).year) for platform in platforms]


def _totals(platform: Platform, year: int) -> Totals:
    first, last = date(year, 1, 1), date(year, 12, 31)
    with platform_scope(platform.id):
        return Totals(
            slug=platform.slug,
            name=platform.name,
            people=_count(select(func.count(Beneficiary.id))),
            liaison_forms=_count(select(func.count(LiaisonForm.id)).filter(LiaisonForm.received_on.between(first, last))),
            actions=_count(select(func.count(Action.id)).filter(Action.started_on.between(first, last))),
        )


def _count(query: Select[int]) -> int:
    return db.session.scalar(query) or 0
