"""What somebody is told before it happens, once each: a paper that runs out, a price that rises (domain.md §9 "RSA")."""

from datetime import datetime

from sqlalchemy import or_, select

from billing.actions.charging import lock_account
from billing.models import BillingAccount, PayerAgreement, TierProof
from billing.notices import Rise, say_renewal, say_rise
from billing.queries.renewals import find_rise_to_tell, list_to_renew
from billing.queries.tariffs import tier_labels
from mobility import audit
from mobility.actions.telling import tell_person
from mobility.channels import CALL
from mobility.db import db, platform_id
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer, house
from mobility.tongues import say


def tell_beforehand(*, now: datetime) -> int:
    """The day's notices of one platform; how many. Run again it tells nothing twice."""
    proven = select(TierProof.beneficiary_id)
    running = select(BillingAccount).filter(BillingAccount.started_at.is_not(None), BillingAccount.closed_at.is_(None))
    moves = or_(BillingAccount.beneficiary_id.in_(proven), BillingAccount.id.in_(select(PayerAgreement.account_id)))
    rows = db.session.scalars(running.filter(moves).order_by(BillingAccount.id).with_for_update())
    return sum(tell_rise(account, now=now) for account in rows.all()) + _tell_renewals(now)


def tell_rise(account: BillingAccount, *, now: datetime) -> bool:
    """Tell the person of the next rise in 15 days on a running account (locked by the caller), unless they know; whether they were.

    Who has neither mail nor telephone is told at the point-étape, which asks it of the adviser until it is done.
    """
    rise = find_rise_to_tell(account, paris_day(now))
    if rise is None:
        return False
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    if tell_person(person, say_rise(rise), subject=say("Le prix de votre location change"), now=now) == CALL:
        return False
    _told(account, rise, person, by=house(platform_id()), now=now)
    return True


def note_rise_said(account_id: int, *, by: Viewer, now: datetime) -> None:
    """The adviser said the coming rise to the person; nothing is noted where none is left to say. Raises NotFound."""
    account = lock_account(account_id)
    if rise := find_rise_to_tell(account, paris_day(now)):
        _told(account, rise, db.session.get_one(Beneficiary, account.beneficiary_id), by=by, now=now)


def _told(account: BillingAccount, rise: Rise, person: Beneficiary, *, by: Viewer, now: datetime) -> None:
    account.rise_told_on = rise.on
    audit.record("tell_rise", account, by=by, now=now, subject=person)


def _tell_renewals(now: datetime) -> int:
    """Of papers still valid: one that ran out long ago, came so with an import, or is of somebody out of reach, is for the desk to ask."""
    today, labels, told = paris_day(now), tier_labels(), 0
    for proof, person in list_to_renew(today):
        until = proof.paper_valid_until
        if proof.renewal_told_at is not None or until is None or until < today:
            continue
        sentence = say_renewal(labels[proof.tier_code], until)
        if tell_person(person, sentence, subject=say("Une attestation à renouveler"), now=now) != CALL:
            proof.renewal_told_at, told = now, told + 1
            audit.record("tell_renewal", proof, by=house(platform_id()), now=now, subject=person)
    return told
