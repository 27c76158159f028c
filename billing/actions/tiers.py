"""A person's right to a tier: proven with a date, also backwards; ended only when they were told before (domain.md §9 "RSA")."""

from datetime import date, datetime

from sqlalchemy import select

from billing.actions.charging import bring_up_to_date
from billing.events import PriceMoved, emit
from billing.models import BillingAccount, TierProof
from billing.queries.tariffs import tier_labels, tiers_on
from billing.tiers import check_told
from mobility import audit
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def record_tier_proof(
    beneficiary_id: int,
    *,
    tier: str,
    from_on: date,
    to_on: date | None = None,
    paper_issued_on: date | None = None,
    paper_valid_until: date | None = None,
    by: Viewer,
    now: datetime,
) -> TierProof:
    """A right that holds from a day, past or to come; days already charged are credited at once, on every rental of the person.

    Raises NotFound, RuleBroken for an unknown tier or an end before the start.
    """
    person = _lock_person(beneficiary_id)
    known = tiers_on(max(from_on, paris_day(now)))
    if tier not in known:
        raise RuleBroken(f"Ce palier n’existe pas. Choisissez parmi : {', '.join(known)}.", field="tier")
    if to_on is not None and to_on < from_on:
        raise RuleBroken("La fin du droit vient avant son début.", field="to_on")
    proof = TierProof(
        beneficiary_id=person.id,
        tier_code=tier,
        from_on=from_on,
        to_on=to_on,
        paper_issued_on=paper_issued_on,
        paper_valid_until=paper_valid_until,
        recorded_at=now,
        recorded_by=by.account_id,
    )
    db.session.add(proof)
    audit.record("record_tier_proof", proof, by=by, now=now, subject=person)
    _credit(person, f"Droit {known[tier]} depuis le {say_day(from_on)}", by=by, now=now)
    emit(PriceMoved(beneficiary_id=person.id, at=now))
    return proof


def end_tier_right(proof_id: int, *, last_on: date, told_on: date, by: Viewer, now: datetime) -> TierProof:
    """The right ends after `last_on`; the person was told on `told_on`, so the price rises at the earliest the day after.

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
    emit(PriceMoved(beneficiary_id=person.id, at=now))
    return proof


def _credit(person: Beneficiary, why: str, *, by: Viewer, now: datetime) -> None:
    for account in _lock_started(person.id):
        bring_up_to_date(account, by=by, now=now, why=why)


def _lock_person(beneficiary_id: int) -> Beneficiary:
    found = db.session.scalar(select(Beneficiary).filter(Beneficiary.id == beneficiary_id).with_for_update())
    if found is None:
        raise NotFound
    return found


def _lock_started(beneficiary_id: int) -> list[BillingAccount]:
    query = select(BillingAccount).filter(BillingAccount.beneficiary_id == beneficiary_id, BillingAccount.started_at.is_not(None))
    locked = query.order_by(BillingAccount.id).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(locked))
