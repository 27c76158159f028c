"""The yearly report of the platform in force, from every package's lines."""

from flask import current_app
from sqlalchemy import select

from mobility.db import db, platform_id
from mobility.models import Platform
from mobility.report import YearlyReport, check_budget, check_year
from mobility.slots import Slot, gather


def yearly_report(year: int, budget_eur: int | None = None) -> YearlyReport:
    """The year's figures; `budget_eur` in whole euros. Raises RuleBroken on a year or budget out of sense."""
    check_year(year)
    if budget_eur is not None:
        check_budget(budget_eur)
    name = db.session.scalar(select(Platform.name).filter(Platform.id == platform_id())) or current_app.name
    return YearlyReport(platform=name, year=year, budget_eur=budget_eur, lines=tuple(gather(Slot.REPORT, year)))
