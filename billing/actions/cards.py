"""A card payment on the person's own phone: written down with its key, opened at the gateway, settled by the signed webhook alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

from billing.actions.called_deposits import follow
from billing.actions.card_pages import JUST_PAID, REPLACED, close_pages, set_others_aside
from billing.actions.charging import lock_account
from billing.actions.deposit_steps import lock_deposit, pure
from billing.actions.gateway_keys import check_takes_cards, gateway_here
from billing.actions.payments import add_payment, check_owed, check_same
from billing.card_gateway import LEAST_CENTS, CheckoutOrder
from billing.deposits import receive
from billing.models import Payment
from billing.payments import OPEN_CARD, PURPOSE_LABELS
from billing.queries.accounts import balance_cents
from billing.queries.auto_payments import is_charging
from billing.queries.payments import find_by_key, list_open_card_payments, lock_payment
from mobility import audit
from mobility.actions.links import Purpose, get_link, make_link
from mobility.db import db, transaction
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Platform
from mobility.money import euros
from mobility.rights import Viewer

LINK_LASTS = timedelta(days=7)
CHECKOUT_LASTS = timedelta(hours=23)  # a page lives 24 hours at the gateway; near its end a new one is opened instead
TAKING = "Votre carte enregistrée est en train de payer : revenez dans une heure. Rien d’autre n’est à payer d’ici là."


def start_card_payment(
    account_id: int,
    *,
    cents: int,
    purpose: str = "rental",
    deposit_id: int | None = None,
    key: str | None = None,
    by: Viewer,
    now: datetime,
) -> Payment:
    """The intent, with its key, before anybody is called. The same `key` gives the same payment.

    Raises RuleBroken for an amount no card takes, another payment under the key or a platform without keys, NotFound.
    """
    account = lock_account(account_id)
    if key is not None and (seen := find_by_key(key)) is not None:
        return check_same(seen, account_id, "card", cents)
    if cents < LEAST_CENTS:
        raise RuleBroken(f"Par carte, le montant est de {euros(LEAST_CENTS)} au moins.", field="cents")
    check_owed(account_id, purpose, cents)
    check_takes_cards()
    if deposit_id is not None:
        _check_deposit(deposit_id, account_id, cents)
        purpose = "deposit"
    return add_payment(
        account, means="card", cents=cents, purpose=purpose, status="started", key=key, deposit_id=deposit_id, by=by, now=now
    )


def pay_own(account_id: int, *, cents: int, deposit_id: int | None = None, key: str, by: Viewer, now: datetime) -> Payment:
    """A person pays what they owe. While the gateway's word is on its way the debt still shows: the page open for the same sum
    is taken up again, so that it is not paid twice.

    Raises RuleBroken above what is owed, Conflict while their bank is asked for it already, and what `start_card_payment` raises.
    """
    lock_account(account_id)
    if find_by_key(key) is None:
        if deposit_id is None and cents > balance_cents(account_id):
            raise RuleBroken("C’est plus que ce que vous devez aujourd’hui.", field="cents")
        if deposit_id is None and is_charging(account_id):
            raise Conflict(TAKING)
        live = [payment for payment in list_open_card_payments(account_id, deposit_id, cents) if not is_stale(payment, now)]
        if live:
            return live[-1]
    return start_card_payment(account_id, cents=cents, deposit_id=deposit_id, key=key, by=by, now=now)


def open_checkout(payment_id: int, *, back_url: Callable[[Payment], str], by: Viewer, now: datetime) -> str:
    """The address of the payment's page at the gateway. Outside any transaction: the intent is committed, the answer kept afterwards.

    `back_url` gives the page the person returns to, always the same for a payment, or the gateway would refuse its key.
    Called again it gives the same page while it lives; any other page open for the same debt is closed first.
    Raises Conflict when nothing is to be paid any more or another page was just paid, GatewayUnreachable.
    """
    payment = db.session.get(Payment, payment_id)
    if payment is None:
        raise NotFound
    if payment.status not in OPEN_CARD:
        raise Conflict("Ce paiement n’attend plus de carte.")
    if payment.checkout_url:
        return payment.checkout_url
    platform = db.session.get_one(Platform, payment.platform_id)
    order = CheckoutOrder(
        key=payment.key,
        platform_slug=platform.slug,
        payment_reference=payment.reference,
        cents=payment.cents,
        label=f"{PURPOSE_LABELS[payment.purpose]} {payment.reference}",
        success_url=back_url(payment),
        cancel_url=back_url(payment),
    )
    gateway = gateway_here()
    db.session.close()  # nothing stays open while the gateway thinks
    with transaction():
        beside = set_others_aside(payment_id, by=by, now=now)
    if close_pages(gateway, beside, by=by, now=now):
        raise Conflict(JUST_PAID)
    checkout = gateway.open_checkout(order)
    with transaction():
        kept = _keep_page(payment_id, checkout.session_reference, checkout.url, by=by, now=now)
    if kept.status == "cancelled":  # another page took its place meanwhile
        close_pages(gateway, [kept], by=by, now=now)
        raise Conflict(REPLACED)
    return checkout.url


def make_pay_link(payment_id: int, *, by: Viewer, now: datetime, email: str | None = None) -> str:
    """A token that opens this payment's page to whoever holds it, for a week; only its hash is kept."""
    payment, _ = lock_payment(payment_id)
    if payment.means != "card" or payment.status not in OPEN_CARD:
        raise Conflict("Ce paiement n’attend plus de carte.")
    return make_link(purpose=Purpose.PAY, lasts=LINK_LASTS, subject_id=payment_id, email=email, by=by, now=now)


def payment_of_link(token: str, *, now: datetime) -> Payment:
    """The payment that a live link opens. Raises NotFound."""
    return db.session.get_one(Payment, get_link(token, purpose=Purpose.PAY, now=now).subject_id)


def renew(token: str, *, by: Viewer, now: datetime) -> Payment:
    """The link's payment; when its page at the gateway has closed unpaid, a new one under a new key takes its place. Raises NotFound."""
    link = get_link(token, purpose=Purpose.PAY, now=now, lock=True)
    payment = db.session.get_one(Payment, link.subject_id)
    if not is_stale(payment, now):
        return payment
    again = start_card_payment(
        payment.account_id, cents=payment.cents, purpose=payment.purpose, deposit_id=payment.deposit_id, by=by, now=now
    )
    follow(payment, again, by=by, now=now)
    link.subject_id = again.id
    audit.record("renew link", link, by=by, now=now)
    return again


def is_stale(payment: Payment, now: datetime) -> bool:
    """Whether the payment's page has closed, or is about to, with nothing paid."""
    too_old = payment.checkout_opened_at is not None and now - payment.checkout_opened_at > CHECKOUT_LASTS
    return payment.status == "expired" or (payment.status in OPEN_CARD and too_old)


def _keep_page(payment_id: int, session_reference: str, url: str, *, by: Viewer, now: datetime) -> Payment:
    """The webhook may have come first: then only the page's name is kept."""
    payment, _ = lock_payment(payment_id)
    payment.session_reference, payment.checkout_url = session_reference, url
    payment.checkout_opened_at = payment.checkout_opened_at or now
    if payment.status == "started":
        payment.status = "pending"
    audit.record("checkout_opened", payment, by=by, now=now)
    return payment


def _check_deposit(deposit_id: int, account_id: int, cents: int) -> None:
    deposit, _ = lock_deposit(deposit_id)
    if deposit.account_id != account_id:
        raise NotFound
    if deposit.kind != "card":
        raise RuleBroken("Cette caution n’est pas prévue par carte.", field="kind")
    receive(pure(deposit), cents)
