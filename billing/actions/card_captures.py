"""A part of a deposit taken from the hold on a card, once: written down with its key, taken, then kept; the rest is lifted by that.

What is taken is a payment like another, of the debt that the account already owes, under the limits of every part kept: entry, receipt,
refund and the nightly comparison are those of every card. Nothing counts as kept before the money is there (docs/adr/0023).
"""

from collections.abc import Sequence
from datetime import datetime

from billing import deposits as rules
from billing.actions import card_holds
from billing.actions.card_pages import JUST_PAID, close_pages, set_others_aside
from billing.actions.deposit_proofs import keep_proofs
from billing.actions.deposit_steps import conclude, lock_deposit, pure, take_step
from billing.actions.gateway_keys import check_takes_cards, gateway_here
from billing.actions.kept_deposits import limits_of, lock_owing
from billing.actions.payments import add_payment, new_reference
from billing.actions.reconciliation import apply_state
from billing.card_gateway import CURRENCY, CardGateway, ChargeState, ChargeStatus, check_amount
from billing.card_holds import CAPTURING, HELD, LAPSED, ON_HOLD, TAKEN, CaptureOrder, HoldState, HoldStatus
from billing.keeping import PROVEN, Keeping, check_keeping
from billing.means import Debt, check_means
from billing.models import BillingAccount, CardHold, Deposit, DepositStep, Payment
from billing.payments import CHARGING, OPEN_CARD
from billing.queries.accounts import balance_cents, owed_of
from billing.queries.card_holds import find_by_payment
from billing.queries.payments import find_by_key, lock_payment
from billing.queries.usage import limits_on
from mobility import audit
from mobility.db import db, transaction
from mobility.errors import Conflict, RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer

PAID_OTHERWISE = "La somme a été payée autrement : rien n’est débité de l’empreinte."
GONE = "Rien n’est débité de l’empreinte : la somme reste due."


def ask_capture(
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
) -> CardHold:
    """Ask a part of a deposit of the hold it stands on, under the limits of every part kept; nobody is called yet: `send` does.

    The same `key` gives the same hold. Raises RuleBroken beside its field, Conflict while another is under way, NotFound.
    """
    wanted = Keeping(cents=cents, why=why, cost_cents=cost_cents, photos=len(photos))
    account = lock_owing(deposit_id, account_id)
    deposit, _ = lock_deposit(deposit_id)
    if (seen := find_by_key(key)) is not None:
        return _same(seen, deposit_id, cents)
    hold = _check(deposit, account, wanted, now)
    kept = rules.keep(pure(deposit), cents, reason)
    owing = account if account.id != deposit.account_id else None
    step = take_step(deposit, "called", cents, reason=kept.kept_reason, owing=owing, by=by, now=now)
    step.why, step.cost_cents = why, cost_cents
    keep_proofs(step, account.beneficiary_id, photos, by=by, now=now)
    purpose = "damage" if why in PROVEN and cents <= owed_of(account.id, "damage") else "rental"
    payment = add_payment(
        account, means="card", cents=cents, purpose=purpose, status=CHARGING, key=key, reference=hold.reference, by=by, now=now
    )
    db.session.flush()
    hold.step_id, hold.payment_id, hold.status = step.id, payment.id, CAPTURING
    audit.record("hold_capture_asked", hold, by=by, now=now)
    return hold


def send(hold_id: int, *, by: Viewer, now: datetime) -> str:
    """Have the gateway take what was asked, and write its answer down: the hold's status. Outside any transaction; harmless again.

    Other open card pages of the same debt are closed first. A hold is taken once whatever the key: it may be sent again at any time. Of
    a debt that was paid otherwise meanwhile the gateway is asked what became of it, and nothing is taken.
    Raises GatewayUnreachable or GatewayRefused (it stays asked), Conflict when a page was just paid (nothing is taken).
    """
    hold = db.session.get_one(CardHold, hold_id, populate_existing=True)
    if hold.status != CAPTURING or hold.payment_id is None:
        return hold.status
    payment = db.session.get_one(Payment, hold.payment_id)
    order = CaptureOrder(key=f"{payment.key}-capture", charge_reference=hold.charge_reference or "", cents=payment.cents)
    payment_id, session_reference, is_owed, gateway = payment.id, hold.session_reference or "", _is_owed(payment), gateway_here()
    db.session.close()  # nothing stays open while the gateway thinks
    if is_owed:
        _close_others(gateway, payment_id, by=by, now=now)
    told = gateway.capture_hold(order) if is_owed else _once_moved(gateway.find_hold(session_reference))
    with transaction():
        return _write(payment_id, told, by=by, now=now)


def _is_owed(payment: Payment) -> bool:
    return balance_cents(payment.account_id) >= payment.cents


def _once_moved(told: HoldState | None) -> HoldState | None:
    """What the gateway says of a hold, None while nothing was taken of it."""
    return None if told is None or told.status is HoldStatus.HELD else told


def _check(deposit: Deposit, account: BillingAccount, wanted: Keeping, now: datetime) -> CardHold:
    """The hold to take from, once everything allows it."""
    if deposit.kind != ON_HOLD:
        raise RuleBroken("Cette caution n’est pas une empreinte : gardez-en une partie depuis sa page.", field="cents")
    check_takes_cards()
    card_holds.check_answered(deposit)
    check_keeping(wanted, limits_of(deposit, account, wanted.why))
    check_amount(wanted.cents)
    purpose = "damage" if wanted.why in PROVEN else "rental"
    debt = Debt(kind=account.kind, debt_kind=purpose, cents=max(wanted.cents, balance_cents(account.id)))
    check_means("card", debt, limits=limits_on(paris_day(now)))
    hold = card_holds.find_live(deposit)
    if hold is None or hold.status != HELD:
        raise RuleBroken("Aucune empreinte n’est en place pour cette caution.", field="cents")
    return hold


def _same(seen: Payment, deposit_id: int, cents: int) -> CardHold:
    hold = find_by_payment(seen.id)
    if hold is None or (hold.deposit_id, seen.cents) != (deposit_id, cents):
        raise RuleBroken("Cette clé a déjà servi pour un autre débit. Rechargez la page avant de recommencer.", field="key")
    return hold


def _close_others(gateway: CardGateway, payment_id: int, *, by: Viewer, now: datetime) -> None:
    with transaction():
        beside = set_others_aside(payment_id, standing=(CHARGING, *OPEN_CARD), by=by, now=now)
    if close_pages(gateway, beside, by=by, now=now):
        with transaction():
            _write(payment_id, None, by=by, now=now)
        raise Conflict(JUST_PAID)


def _write(payment_id: int, told: HoldState | None, *, by: Viewer, now: datetime) -> str:
    """The gateway's answer; None: it was not asked after all. Inside the caller's transaction; the first answer stands."""
    payment, _ = lock_payment(payment_id)
    found = find_by_payment(payment_id)
    assert found is not None
    if told is not None and told.status is HoldStatus.CAPTURED:
        apply_state(payment, _taken(payment, told), now)
    deposit, _ = lock_deposit(found.deposit_id)
    hold = card_holds.find_live(deposit)
    if hold is None or hold.id != found.id or hold.status != CAPTURING:
        return found.status
    _give_up(hold, payment, deposit, by=by, now=now)
    if told is not None:
        card_holds.end(deposit, hold, TAKEN if told.status is HoldStatus.CAPTURED else LAPSED, by=by, now=now)
    db.session.flush()
    return hold.status


def _give_up(hold: CardHold, payment: Payment, deposit: Deposit, *, by: Viewer, now: datetime) -> None:
    """Nothing was kept by it, and the debt stands: the hold is as it was, and its reference free for what is asked of it next."""
    if payment.status == CHARGING:
        payment.status, payment.failure = "cancelled", GONE if _is_owed(payment) else PAID_OTHERWISE
        payment.reference = new_reference()
        audit.record("payment_cancelled", payment, by=by, now=now)
    step = db.session.get_one(DepositStep, hold.step_id)
    conclude(deposit, step, "uncalled", by=by, now=now)
    hold.status, hold.step_id, hold.payment_id = HELD, None, None
    audit.record("hold_capture_given_up", hold, by=by, now=now)


def _taken(payment: Payment, told: HoldState) -> ChargeState:
    return ChargeState(
        status=ChargeStatus.PAID,
        cents=told.captured_cents,
        refunded_cents=0,
        currency=CURRENCY,
        payment_reference=payment.reference,
        charge_reference=told.charge_reference,
    )
