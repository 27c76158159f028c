"""Posting what a rental owes: each week or month once, and credits for what turned out too dear."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from billing.actions import ledger
from billing.entries import REVENUE_OF, balance_opened, charge_credited, charge_posted
from billing.means import DEBT_LABELS
from billing.models import BillingAccount, Charge
from billing.queries.accounts import list_charges
from billing.queries.statement import charged_by_day, stay_of
from billing.queries.tariffs import tier_spans
from billing.reckoning import Due, lowered, reckon, say_credit
from billing.terms import AMIE
from mobility import audit
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_span
from mobility.rights import Viewer, house

OPENING = "opening"  # the kind, and the key, of what was owed before these books began


def lock_account(account_id: int) -> BillingAccount:
    """The account, locked until the commit. Raises NotFound."""
    query = select(BillingAccount).filter(BillingAccount.id == account_id)
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def post_due_charges(*, now: datetime) -> int:
    """The weekly job of one platform: post every complete week and month not yet posted; how many charges it wrote.

    Run again, or by two workers, it posts nothing twice: the accounts are locked first, all of them, then the books.
    """
    running = select(BillingAccount).filter(BillingAccount.started_at.is_not(None), BillingAccount.closed_at.is_(None))
    query = running.order_by(BillingAccount.id).with_for_update().execution_options(populate_existing=True)
    accounts = db.session.scalars(query).all()
    return sum(len(bring_up_to_date(account, by=house(account.platform_id), now=now)) for account in accounts)


def bring_up_to_date(account: BillingAccount, *, by: Viewer, now: datetime, why: str = "Compte revu") -> list[Charge]:
    """Post what an account (locked by the caller) owes by now and give back what was too much; `why` opens a credit’s sentence."""
    stay = stay_of(account)
    if stay is None:
        return []
    written = list_charges(account.id)
    spans = tier_spans(account.beneficiary_id, qpv=account.qpv)
    reckoning = reckon(stay, spans, today=paris_day(now), posted={charge.key for charge in written})
    credit = lowered(charged_by_day(written), reckoning)
    posted = [post_charge(account, due, by=by, now=now) for due in reckoning.due]
    if credit:
        posted.append(post_charge(account, _credit_due(account, credit, why, len(written)), by=by, now=now))
    return posted


def _credit_due(account: BillingAccount, cents_by_day: Mapping[date, int], why: str, count: int) -> Due:
    return Due(
        key=f"credit-{count + 1}",
        kind="credit",
        first_on=min(cents_by_day),
        last_on=max(cents_by_day),
        cents=-sum(cents_by_day.values()),
        sentence=say_credit(why, cents_by_day, monthly=account.programme == AMIE),
        days=[{"day": day.isoformat(), "cents": -cents} for day, cents in cents_by_day.items()],
    )


def post_charge(account: BillingAccount, due: Due, *, by: Viewer, now: datetime) -> Charge:
    """One charge of an account (locked by the caller) with its ledger entry."""
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    charge = Charge(
        account_id=account.id,
        key=due.key,
        kind=due.kind,
        first_on=due.first_on,
        last_on=due.last_on,
        cents=due.cents,
        sentence=due.sentence,
        days=due.days,
        posted_at=now,
        entry_number=_enter(account, due, party=person.number, now=now),
    )
    db.session.add(charge)
    audit.record("charge", charge, by=by, now=now, subject=person)
    return charge


def _enter(account: BillingAccount, due: Due, *, party: str, now: datetime) -> int | None:
    """The charge's ledger entry; a free week has none."""
    if due.cents == 0:
        return None
    if due.kind == OPENING:
        opened = balance_opened(party, due.cents, on=paris_day(now), label="Solde repris")
        return ledger.post(opened, now=now, account_id=account.id, reference=due.key)
    write = charge_posted if due.cents > 0 else charge_credited
    debt_kind = due.kind if due.kind in REVENUE_OF else "rental"
    what = DEBT_LABELS[debt_kind].capitalize() if due.cents > 0 else "Avoir sur location"
    entry = write(party, debt_kind, abs(due.cents), on=paris_day(now), label=f"{what} {say_span(due.first_on, due.last_on)}")
    return ledger.post(entry, now=now, account_id=account.id, reference=due.key)
