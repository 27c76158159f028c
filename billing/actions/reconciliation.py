"""What a crash, a time-out or a lost webhook left open is asked of the gateway and applied by the same function as its events."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import select

from billing.actions import refunds
from billing.actions.card_pages import close_pages
from billing.actions.gateway_keys import gateway_here
from billing.actions.gateway_news import Told, apply
from billing.card_gateway import CardGateway, ChargeState, GatewayRefused, GatewayUnreachable, RefundRefused
from billing.models import Payment
from billing.payments import CHARGING, news_of_state
from billing.queries.means import takes_cards
from billing.queries.payments import list_pages_to_close, list_unanswered_refunds, list_unsettled_card_payments, lock_payment
from mobility import audit
from mobility.db import db, transaction
from mobility.models import Platform
from mobility.rights import house

log = logging.getLogger("point_etape.reconciliation")

SETTLES_BY_ITSELF = timedelta(minutes=2)  # before, its webhook is on its way
ASKED_FOR = timedelta(days=30)
NOBODY_PAID = timedelta(days=8)  # a link lives seven days, a page one


def reconcile(*, now: datetime, patience: timedelta = SETTLES_BY_ITSELF) -> int:
    """Settle what can be of the platform in force, outside any transaction; how many payments and refunds moved. Harmless again."""
    if not takes_cards():
        return 0
    gateway = gateway_here()
    payments = list_unsettled_card_payments(before=now - patience, after=now - ASKED_FOR)
    aside = list_pages_to_close()
    waiting = [refund.id for refund in list_unanswered_refunds() if refund.status == "asked"]
    db.session.close()  # nothing stays open while the gateway thinks
    closed = sum([_close(gateway, page, now) for page in aside])
    return closed + sum([_ask(gateway, payment, now) for payment in payments]) + sum([_send_again(refund_id, now) for refund_id in waiting])


def _close(gateway: CardGateway, page: Payment, now: datetime) -> bool:
    """A page set aside whose closing was lost; one that was paid is asked about next time."""
    try:
        close_pages(gateway, [page], by=house(None), now=now)
    except (GatewayUnreachable, GatewayRefused) as error:
        log.warning("a card page could not be closed: %s", type(error).__name__)
        return False
    return True


def _ask(gateway: CardGateway, payment: Payment, now: datetime) -> bool:
    try:
        return ask(gateway, payment, now)
    except (GatewayUnreachable, GatewayRefused) as error:
        log.warning("a card payment could not be asked about: %s", type(error).__name__)
        return False


def ask(gateway: CardGateway, payment: Payment, now: datetime) -> bool:
    """Settle one payment by what the gateway says of it, outside any transaction. Raises GatewayUnreachable, GatewayRefused."""
    state = _find(gateway, payment)
    with transaction():
        return apply_state(payment, state, now) if state else _close_unpaid(payment, now)


def _find(gateway: CardGateway, payment: Payment) -> ChargeState | None:
    if payment.session_reference:
        return gateway.find_charge(session_reference=payment.session_reference)
    return gateway.find_charge(payment_reference=payment.reference)


def apply_state(payment: Payment, state: ChargeState, now: datetime) -> bool:
    """Enter what the gateway answered of a payment, as its missed events; whether it moved. Inside the caller's transaction."""
    slug = db.session.scalars(select(Platform.slug).filter(Platform.id == payment.platform_id)).one()
    outcomes = [
        apply(
            Told(
                event_id=f"asked-{payment.reference}-{news.says}-{news.cents}-{news.charge_reference}"[:120],
                kind=f"asked_{news.says}",
                payment_reference=payment.reference,
                session_reference=payment.session_reference,
                news=news,
            ),
            now=now,
        )
        for news in news_of_state(state, slug)
    ]
    return "applied" in outcomes


def _close_unpaid(payment: Payment, now: datetime) -> bool:
    """The gateway knows nothing of it: once no link and no page can still be open, and no charge be sent again, nobody will pay it."""
    if now - payment.created_at < NOBODY_PAID:
        return False
    locked, _ = lock_payment(payment.id)
    if locked.status in ("started", CHARGING):
        locked.status = "expired"
        audit.record("card_expired", locked, by=house(payment.platform_id), now=now)
        return True
    return False


def _send_again(refund_id: int, now: datetime) -> bool:
    try:
        refunds.send(refund_id, by=house(None), now=now)
    except (GatewayUnreachable, GatewayRefused, RefundRefused) as error:
        log.warning("a refund was not taken: %s", type(error).__name__)
        return False
    return True
