"""The escalating programme as dated data: a new version from a day on, never a rewriting of one that has served."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from billing.models import BillingAccount, ProgrammeVersion
from billing.programmes import DatedProgramme
from billing.terms import AMIE, freeze_loan
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def set_programme(dated: DatedProgramme, *, by: Viewer, now: datetime) -> ProgrammeVersion:
    """The programme from today or a later day on; one for a day to come that has not served may be given again.

    Accounts keep the one they froze. Raises RuleBroken for a day that is past, Conflict for a day that has a version in use.
    """
    if dated.from_on < paris_day(now):
        raise RuleBroken("Un programme change à partir d’aujourd’hui ou d’un jour à venir : le passé reste tel quel.", field="from_on")
    version = db.session.scalar(select(ProgrammeVersion).filter(ProgrammeVersion.from_on == dated.from_on))
    if version is not None:
        _check_unused(version, now)
    else:
        version = ProgrammeVersion(from_on=dated.from_on)
        db.session.add(version)
    version.label, version.months, version.rounding = dated.label, dated.months, dated.rounding
    version.brackets, version.covers = [asdict(bracket) for bracket in dated.brackets], [list(covers) for covers in dated.covers]
    version.second_rent_cents, version.target_cents = dated.second_rent_cents, dated.target_cents
    version.loan = freeze_loan(dated.loan) if dated.loan else None
    version.set_by = by.account_id
    audit.record("set_programme", version, by=by, now=now)
    return version


def _check_unused(version: ProgrammeVersion, now: datetime) -> None:
    used = select(BillingAccount.id).filter(BillingAccount.programme == AMIE, BillingAccount.first_on >= version.from_on).limit(1)
    if version.from_on == paris_day(now) or db.session.scalar(used) is not None:
        raise Conflict(f"Le programme du {say_day(version.from_on)} sert déjà : choisissez un autre jour.", field="from_on")
