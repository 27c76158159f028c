"""Two files made one, and two again, on the money side: what stands in the way, and prices said anew."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, select

from billing.events import PriceMoved, emit
from billing.models import AutoPayment, BillingAccount, CardMandate, CarriedDeposit, Deposit
from mobility.db import db


def uniting(kept_id: int, other_id: int) -> Iterator[str]:
    """Each with a weekly payment of its own, or paid by card in the same week: there would be two of what a person has once."""
    live = select(CardMandate.beneficiary_id).filter(CardMandate.ended_at.is_(None), CardMandate.beneficiary_id.in_((kept_id, other_id)))
    weeks = select(AutoPayment.week_on).filter(AutoPayment.beneficiary_id == kept_id)
    same_week = exists().where(AutoPayment.beneficiary_id == other_id, AutoPayment.week_on.in_(weeks))
    if len(db.session.scalars(live).all()) > 1 or db.session.scalar(select(same_week)):
        yield "Les deux dossiers paient chaque semaine par carte : arrêtez d’abord l’un des deux, et attendez sa dernière semaine."


def parting(kept_id: int, going: Mapping[str, Collection[int]]) -> Iterator[str]:
    """A deposit that since secures a rental of the one and a rental of the other."""
    ids = sorted(going.get("billing_account", ()))
    carried = (
        select(CarriedDeposit.id)
        .join(Deposit, Deposit.id == CarriedDeposit.deposit_id)
        .join(BillingAccount, BillingAccount.id == CarriedDeposit.account_id)
        .filter(BillingAccount.beneficiary_id == kept_id, CarriedDeposit.account_id.in_(ids) != Deposit.account_id.in_(ids))
    )
    if db.session.scalar(select(carried.exists())):
        yield "une caution suit d’une location de l’un à une location de l’autre"


def price_again(files: Sequence[int], at: datetime) -> None:
    """Proofs of a tier went over: what lies ahead of each person is priced anew."""
    for id_ in files:
        emit(PriceMoved(beneficiary_id=id_, at=at))
