"""A card left for a deposit, a debit that its bank wants confirmed, a hold on a card, two cards that pay each week: lived after all
else, since a gateway answers no transaction.
"""

from datetime import datetime, time, timedelta

from flask import current_app
from sqlalchemy import select

from billing.actions import auto_payments, card_calls, card_holds, mandates, saved_cards
from billing.actions.auto_jobs import take
from billing.local_gateway import AUTHENTICATED, SUCCEEDS, UNFUNDED_LATER, LocalGateways
from billing.models import AutoPayment, BillingAccount, Deposit
from billing.queries import balance_cents
from demo.platforms import VALBRUME
from mobility.crypto import new_token
from mobility.db import db, platform_scope, transaction
from mobility.models import Beneficiary, Platform
from mobility.periods import instant_of, paris_day
from mobility.rights import house

WHOSE = "Fatou"  # her deposit waited for her first wage, and two weeks are not paid
ASKED = "Soumaya"  # she leaves hers on her own phone, before or after the keys
MOST_CENTS = 4_000
WEEKLY = "Isaure"  # her card pays each week
REFUSED = "Honorin"  # so would his: there was not enough on it, twice
SHORT = "Maïlys"  # she has a bike for a few days, and her bank sets its deposit aside


def leave_cards(*, now: datetime) -> None:
    """Nothing with a real gateway: a demonstration types no card there."""
    gateways = current_app.extensions["card_gateways"]
    if not isinstance(gateways, LocalGateways):
        return
    with transaction():
        platform_id = db.session.scalars(select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
    with platform_scope(platform_id):
        _ask(ASKED, platform_id, now)
        _charge(_leave(gateways, WHOSE, AUTHENTICATED, platform_id, now), platform_id, now)
        _set_aside(gateways, platform_id, now)
        _pay_weekly(gateways, WEEKLY, SUCCEEDS, platform_id, instant_of(paris_day(now) - timedelta(days=3), time(9, 30)), now)
        _pay_weekly(gateways, REFUSED, UNFUNDED_LATER, platform_id, instant_of(paris_day(now) - timedelta(days=6), time(9, 30)), now)


def _ask(first_name: str, platform_id: int, now: datetime) -> tuple[int, int]:
    by = house(platform_id)
    with transaction():
        deposit_id = _deposit_of(first_name)
        card = saved_cards.ask_card(deposit_id, by=by, now=now)
        db.session.flush()
        return card.id, deposit_id


def _leave(gateways: LocalGateways, first_name: str, number: str, platform_id: int, now: datetime) -> int:
    """A card asked and left; its deposit's id."""
    card_id, deposit_id = _ask(first_name, platform_id, now)
    with transaction():
        token = saved_cards.make_card_link(card_id, by=house(platform_id), now=now)
        saved_cards.agree(token, by=house(platform_id), now=now)
    page = saved_cards.open_page(card_id, back_url=lambda card: "/", by=house(platform_id), now=now)
    told = {"number": number, "expiry": "12/34", "code": "123"}
    gateways.pages.test_client().post("/carte/" + page.rpartition("/")[2], data=told)
    saved_cards.find_out(card_id, now=now)
    return deposit_id


def _pay_weekly(gateways: LocalGateways, first_name: str, number: str, platform_id: int, told_at: datetime, now: datetime) -> None:
    """Agreed to and told some days ago, then asked of the bank on each of its days until now."""
    deposit_id = _leave(gateways, first_name, number, platform_id, told_at)
    with transaction():
        person_id = db.session.get_one(BillingAccount, db.session.get_one(Deposit, deposit_id).account_id).beneficiary_id
        mandates.agree(person_id, most_cents=4_000, agreed=True, by=house(platform_id), now=told_at)
        auto_payments.announce(person_id, now=told_at)
    weekly = select(AutoPayment).filter(AutoPayment.beneficiary_id == person_id).execution_options(populate_existing=True)
    for _ in range(2):
        with transaction():
            one = db.session.scalars(weekly).one()
            weekly_id, on = one.id, one.next_on
        if on is not None and on <= paris_day(now):
            take(weekly_id, now=min(now, instant_of(on, time(11))))


def _deposit_of(first_name: str) -> int:
    theirs = select(Deposit.id).join(BillingAccount, BillingAccount.id == Deposit.account_id)
    whose = theirs.join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id).filter(Beneficiary.first_name == first_name)
    return db.session.scalars(whose.order_by(Deposit.id.desc())).first() or 0


def _set_aside(gateways: LocalGateways, platform_id: int, now: datetime) -> None:
    by = house(platform_id)
    with transaction():
        deposit_id = _deposit_of(SHORT)
        card_holds.ask_hold(deposit_id, by=by, now=now)
        db.session.flush()
        hold_id = card_holds.agree(card_holds.make_hold_link(deposit_id, by=by, now=now), by=by, now=now).id
    page = card_holds.open_page(hold_id, back_url=lambda hold: "/", by=by, now=now)
    told = {"number": SUCCEEDS, "expiry": "12/34", "code": "123"}
    gateways.pages.test_client().post("/empreinte/" + page.rpartition("/")[2], data=told)
    card_holds.find_out(hold_id, now=now)


def _charge(deposit_id: int, platform_id: int, now: datetime) -> None:
    by = house(platform_id)
    with transaction():
        account = db.session.get_one(Deposit, deposit_id).account_id
        cents = min(balance_cents(account), MOST_CENTS)
        step_id = card_calls.call_card(
            deposit_id, cents=cents, why="unpaid", reason="Deux semaines de location non payées", key=new_token(), by=by, now=now
        ).id
    card_calls.send(step_id, by=by, now=now)
