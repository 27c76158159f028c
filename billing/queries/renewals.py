"""What is to be told beforehand: papers of a right that run out, and a price that rises (domain.md §9 "RSA")."""

from datetime import date

from sqlalchemy import bindparam, func, or_, select

from billing.models import BillingAccount, TierProof
from billing.notices import NOTICE, Rise, find_rise
from billing.queries.statement import stay_of
from billing.queries.tariffs import tier_spans
from billing.reckoning import held_price
from billing.terms import AMIE
from mobility.db import Kept
from mobility.models import Beneficiary

Due = tuple[TierProof, Beneficiary]
_NEWEST = func.max(TierProof.paper_valid_until).over(partition_by=(TierProof.beneficiary_id, TierProof.tier_code))
_HOLDS = or_(TierProof.to_on.is_(None), TierProof.to_on > bindparam("today"))
_RANKED = select(TierProof.id, _NEWEST.label("newest")).filter(_HOLDS).subquery()
_SERVED = select(BillingAccount.beneficiary_id).filter(BillingAccount.closed_at.is_(None))
_TO_RENEW = Kept(
    select(TierProof, Beneficiary)
    .join(_RANKED, _RANKED.c.id == TierProof.id)
    .join(Beneficiary, Beneficiary.id == TierProof.beneficiary_id)
    .filter(TierProof.paper_valid_until == _RANKED.c.newest, _RANKED.c.newest <= bindparam("until"), Beneficiary.id.in_(_SERVED))
    .order_by(TierProof.paper_valid_until, TierProof.id)
)


def list_to_renew(today: date) -> list[Due]:
    """Rights that hold of people with an open account, whose latest paper runs out in 15 days or did; the first to run out first."""
    return [(proof, person) for proof, person in _TO_RENEW(today=today, until=today + NOTICE)]


def find_rise_ahead(account: BillingAccount, today: date) -> Rise | None:
    """The next rise of a running account's price in 15 days, told already or not; None of a programme, whose rents were signed."""
    stay = stay_of(account)
    if stay is None or account.closed_at is not None or account.programme == AMIE:
        return None
    until = today + NOTICE
    if account.last_on is not None and account.last_on >= today:  # one that is late goes on
        until = min(until, account.last_on)
    return find_rise(held_price(stay, tier_spans(account.beneficiary_id, qpv=account.qpv), stay.days_until(until)), after=today)


def find_rise_to_tell(account: BillingAccount, today: date) -> Rise | None:
    """The same while the person does not know of it."""
    rise = find_rise_ahead(account, today)
    return None if rise is None or rise.on == account.rise_told_on else rise
