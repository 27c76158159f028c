"""What the card gateway does with what it holds, lived after all else: fees, payouts, one of which the bank has shown; two disputes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from billing.actions import bank, cards, gateway_books, reconciliation
from billing.actions.gateway_keys import gateway_here
from billing.card_gateway import LEAST_CENTS
from billing.local_gateway import SUCCEEDS, LocalGateway, LocalGateways
from billing.models import BankLine, GatewayPayout, Payment
from billing.queries.bank import OPEN
from billing.queries.figures import list_most_owed
from demo.platforms import VALBRUME
from mobility.db import db, platform_scope, transaction
from mobility.models import Platform
from mobility.periods import paris_day
from mobility.rights import house

SPARED = 3  # who owes most has a plan, a pause or their reminders held
CENTS = (1_200, 1_500, 1_000, 2_500, 2_500)  # by five people at most, never more than they owe; the second and third claim it back
CLAIMED = slice(1, 3)
PAID_AGO, LATELY = timedelta(days=13), timedelta(days=5)


def live_gateway(*, now: datetime) -> None:
    """Nothing with a real gateway."""
    gateways = current_app.extensions["card_gateways"]
    if not isinstance(gateways, LocalGateways):
        return
    with transaction():
        platform_id = db.session.scalars(select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
    clock = gateways.clock
    try:
        with platform_scope(platform_id):
            _live(gateways, platform_id, now)
    finally:
        gateways.clock = clock


def _live(gateways: LocalGateways, platform_id: int, now: datetime) -> None:
    with transaction():
        owing = list_most_owed(SPARED + len(CENTS), paris_day(now))[0][SPARED:]
        asked = [(line.account.id, min(cents, line.balance_cents)) for line, cents in zip(owing, CENTS, strict=False)]
        asked = [each for each in asked if each[1] >= LEAST_CENTS]
    paid = [_pay(gateways, *each, platform_id, now - PAID_AGO) for each in asked[: CLAIMED.stop]]
    _night(gateways, now - timedelta(days=10))
    _banked(platform_id, now - timedelta(days=7))
    for each in asked[CLAIMED.stop :]:
        _pay(gateways, *each, platform_id, now - LATELY)
    disputes = [_contest(gateways, charge, now - timedelta(days=3)) for charge in paid[CLAIMED]]
    _night(gateways, now - timedelta(days=2))
    for charge, dispute, is_won in zip(paid[CLAIMED], disputes, (True, False), strict=False):
        gateways.clock = _at(now - timedelta(days=1))
        _account().decide_dispute(charge, dispute, is_won=is_won)
    _night(gateways, now - timedelta(hours=6))


def _pay(gateways: LocalGateways, account_id: int, cents: int, platform_id: int, then: datetime) -> str:
    """A card typed on its page, the gateway asked at once; the charge's reference."""
    gateways.clock, by = _at(then), house(platform_id)
    with transaction():
        payment_id = cards.start_card_payment(account_id, cents=cents, by=by, now=then).id
    page = cards.open_checkout(payment_id, back_url=lambda payment: "/", by=by, now=then)
    gateways.pages.test_client().post("/" + page.rpartition("/")[2], data={"number": SUCCEEDS, "expiry": "12/34", "code": "123"})
    with transaction():
        payment = db.session.get_one(Payment, payment_id)
    reconciliation.ask(gateway_here(), payment, then)
    with transaction():
        return db.session.get_one(Payment, payment_id).charge_reference or ""


def _contest(gateways: LocalGateways, charge: str, then: datetime) -> str:
    gateways.clock = _at(then)
    return _account().contest(charge)


def _night(gateways: LocalGateways, then: datetime) -> None:
    """As the worker would have run it."""
    gateways.clock = _at(then)
    gateway_books.follow(now=then)


def _banked(platform_id: int, then: datetime) -> None:
    """The bank's statement shows the first payout."""
    by = house(platform_id)
    with transaction():
        payout = db.session.scalars(select(GatewayPayout).order_by(GatewayPayout.id)).first()
        if payout is None:
            return
        told = (
            f"Date;Libellé;Crédit\n{paris_day(then):%d/%m/%Y};VIR STRIPE VERSEMENT CARTES;{payout.cents // 100},{payout.cents % 100:02d}\n"
        )
        bank.keep_statement("releve-cartes.csv", told.encode(), by=by, now=then)
        db.session.flush()
        line = select(BankLine.id).filter(BankLine.state == OPEN, BankLine.cents == payout.cents, BankLine.label.contains("STRIPE"))
        bank.record_transfers(accepted=[f"{db.session.scalars(line).one()}=payout-{payout.id}"], by=by, now=then)


def _account() -> LocalGateway:
    found = gateway_here()
    assert isinstance(found, LocalGateway)
    return found


def _at(then: datetime) -> Callable[[], datetime]:
    return lambda: then
