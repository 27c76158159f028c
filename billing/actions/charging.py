"""Posting what a rental owes: each week or month once, and credits for what turned out too dear."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing.actions import ledger
from billing.actions.invoices import lock_payer
from billing.entries import REVENUE_OF, balance_opened, charge_credited, charge_posted, rent_shared
from billing.ledger import Entry
from billing.means import DEBT_LABELS
from billing.models import BillingAccount, Charge
from billing.queries.accounts import list_charges
from billing.queries.invoices import asked_of, claims_of_days
from billing.queries.statement import charged_by_day, shared_by_day, stay_of
from billing.queries.tariffs import tier_spans
from billing.reckoning import Due, lowered, moved, reckon, say_credit, sum_shares
from billing.shares import Agreement, party_of
from billing.terms import AMIE, thaw
from mobility import audit
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_span
from mobility.rights import Viewer

SharesByDay = Mapping[date, Mapping[int, int]]  # cents by agreement

OPENING = "opening"  # the kind, and the key, of what was owed before these books began


def lock_account(account_id: int) -> BillingAccount:
    """The account, locked until the commit. Raises NotFound."""
    query = select(BillingAccount).filter(BillingAccount.id == account_id)
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def bring_up_to_date(account: BillingAccount, *, by: Viewer, now: datetime, why: str = "Compte revu") -> list[Charge]:
    """Post what an account (locked by the caller) owes by now and give back what was too much; `why` opens a credit’s sentence."""
    stay = stay_of(account)
    if stay is None:
        return []
    written = list_charges(account.id)
    spans = tier_spans(account.beneficiary_id, qpv=account.qpv)
    reckoning = reckon(stay, spans, today=paris_day(now), posted={charge.key for charge in written})
    charged = charged_by_day(written)
    credit, shares = lowered(charged, reckoning), moved(charged, shared_by_day(written), reckoning)
    posted = [post_charge(account, due, by=by, now=now) for due in reckoning.due]
    if credit or shares:
        back = {day: credit.get(day, 0) for day in sorted({*credit, *shares})}
        due = _credit_due(account, back, shares, why, len(written))
        posted.append(post_charge(account, replace(due, shares=_claims_moved(account, shared_by_day(written), shares)), by=by, now=now))
    return posted


def _claims_moved(account: BillingAccount, stood: SharesByDay, moved_by: SharesByDay) -> dict[int, int]:
    """By how much what payers owe moves with their shares, by agreement: nothing more for what a credit note gave up already."""
    agreed, changes = agreements_of(account), dict[int, int]()
    for agreement_id in sorted({one for parts in moved_by.values() for one in parts}):
        payer = lock_payer(agreed[agreement_id].payer_id)
        asked, given_up = (sums[agreement_id] for sums in asked_of(payer.id))
        held = {day: parts.get(agreement_id, 0) for day, parts in stood.items()}
        now_held = held | {day: held.get(day, 0) + parts.get(agreement_id, 0) for day, parts in moved_by.items()}
        before, after = (claims_of_days(stands, asked, given_up) for stands in (held, now_held))
        changes[agreement_id] = sum(claim.owed for claim in after.values()) - sum(claim.owed for claim in before.values())
    return changes


def _credit_due(
    account: BillingAccount, cents_by_day: Mapping[date, int], shares: Mapping[date, Mapping[int, int]], why: str, count: int
) -> Due:
    agreed, total = agreements_of(account), sum_shares(shares)
    payers = Counter[str]()
    for agreement_id, cents in total.items():
        payers[agreed[agreement_id].payer] += cents
    return Due(
        key=f"credit-{count + 1}",
        kind="credit",
        first_on=min(cents_by_day),
        last_on=max(cents_by_day),
        cents=-sum(cents_by_day.values()),
        sentence=say_credit(why, cents_by_day, monthly=account.programme == AMIE, payers=payers),
        days=[_day_back(day, cents, shares.get(day, {}), agreed) for day, cents in cents_by_day.items()],
        shares=total,
    )


def _day_back(day: date, cents: int, shares: Mapping[int, int], agreed: Mapping[int, Agreement]) -> dict[str, Any]:
    told: dict[str, Any] = {"day": day.isoformat(), "cents": -cents}
    parts = [{"agreement": one, "payer": agreed[one].payer, "cents": moved_cents} for one, moved_cents in shares.items()]
    return told | {"shares": parts} if parts else told


def agreements_of(account: BillingAccount) -> dict[int, Agreement]:
    """The agreements an account froze, by id."""
    return {agreement.id: agreement for agreement in thaw(account.terms).agreements}


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
        entry_number=_enter(account, due, party=account.party, now=now),
    )
    db.session.add(charge)
    audit.record("charge", charge, by=by, now=now, subject=person)
    return charge


def _enter(account: BillingAccount, due: Due, *, party: str, now: datetime) -> int | None:
    entry = entry_of(due, agreements_of(account), party=party, on=paris_day(now))
    return ledger.post(entry, now=now, account_id=account.id, reference=due.key) if entry else None


def entry_of(due: Due, agreed: Mapping[int, Agreement], *, party: str, on: date) -> Entry | None:
    """The ledger entry of a charge, with the parts of payers `agreed` with; a week that is free for everybody has none."""
    if any(due.shares.values()):
        return _shared(due, agreed, party=party, on=on)
    if due.cents == 0:
        return None
    if due.kind == OPENING:
        return balance_opened(party, due.cents, on=on, label="Solde repris")
    write = charge_posted if due.cents > 0 else charge_credited
    debt_kind = due.kind if due.kind in REVENUE_OF else "rental"
    what = DEBT_LABELS[debt_kind].capitalize() if due.cents > 0 else "Avoir sur location"
    return write(party, debt_kind, abs(due.cents), on=on, label=f"{what} {say_span(due.first_on, due.last_on)}")


def _shared(due: Due, agreed: Mapping[int, Agreement], *, party: str, on: date) -> Entry:
    """One entry for the person's part and each payer's."""
    shares = Counter[str]()
    for agreement_id, cents in due.shares.items():
        shares[party_of(agreed[agreement_id].payer_id)] += cents
    what = "Avoir sur location" if due.kind == "credit" else DEBT_LABELS["rental"].capitalize()
    return rent_shared(party, due.cents, shares, on=on, label=f"{what} {say_span(due.first_on, due.last_on)}")
