"""A part of a deposit asked of the card on file, its holder away: written down with its key, charged, then kept once paid.

The charge is a payment like another, of the debt that the account already owes: entry, receipt, refund and the nightly comparison are
those of every card. Nothing counts as kept before the money is there (docs/adr/0022).
"""

from collections.abc import Sequence
from datetime import datetime

from billing import deposits as rules
from billing.actions.called_deposits import answer, give_up
from billing.actions.card_pages import JUST_PAID, close_pages, set_others_aside
from billing.actions.cards import start_card_payment
from billing.actions.deposit_proofs import keep_proofs
from billing.actions.deposit_steps import conclude, lock_deposit, pure, take_step
from billing.actions.gateway_keys import check_takes_cards, gateway_here
from billing.actions.kept_deposits import limits_of, lock_owing
from billing.actions.payments import add_payment
from billing.actions.reconciliation import apply_state
from billing.card_gateway import CURRENCY, CardGateway, ChargeState, ChargeStatus, check_amount
from billing.keeping import PROVEN, Keeping, check_keeping
from billing.means import Debt, check_means
from billing.models import BillingAccount, CardCall, Deposit, DepositStep, Payment, SavedCard
from billing.payments import CHARGING, OPEN_CARD, PURPOSE_LABELS
from billing.queries.accounts import balance_cents, owed_of
from billing.queries.auto_payments import is_charging
from billing.queries.payments import find_by_key, lock_payment
from billing.queries.saved_cards import Called, find_called_by, find_open_call, find_saved, get_called
from billing.queries.usage import limits_on
from billing.saved_cards import CALL_SENTENCES, ON_FILE, Outcome, SavedCharge, SavedChargeOrder, may_send_again
from mobility import audit
from mobility.db import db, transaction
from mobility.errors import Conflict, RuleBroken
from mobility.models import Platform
from mobility.periods import paris_day
from mobility.rights import Viewer

_ANSWERS = {Outcome.AUTHENTICATE: "authenticate", Outcome.DECLINED: "refused"}
UNDER_WAY = "Un débit de cette carte est déjà en cours : attendez sa réponse, ou abandonnez-le, avant d’en demander un autre."


def call_card(
    deposit_id: int,
    *,
    cents: int,
    why: str,
    reason: str,
    cost_cents: int | None = None,
    photos: Sequence[int] = (),
    account_id: int | None = None,
    key: str,
    by: Viewer,
    now: datetime,
) -> DepositStep:
    """Ask a part of a deposit of its card, under the limits of every part kept; nobody is called yet: `send` does.

    The same `key` gives the same step. Raises RuleBroken beside its field, Conflict while another is under way, NotFound.
    """
    wanted = Keeping(cents=cents, why=why, cost_cents=cost_cents, photos=len(photos))
    account = lock_owing(deposit_id, account_id)
    deposit, _ = lock_deposit(deposit_id)
    if (seen := find_by_key(key)) is not None:
        return _same(seen, deposit_id, cents)
    if find_open_call(deposit_id) is not None or is_charging(account.id):
        raise Conflict(UNDER_WAY)
    card = _check(deposit, account, wanted, now)
    kept = rules.keep(pure(deposit), cents, reason)
    owing = account if account.id != deposit.account_id else None
    step = take_step(deposit, "called", cents, reason=kept.kept_reason, owing=owing, by=by, now=now)
    step.why, step.cost_cents = why, cost_cents
    keep_proofs(step, account.beneficiary_id, photos, by=by, now=now)
    is_damage = why in PROVEN and cents <= owed_of(account.id, "damage")
    purpose = "damage" if is_damage else "rental"
    payment = add_payment(account, means="card", cents=cents, purpose=purpose, status=CHARGING, key=key, by=by, now=now)
    db.session.flush()
    call = CardCall(step_id=step.id, payment_id=payment.id, card_id=card.id, status="asked", asked_at=now)
    db.session.add(call)
    audit.record("card_call_asked", call, by=by, now=now)
    return step


def send(step_id: int, *, by: Viewer, now: datetime) -> str:
    """Have the gateway charge what was asked, and write its answer down: the call's status. Outside any transaction; harmless again.

    Other open card pages of the same debt are closed first. After a day the key may charge anew, and a debt may have been paid otherwise:
    then the gateway is asked what became of it, and nothing is sent.
    Raises GatewayUnreachable or GatewayRefused (it stays asked), Conflict when a page was just paid (nothing is charged).
    """
    called = get_called(step_id)
    if called.call.status != "asked":
        return called.call.status
    order, payment, may_send = _order(called), called.payment, _may_send(called, now)
    gateway = gateway_here()
    db.session.close()  # nothing stays open while the gateway thinks
    if not may_send:
        return _look(gateway, step_id, payment, by=by, now=now)
    _close_others(gateway, step_id, payment.id, by=by, now=now)
    told = gateway.charge_saved(order)
    with transaction():
        return _write(step_id, told, by=by, now=now)


def drop(step_id: int, *, by: Viewer, now: datetime) -> DepositStep:
    """Give up a charge that waits for the person, or for an answer no longer to come: nothing is kept, its page closes.

    Raises NotFound, Conflict once answered or while the bank may still take the money.
    """
    payment, _ = lock_payment(get_called(step_id).payment.id)
    called = get_called(step_id)
    deposit, _ = lock_deposit(called.step.deposit_id)
    if called.call.status != "authenticate":
        raise Conflict("Ce débit n’attend pas la personne : il est déjà réglé, ou la banque n’a pas encore répondu.")
    if payment.status in OPEN_CARD:
        payment.status, payment.failure = "cancelled", "Abandonné par la plateforme."
        audit.record("payment_cancelled", payment, by=by, now=now)
    give_up(deposit, called, by=by, now=now)
    return called.step


def reopen(step_id: int, *, by: Viewer, now: datetime) -> Payment:
    """The payment by which a person confirms a charge; another in its place when its page has closed. Raises Conflict, NotFound."""
    payment, account = lock_payment(get_called(step_id).payment.id)
    called = get_called(step_id)
    if called.call.status != "authenticate":
        raise Conflict("Ce débit n’attend pas la personne.")
    if payment.status in OPEN_CARD:
        return payment
    again = start_card_payment(account.id, cents=payment.cents, purpose=payment.purpose, by=by, now=now)
    called.call.payment_id = again.id
    audit.record("card_call_moved", called.call, by=by, now=now)
    return again


def _check(deposit: Deposit, account: BillingAccount, wanted: Keeping, now: datetime) -> SavedCard:
    """The card to charge, once everything allows it."""
    if deposit.kind != ON_FILE:
        raise RuleBroken("Cette caution n’est pas une carte enregistrée : gardez-en une partie depuis sa page.", field="cents")
    check_takes_cards()
    check_keeping(wanted, limits_of(deposit, account, wanted.why))
    check_amount(wanted.cents)
    purpose = "damage" if wanted.why in PROVEN else "rental"
    debt = Debt(kind=account.kind, debt_kind=purpose, cents=max(wanted.cents, balance_cents(account.id)))
    check_means("card", debt, limits=limits_on(paris_day(now)))
    card = find_saved(deposit.id)
    if card is None:
        raise RuleBroken("Aucune carte n’est enregistrée pour cette caution.", field="cents")
    return card


def _same(seen: Payment, deposit_id: int, cents: int) -> DepositStep:
    called = find_called_by(seen.id)
    if called is None or (called.step.deposit_id, called.step.cents) != (deposit_id, cents):
        raise RuleBroken("Cette clé a déjà servi pour un autre débit. Rechargez la page avant de recommencer.", field="key")
    return called.step


def _may_send(called: Called, now: datetime) -> bool:
    """Whether the charge may leave, perhaps once more: under a key not forgotten, of a card still on file, for a debt still owed."""
    card = db.session.get_one(SavedCard, called.call.card_id)
    return _is_owed(called.payment) and card.card_reference is not None and may_send_again(called.call.asked_at, now)


def _is_owed(payment: Payment) -> bool:
    return balance_cents(payment.account_id) >= payment.cents


def _order(called: Called) -> SavedChargeOrder:
    card = db.session.get_one(SavedCard, called.call.card_id)
    payment = called.payment
    return SavedChargeOrder(
        key=f"{payment.key}-saved",  # the payment's own is for the page where its person may have to confirm
        platform_slug=db.session.get_one(Platform, payment.platform_id).slug,
        payment_reference=payment.reference,
        cents=payment.cents,
        label=f"{PURPOSE_LABELS[payment.purpose]} {payment.reference}",
        holder_reference=card.holder_reference or "",
        card_reference=card.card_reference or "",
    )


def _close_others(gateway: CardGateway, step_id: int, payment_id: int, *, by: Viewer, now: datetime) -> None:
    with transaction():
        beside = set_others_aside(payment_id, standing=(CHARGING, *OPEN_CARD), by=by, now=now)
    if close_pages(gateway, beside, by=by, now=now):
        with transaction():
            _write(step_id, None, by=by, now=now)
        raise Conflict(JUST_PAID)


def _look(gateway: CardGateway, step_id: int, payment: Payment, *, by: Viewer, now: datetime) -> str:
    """What became of a charge whose answer was lost too long ago: taken, or never made."""
    state = gateway.find_charge(payment_reference=payment.reference)
    is_paid = state is not None and state.status in (ChargeStatus.PAID, ChargeStatus.REFUNDED)
    with transaction():
        if is_paid and state is not None:
            apply_state(payment, state, now)
            return get_called(step_id).call.status
        return _write(step_id, None, by=by, now=now)


def _write(step_id: int, told: SavedCharge | None, *, by: Viewer, now: datetime) -> str:
    """The gateway's answer to a charge; None: it was never made. Inside the caller's transaction; the first answer stands."""
    payment, _ = lock_payment(get_called(step_id).payment.id)
    called = get_called(step_id)
    if called.call.status != "asked":
        return called.call.status
    if told is not None and told.outcome is Outcome.PAID:
        apply_state(payment, _paid(payment, told), now)
        return get_called(step_id).call.status
    status = _ANSWERS[told.outcome] if told else "refused" if _is_owed(payment) else "dropped"
    deposit, _ = lock_deposit(called.step.deposit_id)
    if payment.status in (CHARGING, *OPEN_CARD):
        payment.status, payment.failure = "failed" if told else "cancelled", CALL_SENTENCES[status][:200]
        audit.record("card_failed", payment, by=by, now=now)
    answer(called, status, by=by, now=now)
    if status != "authenticate":
        conclude(deposit, called.step, "uncalled", by=by, now=now)
    db.session.flush()
    return status


def _paid(payment: Payment, told: SavedCharge) -> ChargeState:
    return ChargeState(
        status=ChargeStatus.PAID,
        cents=payment.cents,
        refunded_cents=0,
        currency=CURRENCY,
        payment_reference=payment.reference,
        charge_reference=told.charge_reference,
    )
