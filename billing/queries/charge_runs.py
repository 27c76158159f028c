"""The rentals that a charge may have fallen due for, read as plain values by the thousand; and the runs that charged them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select

from billing.models import BillingAccount, Charge, ChargeRun, TierProof
from billing.queries.tariffs import Proof
from billing.terms import AMIE
from mobility.db import among, columns_of, db
from mobility.models import Account
from mobility.periods import instant_of, monday_of

SHORTEST_MONTH, LONGEST_MONTH, WEEK = timedelta(days=28), timedelta(days=31), timedelta(days=7)


class Running(NamedTuple):
    """A rental under way as the run reads it: its person's number, its terms and days out of service as they are kept, in text."""

    id: int
    beneficiary_id: int
    party: str
    kind: str
    qpv: bool
    terms: str
    out_of_service: str
    started_at: datetime


def count_due(today: date) -> int:
    """How many rentals a charge may have fallen due for."""
    return db.session.scalar(_due(select(func.count(BillingAccount.id)), today)) or 0


def lock_due(today: date) -> list[int]:
    """Those rentals, locked until the commit in the order of their ids."""
    query = _due(select(BillingAccount.id), today).order_by(BillingAccount.id)
    return list(db.session.scalars(query.with_for_update(of=BillingAccount)))


def read_running(ids: Collection[int]) -> list[Running]:
    """Rentals by id, in order."""
    frozen = cast(BillingAccount.terms, Text), cast(BillingAccount.out_of_service, Text)
    account = BillingAccount.id, BillingAccount.beneficiary_id, BillingAccount.party, BillingAccount.kind, BillingAccount.qpv
    query = select(*account, *frozen, BillingAccount.started_at).filter(among(BillingAccount.id, ids))
    rows: Iterable[Any] = db.session.execute(query.order_by(BillingAccount.id))
    return [Running(*row) for row in rows]


def read_posted(ids: Collection[int]) -> dict[int, str]:
    """The keys of the weeks and months charged before, by account, in one word after the other.

    Asked once for a whole run, before it writes: what it has just written nobody has counted, and a plan for it would be a guess. Rentals
    that are alike share one text.
    """
    query = select(Charge.account_id, func.aggregate_strings(Charge.key, " ")).filter(
        among(Charge.account_id, ids), Charge.kind == "rental"
    )
    shared: dict[str, str] = {}
    return {account_id: shared.setdefault(keys, keys) for account_id, keys in db.session.execute(query.group_by(Charge.account_id))}


def read_proofs(beneficiary_ids: Collection[int]) -> dict[int, tuple[Proof, ...]]:
    """People's rights to a tier, by person, the latest first."""
    query = select(*columns_of(TierProof, Proof)).filter(among(TierProof.beneficiary_id, beneficiary_ids))
    found: dict[int, tuple[Proof, ...]] = defaultdict(tuple)
    for row in db.session.execute(query.order_by(TierProof.from_on.desc(), TierProof.id.desc())):
        found[row.beneficiary_id] += (Proof(*row),)
    return found


def all_runs() -> Select[ChargeRun, str]:
    """The runs and who asked for each, nobody of those at night, for a list to order."""
    return select(ChargeRun, Account.name).outerjoin(Account, Account.id == ChargeRun.started_by)


def _due(query: Select[int], today: date) -> Select[int]:
    """Narrow to rentals under way whose last week, or whose running month, is not charged yet; a few of them owe nothing all the same."""
    running = query.filter(BillingAccount.started_at.is_not(None), BillingAccount.closed_at.is_(None))
    monthly = BillingAccount.programme == AMIE
    begun_by = or_(
        and_(~monthly, BillingAccount.started_at < instant_of(monday_of(today))),
        and_(monthly, BillingAccount.started_at < instant_of(today - SHORTEST_MONTH + timedelta(days=1))),
    )
    return running.filter(begun_by, ~_charged_lately(monthly, today))


def _charged_lately(monthly: ColumnElement[bool], today: date) -> ColumnElement[bool]:
    last_month_on = today - SHORTEST_MONTH  # the month after one that ended then is over yesterday at the earliest
    span = or_(and_(~monthly, Charge.first_on >= monday_of(today) - WEEK), and_(monthly, Charge.last_on >= last_month_on))
    lately = select(Charge.id).filter(Charge.account_id == BillingAccount.id, Charge.kind == "rental", span)
    return lately.filter(Charge.first_on > last_month_on - LONGEST_MONTH).exists()
