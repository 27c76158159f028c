"""The escalating programme of a platform: its versions, and the one in force on a day (domain.md §3.3)."""

from datetime import date

from sqlalchemy import select

from billing.models import ProgrammeVersion
from billing.programmes import AMIE_PRESET, Bracket, DatedProgramme
from billing.terms import thaw_loan
from mobility.dated import in_force
from mobility.db import db, read_once


def list_programmes() -> list[DatedProgramme]:
    """The platform's own versions, the latest first, then the preset that holds before them."""
    query = select(ProgrammeVersion).order_by(ProgrammeVersion.from_on.desc())
    return [*map(as_rule, read_once(ProgrammeVersion, "all", lambda: list(db.session.scalars(query)))), AMIE_PRESET]


def dated_programme_on(day: date) -> DatedProgramme:
    """The version in force on a day: 0 / 46 / 104 / 162 / 220 unless the platform set another."""
    return in_force(list_programmes(), day)


def as_rule(version: ProgrammeVersion) -> DatedProgramme:
    """A version as the rules read it."""
    return DatedProgramme(
        label=version.label,
        from_on=version.from_on,
        months=version.months,
        brackets=tuple(Bracket(**bracket) for bracket in version.brackets),
        second_rent_cents=version.second_rent_cents,
        target_cents=version.target_cents,
        loan=thaw_loan(version.loan) if version.loan else None,
        rounding=version.rounding,
        covers=tuple(map(tuple, version.covers)),
    )
