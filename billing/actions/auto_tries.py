"""One asking of the bank for a week's payment: sent under its key as often as it must, its answer written down once.

The gateway is never called inside a transaction. What it answered too late, or what nobody heard, is asked of it before anything else is
tried; after a day, or once the agreement is taken back, nothing is sent any more and it is only asked (docs/adr/0029).
"""

from datetime import datetime

from billing.actions.auto_payments import put_off, stop_or_try_again
from billing.actions.card_pages import close_pages, set_others_aside
from billing.actions.cards import make_pay_link
from billing.actions.gateway_keys import gateway_here
from billing.actions.mandates import drop_weekly, end_mandate
from billing.actions.reconciliation import apply_state
from billing.auto_payments import REFUSALS, SETTLING, after_refusal, may_take, say_confirm
from billing.card_gateway import CURRENCY, CardGateway, ChargeState, ChargeStatus
from billing.models import BillingAccount, CardMandate, Payment, SavedCard
from billing.payments import CHARGING, OPEN_CARD, PURPOSE_LABELS
from billing.queries.auto_payments import Tried, get_tried, list_tries, lock_weekly, takeable
from billing.queries.payments import lock_payment
from billing.saved_cards import Outcome, SavedCharge, SavedChargeOrder, may_send_again
from mobility import audit
from mobility.actions.telling import tell_person
from mobility.addresses import page_address
from mobility.db import db, platform_id, transaction
from mobility.models import Beneficiary, Platform
from mobility.periods import paris_day
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer, house
from mobility.tongues import say

JUST_PAID = "page"  # another page of the same debt was paid a moment ago


def send(try_id: int, *, now: datetime) -> str:
    """Have the gateway charge what was written down; the asking's status. Outside any transaction; harmless again.

    Raises GatewayUnreachable or GatewayRefused: it stays asked, and is sent again under the same key.
    """
    with transaction():
        tried = get_tried(try_id)
        if tried.attempt.status != "asked":
            return tried.attempt.status
        order, may_send = _order(tried), may_take(now) and _may_send(tried, now)
    gateway = gateway_here()
    db.session.close()  # nothing stays open while the gateway thinks
    if not may_send:
        return _look(gateway, tried, now=now)
    with transaction():
        beside = set_others_aside(tried.payment.id, standing=(CHARGING, *OPEN_CARD), by=house(platform_id()), now=now)
    if close_pages(gateway, beside, by=house(platform_id()), now=now):
        return _write(try_id, None, JUST_PAID, now=now)
    told = gateway.charge_saved(order)
    return _write(try_id, told, told.refusal, now=now)


def look_before(auto_payment_id: int, *, now: datetime) -> bool:
    """Ask what became of the last try before another is made; whether its money came after all. Outside any transaction."""
    tries = list_tries(auto_payment_id)
    if not tries:
        return False
    payment, gateway = tries[-1].payment, gateway_here()
    db.session.close()
    state = gateway.find_charge(payment_reference=payment.reference)
    if state is None or state.status not in (ChargeStatus.PAID, ChargeStatus.REFUNDED):
        return False
    with transaction():
        apply_state(payment, state, now)
    return True


def _order(tried: Tried) -> SavedChargeOrder:
    card, payment = _card_of(tried), tried.payment
    return SavedChargeOrder(
        key=f"{payment.key}-saved",  # the payment's own is for the page where its person may have to confirm
        platform_slug=db.session.get_one(Platform, payment.platform_id).slug,
        payment_reference=payment.reference,
        cents=payment.cents,
        label=f"{PURPOSE_LABELS[payment.purpose]} {payment.reference}",
        holder_reference=card.holder_reference or "",
        card_reference=card.card_reference or "",
    )


def _may_send(tried: Tried, now: datetime) -> bool:
    """Whether it may leave, perhaps once more: agreed to still, a key not forgotten, a card on file, a debt owed that nothing holds."""
    mandate = db.session.get_one(CardMandate, tried.weekly.mandate_id, populate_existing=True)
    if mandate.ended_at is not None or _card_of(tried).card_reference is None or not may_send_again(tried.attempt.asked_at, now):
        return False
    found = takeable(db.session.get_one(BillingAccount, tried.weekly.account_id), paris_day(now))
    return found.why_not is None and found.cents >= tried.payment.cents


def _card_of(tried: Tried) -> SavedCard:
    mandate = db.session.get_one(CardMandate, tried.weekly.mandate_id)
    return db.session.get_one(SavedCard, mandate.card_id, populate_existing=True)


def _look(gateway: CardGateway, tried: Tried, *, now: datetime) -> str:
    """What became of a charge whose answer was lost: taken, or never made. Its list lags: just asked, it is asked again later;
    by night and on a Sunday nothing is concluded, for its person would be told then."""
    state = gateway.find_charge(payment_reference=tried.payment.reference)
    if state is not None and state.status in (ChargeStatus.PAID, ChargeStatus.REFUNDED):
        with transaction():
            apply_state(tried.payment, state, now)
            return get_tried(tried.attempt.id).attempt.status
    if now - tried.attempt.asked_at < SETTLING or not may_take(now):
        return "asked"
    return _write(tried.attempt.id, None, "no_answer", now=now)


def _write(try_id: int, told: SavedCharge | None, code: str, *, now: datetime) -> str:
    """The gateway's answer, or (None) that it was never asked, written once; money that came is entered whatever was written before."""
    with transaction():
        payment, account = lock_payment(get_tried(try_id).payment.id)
        tried, by = get_tried(try_id), house(platform_id())
        if told is not None and told.outcome is Outcome.PAID:
            apply_state(payment, _paid(payment, told), now)
            return get_tried(try_id).attempt.status
        if tried.attempt.status != "asked":
            return tried.attempt.status
        lock_weekly(tried.weekly.id)
        tried.attempt.answered_at = now
        if told is not None and told.outcome is Outcome.AUTHENTICATE:
            _to_confirm(tried, by=by, now=now)
        elif (left := _left(tried, account, told, code, now)) is None:
            _refuse(tried, code, by=by, now=now)
        else:
            _drop(tried, left, by=by, now=now)
        audit.record(f"auto_try_{tried.attempt.status}", tried.attempt, by=by, now=now)
        db.session.flush()
        return tried.attempt.status


def _left(tried: Tried, account: BillingAccount, told: SavedCharge | None, code: str, now: datetime) -> str | None:
    """Why it is given up where the bank did not refuse it: one of DROPPED, or JUST_PAID for another day; None when it was refused."""
    mandate = db.session.get_one(CardMandate, tried.weekly.mandate_id, populate_existing=True)
    found = takeable(account, paris_day(now))
    if mandate.ended_at is not None:
        return "withdrawn"
    if found.why_not is not None or not found.cents:
        return "held" if found.why_not else "nothing_due"
    return JUST_PAID if told is None and (code == JUST_PAID or found.cents < tried.payment.cents) else None


def _to_confirm(tried: Tried, *, by: Viewer, now: datetime) -> None:
    """The bank wants the person: the same payment waits for them behind a link."""
    tried.attempt.status, tried.weekly.status = "confirm", "confirm"
    _close(tried.payment, "failed", "La banque demande que la personne confirme : elle a reçu un lien.", by=by, now=now)
    db.session.flush()
    person = db.session.get_one(Beneficiary, tried.weekly.beneficiary_id)
    token = make_pay_link(tried.payment.id, email=person.email, by=by, now=now)
    url = page_address(platform_here().slug, f"pay/{token}")
    tell_person(person, say_confirm(tried.payment.cents, url), subject=say("Un paiement à confirmer"), now=now)
    audit.record("auto_payment_confirm", tried.weekly, by=by, now=now, subject=person)


def _drop(tried: Tried, reason: str, *, by: Viewer, now: datetime) -> None:
    tried.attempt.status = "dropped"
    _close(tried.payment, "cancelled", "Rien n’a été pris.", by=by, now=now)
    if reason == JUST_PAID:
        put_off(tried.weekly, now=now)
    else:
        drop_weekly(tried.weekly, reason, by=by, now=now)


def _refuse(tried: Tried, code: str, *, by: Viewer, now: datetime) -> None:
    """The bank said no: another day, or it stops; a card that is no good any more takes its agreement with it."""
    tried.attempt.status, tried.attempt.refusal = "refused", code
    days = [paris_day(one.attempt.asked_at) for one in list_tries(tried.weekly.id) if one.attempt.status == "refused"]
    following = after_refusal(code, tried_on=days)
    _close(tried.payment, "failed" if following.on is None else "cancelled", REFUSALS[code].sentence, by=by, now=now)
    stop_or_try_again(tried.weekly, following, code, by=by, now=now)
    if REFUSALS[code].is_hard:
        end_mandate(tried.weekly.beneficiary_id, "card_refused", by=by, now=now)


def _close(payment: Payment, status: str, why: str, *, by: Viewer, now: datetime) -> None:
    if payment.status in (CHARGING, *OPEN_CARD):
        payment.status, payment.failure = status, why
        audit.record("card_failed", payment, by=by, now=now)


def _paid(payment: Payment, told: SavedCharge) -> ChargeState:
    return ChargeState(
        status=ChargeStatus.PAID,
        cents=payment.cents,
        refunded_cents=0,
        currency=CURRENCY,
        payment_reference=payment.reference,
        charge_reference=told.charge_reference,
    )
