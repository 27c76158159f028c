"""Every night the gateway's list beside our books: what they do not say alike is kept, shown, and mended by the treasurer's click."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from billing.actions import balance_differences, reconciliation, refunds
from billing.actions.balance_differences import STANDS
from billing.actions.card_pages import close_pages
from billing.actions.gateway_keys import gateway_here
from billing.actions.ledger import lock_books
from billing.card_gateway import CardGateway, RefundOrder
from billing.differences import ACT_LABELS, REACH, Difference, Listed, find_differences
from billing.models import GatewayDifference, Payment
from billing.payments import OPEN_CARD
from billing.queries.differences import get_difference, list_held, list_held_payouts, list_known
from billing.queries.means import takes_cards
from mobility import audit
from mobility.db import db, platform_id, transaction
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Platform
from mobility.periods import paris_day
from mobility.rights import Viewer, house


def compare(*, now: datetime) -> int:
    """Keep what our books and the gateway do not say alike tonight; how many stand open. Outside any transaction; harmless again.

    Raises GatewayUnreachable, GatewayRefused: nothing is then taken for gone.
    """
    if not takes_cards():
        return 0
    gateway = gateway_here()
    slug = db.session.scalars(select(Platform.slug).filter(Platform.id == platform_id())).one()
    db.session.close()  # nothing stays open while the gateway thinks
    listed = Listed(
        charges=gateway.list_charges(now - REACH), open_pages=gateway.list_open_pages(), payouts=gateway.list_payouts(now - REACH)
    )
    with transaction():
        lock_books()  # two comparisons at once write one after the other
        return _keep(find_differences(list_held(now), listed, list_held_payouts(now), platform_slug=slug, now=now), now)


def see(difference_id: int, *, note: str, by: Viewer, now: datetime) -> GatewayDifference:
    """A difference that the treasurer looked at with the gateway or the bank, and what was done. Raises NotFound, Conflict, RuleBroken."""
    difference = _get_open(difference_id)
    if not note.strip():
        raise RuleBroken("Dites ce qui a été vu ou fait.", field="note")
    _close(difference, "seen", by=by, now=now, note=note.strip())
    return difference


def mend(difference_id: int, *, by: Viewer, now: datetime) -> GatewayDifference:
    """Do what mends a difference, between transactions, the gateway asked anew. Clicked twice it is done once.

    Raises NotFound, Conflict once mended or when the gateway leaves it as it was, RuleBroken for what only a person mends,
    and what the acts themselves raise.
    """
    with transaction():
        difference = _get_open(difference_id)
        if difference.kind not in ACT_LABELS:
            raise RuleBroken("Cet écart se regarde avec le prestataire : dites ici ce qui a été vu ou fait.", field="note")
        act = _ACTS.get(difference.kind)
        payment = db.session.get(Payment, difference.payment_id) if act and difference.payment_id else None
        if act is not None and payment is None:
            raise NotFound
    gateway = gateway_here()
    db.session.close()
    if act is not None and payment is not None:
        act(gateway, difference, payment, by, now)
    else:
        balance_differences.ACTS[difference.kind](gateway, difference, by, now)
    with transaction():
        mended = get_difference(difference_id)
        if mended.mended_at is None:
            _close(mended, "act", by=by, now=now)
        return mended


def _keep(found: list[Difference], now: datetime) -> int:
    known, by = list_known(), house(platform_id())
    for difference in found:
        _see_again(known.pop((difference.kind, difference.subject), None), difference, by, now)
    for row in known.values():
        if row.mended_at is None:
            _close(row, "itself", by=by, now=now)
    db.session.flush()
    return sum(row.mended_at is None for row in list_known().values())


def _see_again(row: GatewayDifference | None, difference: Difference, by: Viewer, now: datetime) -> None:
    """A new one is kept; one that came back, or whose sum moved since somebody saw it, is open again."""
    if row is None:
        row = GatewayDifference(kind=difference.kind, subject=difference.subject, first_seen_at=now)
        _tell(row, difference, now)
        db.session.add(row)
        audit.record("difference_found", row, by=by, now=now)
        return
    if row.mended_at is None and row.cents == difference.cents and paris_day(row.last_seen_at) == paris_day(now):
        return  # told today already
    is_settled = row.mended_how == "seen" and row.cents == difference.cents
    if is_settled:
        return  # a person has said what became of it
    comes_back = row.mended_at is not None
    _tell(row, difference, now)
    if comes_back:
        row.first_seen_at, row.mended_at, row.mended_by, row.mended_how, row.note = now, None, None, None, None
    audit.record("difference_back" if comes_back else "difference_stands", row, by=by, now=now)


def _tell(row: GatewayDifference, difference: Difference, now: datetime) -> None:
    row.payment_id, row.charge_reference, row.cents = difference.payment_id, difference.charge_reference, difference.cents
    row.sentence, row.last_seen_at = difference.sentence[:300], now


def _close(row: GatewayDifference, how: str, *, by: Viewer, now: datetime, note: str | None = None) -> None:
    row.mended_at, row.mended_by, row.mended_how, row.note = now, by.account_id, how, note
    audit.record(f"difference_{how}", row, by=by, now=now)


def _get_open(difference_id: int) -> GatewayDifference:
    difference = get_difference(difference_id)
    if difference.mended_at is not None:
        raise Conflict("Cet écart est déjà réglé.")
    return difference


def _record(gateway: CardGateway, difference: GatewayDifference, payment: Payment, by: Viewer, now: datetime) -> None:
    """The gateway's proof asked for, and entered as its webhook would have been: of the charge, whichever page it was paid on."""
    state = gateway.find_charge(payment_reference=payment.reference)
    if state is not None:
        with transaction():
            reconciliation.apply_state(payment, state, now)
    _check_moved(payment.id, ("settled",))


def _close_here(gateway: CardGateway, difference: GatewayDifference, payment: Payment, by: Viewer, now: datetime) -> None:
    reconciliation.ask(gateway, payment, now)
    _check_moved(payment.id, ("settled", "expired", "cancelled"))


def _close_there(gateway: CardGateway, difference: GatewayDifference, payment: Payment, by: Viewer, now: datetime) -> None:
    if payment.status not in OPEN_CARD:
        close_pages(gateway, [payment], by=by, now=now)


def _give_back(gateway: CardGateway, difference: GatewayDifference, payment: Payment, by: Viewer, now: datetime) -> None:
    """The second charge never entered the books: its going back does not either."""
    key = f"difference-{difference.id}-{difference.cents}"
    gateway.refund(RefundOrder(key=key, charge_reference=difference.charge_reference or "", cents=difference.cents))


def _send_back(gateway: CardGateway, difference: GatewayDifference, payment: Payment, by: Viewer, now: datetime) -> None:
    """Our books gave it back already: the gateway makes what is missing of it, counted now."""
    state = gateway.find_charge(payment_reference=payment.reference)
    if state is None or state.charge_reference is None:
        raise Conflict(STANDS)
    missing = payment.refunded_cents - state.refunded_cents
    if missing > 0:
        key = f"difference-{difference.id}-{payment.refunded_cents}-{missing}"
        gateway.refund(RefundOrder(key=key, charge_reference=state.charge_reference, cents=missing))


def _enter_refund(gateway: CardGateway, difference: GatewayDifference, payment: Payment, by: Viewer, now: datetime) -> None:
    state = gateway.find_charge(payment_reference=payment.reference)
    if state is None or state.charge_reference is None:
        raise Conflict(STANDS)
    with transaction():
        refunds.enter_made(payment.id, state.refunded_cents, by=by, now=now)


def _check_moved(payment_id: int, wanted: tuple[str, ...]) -> None:
    with transaction():
        if db.session.scalars(select(Payment.status).filter(Payment.id == payment_id)).one() not in wanted:
            raise Conflict(STANDS)


_ACTS: dict[str, Callable[[CardGateway, GatewayDifference, Payment, Viewer, datetime], None]] = {
    "paid_there": _record,
    "closed_there": _close_here,
    "open_there": _close_there,
    "paid_twice": _give_back,
    "refunded_here": _send_back,
    "refunded_there": _enter_refund,
}
