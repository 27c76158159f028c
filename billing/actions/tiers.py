"""A person's right to a tier: proven with a date, also backwards; ended only when they were told before (domain.md §9 "RSA", "QPV")."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from billing.actions.charging import bring_up_to_date
from billing.actions.districts import give_district
from billing.actions.notices import tell_rise
from billing.districts import read_district
from billing.events import PriceMoved, emit
from billing.models import BillingAccount, TierProof
from billing.queries.tariffs import tier_labels, tiers_on, versions_of
from billing.tiers import QPV, check_told
from mobility import audit
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_day
from mobility.queries.people import list_jobs
from mobility.rights import Viewer


def record_tier_proof(
    beneficiary_id: int,
    *,
    tier: str,
    from_on: date,
    to_on: date | None = None,
    paper_issued_on: date | None = None,
    paper_valid_until: date | None = None,
    district: str | None = None,
    seen_how: str | None = None,
    seen_on: date | None = None,
    by: Viewer,
    now: datetime,
) -> TierProof:
    """A right that holds from a day, past or to come; days already charged are credited at once, on every rental of the person.

    A priority district says its code, how and when it was seen; contracts that begin while it holds have its rate, to their end.
    A transition begins with a job.
    Raises NotFound, RuleBroken for an unknown tier, an end before the start, or beside what the district lacks.
    """
    person = _lock_person(beneficiary_id)
    known = tiers_on(max(from_on, paris_day(now)))
    if tier not in known:
        raise RuleBroken(f"Ce palier n’existe pas. Choisissez parmi : {', '.join(known)}.", field="tier")
    if to_on is not None and to_on < from_on:
        raise RuleBroken("La fin du droit vient avant son début.", field="to_on")
    _check_job(person, tier, from_on)
    seen = _seen(tier, {"typed": district, "seen_how": seen_how, "seen_on": seen_on}, from_on, paris_day(now))
    proof = TierProof(
        beneficiary_id=person.id,
        tier_code=tier,
        from_on=from_on,
        to_on=to_on,
        paper_issued_on=paper_issued_on,
        paper_valid_until=paper_valid_until,
        recorded_at=now,
        recorded_by=by.account_id,
        **seen,
    )
    db.session.add(proof)
    audit.record("record_tier_proof", proof, by=by, now=now, subject=person)
    _credit(person, f"Droit {known[tier]} depuis le {say_day(from_on)}", by=by, now=now)
    emit(PriceMoved(beneficiary_id=person.id, at=now))
    return proof


def end_tier_right(proof_id: int, *, last_on: date, told_on: date, by: Viewer, now: datetime) -> TierProof:
    """The right ends after `last_on`; the person was told on `told_on`, so the price rises at the earliest the day after.

    They also read the day and the new price of what they hold: now, or 15 days before (billing/actions/notices.py).
    A later end than the one recorded credits the days charged meanwhile; no charged day ever rises. Raises NotFound, RuleBroken.
    """
    proof = db.session.get(TierProof, proof_id)
    if proof is None:
        raise NotFound
    person = _lock_person(proof.beneficiary_id)
    if last_on < proof.from_on:
        raise RuleBroken("La fin du droit vient avant son début.", field="last_on")
    is_longer = proof.to_on is not None and last_on > proof.to_on
    if not is_longer and last_on != proof.to_on:
        check_told(last_on, told_on=told_on, today=paris_day(now))
    proof.to_on = last_on
    audit.record("end_tier_right", proof, by=by, now=now, subject=person)
    if is_longer:
        _credit(person, f"Droit {tier_labels()[proof.tier_code]} jusqu’au {say_day(last_on)}", by=by, now=now)
    for account in _lock_accounts(person.id):
        tell_rise(account, now=now)
    emit(PriceMoved(beneficiary_id=person.id, at=now))
    return proof


def _check_job(person: Beneficiary, tier: str, from_on: date) -> None:
    """A transition runs from the first day of a job that stands in the person's path."""
    begun = sorted({job.starts_on for job in list_jobs(person.id) if job.starts_on is not None})
    if any(version.steps for version in versions_of(tier)) and from_on not in begun:
        days = ", ".join(map(say_day, begun)) or "aucun emploi n’y est noté"
        raise RuleBroken(f"Un palier de transition court depuis le premier jour d’un emploi noté au parcours : {days}.", field="from_on")


def _seen(tier: str, told: dict[str, Any], from_on: date, today: date) -> dict[str, Any]:
    """The district that a proof names; the other tiers have none."""
    if tier == QPV.code:
        return asdict(read_district(**told, from_on=from_on, today=today))
    if any(told.values()):
        raise RuleBroken("Le code d’un quartier se note avec le palier « quartier prioritaire ».", field="tier")
    return {}


def _credit(person: Beneficiary, why: str, *, by: Viewer, now: datetime) -> None:
    for account in _lock_accounts(person.id):
        give_district(account, by=by, now=now)
        bring_up_to_date(account, by=by, now=now, why=why)


def _lock_person(beneficiary_id: int) -> Beneficiary:
    found = db.session.scalar(
        select(Beneficiary).filter(Beneficiary.id == beneficiary_id, Beneficiary.erased_at.is_(None)).with_for_update()
    )
    if found is None:
        raise NotFound
    return found


def _lock_accounts(beneficiary_id: int) -> list[BillingAccount]:
    """The person's accounts but for those of cancelled bookings; nothing is charged on one before the keys."""
    lives = or_(BillingAccount.started_at.is_not(None), BillingAccount.closed_at.is_(None))
    query = select(BillingAccount).filter(BillingAccount.beneficiary_id == beneficiary_id, lives)
    locked = query.order_by(BillingAccount.id).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(locked))
