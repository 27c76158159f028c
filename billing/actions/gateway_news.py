"""What the card gateway told, or answered when asked, applied once: remembered, matched, entered in the books."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from billing.actions.called_deposits import settle_called
from billing.actions.payments import settle_deposit
from billing.actions.refunds import left_cents
from billing.card_gateway import GatewayEvent
from billing.models import BillingAccount, GatewayEventRecord, Payment
from billing.payments import News, Ordered, Verdict, dispute_unknown, judge, news_of_event
from billing.queries.payments import find_by_reference, lock_payment
from mobility import audit
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Platform
from mobility.rights import Viewer, house

SEEN = "seen"
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing the gateway told: under which id it is remembered, about which payment, and the news itself."""

    event_id: str
    kind: str
    payment_reference: str | None
    session_reference: str | None
    news: News


def apply_gateway_event(event: GatewayEvent, *, now: datetime) -> str:
    """A signed event of the platform in force; its outcome: seen, applied, noted or disputed. Inside the caller's transaction."""
    return apply(
        Told(
            event_id=event.event_id,
            kind=str(event.kind),
            payment_reference=event.payment_reference,
            session_reference=event.session_reference,
            news=news_of_event(event),
        ),
        now=now,
    )


def apply(told: Told, *, now: datetime) -> str:
    """Remember it, and the first time make of it what the rules say (`payments.judge`)."""
    record_id = _remember(told, now)
    if record_id is None:
        return SEEN
    found = find_by_reference(told.payment_reference)
    verdict = dispute_unknown(told.news) if found is None else _apply_to(found.id, told, now)
    record = db.session.get_one(GatewayEventRecord, record_id)
    record.payment_id = found.id if found else None
    record.outcome, record.reason = verdict.outcome, verdict.reason
    db.session.flush()
    return verdict.outcome


def handle_dispute(record_id: int, *, note: str, by: Viewer, now: datetime) -> GatewayEventRecord:
    """The treasurer has looked into an event that did not match, and says what was done. Raises NotFound, Conflict, RuleBroken."""
    record = db.session.get(GatewayEventRecord, record_id, with_for_update=True)
    if record is None or record.outcome != "disputed":
        raise NotFound
    if record.handled_at is not None:
        raise Conflict("Quelqu’un a déjà réglé cet avis.")
    if not note.strip():
        raise RuleBroken("Dites ce qui a été fait.", field="note")
    record.handled_at, record.handled_by, record.handled_note = now, by.account_id, note.strip()
    audit.record("dispute_handled", record, by=by, now=now)
    return record


def _apply_to(payment_id: int, told: Told, now: datetime) -> Verdict:
    payment, account = lock_payment(payment_id)
    verdict = judge(told.news, _ordered(payment))
    if verdict.status != payment.status:
        _climb(payment, verdict, told, now)
    if verdict.status == "settled" and payment.settled_at is None:
        _settle(payment, account, now)
    return verdict


def _climb(payment: Payment, verdict: Verdict, told: Told, now: datetime) -> None:
    by = house(payment.platform_id)
    payment.status = verdict.status
    payment.session_reference = payment.session_reference or told.session_reference
    if told.news.says in ("paid", "failed"):
        payment.charge_reference = told.news.charge_reference
    payment.failure = verdict.reason or ("La banque a refusé la carte." if verdict.status == "failed" else None)
    audit.record(f"card_{verdict.status}", payment, by=by, now=now)


def _settle(payment: Payment, account: BillingAccount, now: datetime) -> None:
    by = house(payment.platform_id)
    if payment.purpose == "deposit":
        settle_deposit(payment, account, by=by, now=now)
    else:
        settle_called(payment, account, by=by, now=now)


def _ordered(payment: Payment) -> Ordered:
    slug = db.session.scalars(select(Platform.slug).filter(Platform.id == payment.platform_id)).one()
    return Ordered(
        platform_slug=slug,
        cents=payment.cents,
        status=payment.status,
        charge_reference=payment.charge_reference,
        refunded_cents=payment.cents - left_cents(payment),
    )


def _remember(told: Told, now: datetime) -> int | None:
    """The id of the event's row, or None when it was told before: a second delivery waits here for the first to end."""
    news = told.news
    content: dict[str, Any] = {
        "platform": news.platform_slug,
        "payment": told.payment_reference,
        "session": told.session_reference,
        "charge": news.charge_reference,
    }
    insert = _INSERTS[db.session.connection().dialect.name](GatewayEventRecord).values(
        platform_id=platform_id(),
        event_id=told.event_id,
        kind=told.kind,
        cents=news.cents,
        currency=(news.currency or "")[:3] or None,
        outcome="noted",
        received_at=now,
        content=content,
    )
    once = insert.on_conflict_do_nothing(index_elements=["platform_id", "event_id"])
    record_id: int | None = db.session.scalar(once.returning(GatewayEventRecord.id))
    return record_id
