"""Whether somebody lives in a priority district, and what that rests on (domain.md §9 "QPV")."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, select

from billing.districts import DECLARED, District, Residence, say_district
from billing.models import BillingAccount, TierProof
from billing.queries.tariffs import Proof, district_on, names_district_on
from billing.tiers import QPV
from mobility.db import Kept, db, read_once
from mobility.models import Beneficiary, LiaisonForm
from mobility.periods import paris_day


def residence_on(beneficiary_id: int, day: date, *, declared: bool) -> Residence | None:
    """What the district's rate rests on for a contract that begins on a day; None when nobody speaks of a district."""
    proof = district_on(beneficiary_id, day)
    if proof is not None:
        return Residence(sentence=say_proof(proof), is_proven=True)
    return Residence(sentence=DECLARED, is_proven=False) if declared else None


def residence_of(account: BillingAccount) -> Residence | None:
    """The same of an account, whose rate is frozen."""
    return residence_on(account.beneficiary_id, first_day_of(account), declared=account.qpv) if account.qpv else None


def unproven(accounts: Iterable[BillingAccount]) -> bool:
    """Whether an open account has the district's rate on the person's word alone."""
    found = [residence_of(account) for account in accounts if account.closed_at is None]
    return any(residence is not None and not residence.is_proven for residence in found)


_AT_HALF_RATE = Kept(
    select(BillingAccount, Beneficiary, TierProof)
    .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
    .outerjoin(TierProof, and_(TierProof.beneficiary_id == BillingAccount.beneficiary_id, TierProof.tier_code == QPV.code))
    .filter(BillingAccount.qpv.is_(True), BillingAccount.closed_at.is_(None))
    .order_by(BillingAccount.first_on, BillingAccount.id)
)


def list_unproven() -> list[Beneficiary]:
    """Whose open account has the district's rate on their word alone, the longest first; in one statement."""
    rows = _AT_HALF_RATE().all()
    proven = {account.id for account, _, seen in rows if seen is not None and names_district_on(seen, first_day_of(account))}
    return list(dict.fromkeys(person for account, person, _ in rows if account.id not in proven))


def first_day_of(account: BillingAccount) -> date:
    """The day whose tariff and district count: that of the keys, the one foreseen until then."""
    return paris_day(account.started_at) if account.started_at else account.first_on


def say_proof(proof: TierProof | Proof) -> str:
    """A proof of a district in words."""
    assert proof.district_code and proof.perimeter and proof.seen_how and proof.seen_on
    return say_district(
        District(district_code=proof.district_code, perimeter=proof.perimeter, seen_how=proof.seen_how, seen_on=proof.seen_on)
    )


def find_declared(beneficiary_id: int) -> LiaisonForm | None:
    """The latest liaison form that says the person lives in a priority district: a hint, and no proof."""
    forms = select(LiaisonForm).filter(LiaisonForm.beneficiary_id == beneficiary_id, LiaisonForm.qpv_declared.is_(True))
    latest = forms.order_by(LiaisonForm.received_on.desc(), LiaisonForm.id.desc()).limit(1)
    return read_once(LiaisonForm, ("declared", beneficiary_id), lambda: db.session.scalar(latest))
