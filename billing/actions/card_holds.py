"""A sum set aside on a card for a deposit: asked by a link, placed on the gateway's page, lifted, or lapsed by itself (docs/adr/0023).

The gateway is never called inside a transaction: each step is written down, done there, then settled (architecture.md). Its events only
say that something moved: it is asked what stands, so that their order cannot matter.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from billing.actions.deposit_news import tell_lapsed
from billing.actions.deposit_steps import lock_deposit, pure, take_step
from billing.actions.gateway_keys import check_takes_cards, gateway_here
from billing.actions.payments import new_reference
from billing.card_gateway import CheckoutOrder, GatewayRefused, GatewayUnreachable, check_amount
from billing.card_holds import (
    CAPTURING,
    HELD,
    LAPSED,
    ON_HOLD,
    PAGE_OPEN,
    RELEASING,
    TAKEN,
    HoldState,
    after,
    check_fits,
    check_lasts,
)
from billing.models import CardHold, Deposit
from billing.queries.card_holds import first_of, hold_of, list_to_lift, secured_until
from billing.queries.means import takes_cards
from mobility import audit
from mobility.actions.links import Purpose, get_link, make_link
from mobility.crypto import new_token
from mobility.db import db, transaction
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary, Platform
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Viewer, house
from mobility.tongues import say

log = logging.getLogger("point_etape.card_holds")

LINK_LASTS = timedelta(days=7)
PAGE_LASTS = timedelta(hours=23)  # a page lives a day at the gateway
ENDED = say("Cette empreinte n’est plus demandée.")
UNANSWERED = "La banque n’a pas encore répondu à un débit demandé : réessayez dans l’heure."
REASONS = {
    LAPSED: "L’empreinte s’est éteinte d’elle-même, rien n’a été débité",
    TAKEN: "L’empreinte a été débitée chez le prestataire, pas d’ici : voyez le rapprochement",
}


def ask_hold(deposit_id: int, *, by: Viewer, now: datetime) -> CardHold:
    """Ask a person to have the whole deposit set aside on their card; asked before and not placed yet, it is the same.

    Raises RuleBroken once a part came, for a rental that no hold lasts out, or without keys; NotFound.
    """
    deposit, account = lock_deposit(deposit_id)
    check_takes_cards()
    value = pure(deposit)
    if deposit.release_on is not None or value.missing_cents <= 0:
        raise RuleBroken("Cette caution est déjà entière, ou n’est plus demandée.")
    if value.received_cents:
        raise RuleBroken("Une partie de la caution est déjà reçue : une empreinte se fait en une fois, pour le tout.", field="kind")
    _check_span(deposit, now)
    check_amount(deposit.due_cents)
    if deposit.kind != ON_HOLD:
        deposit.kind = ON_HOLD
        audit.record("deposit_by_hold", deposit, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    hold = hold_of(deposit_id)
    return hold if hold is not None and hold.status in PAGE_OPEN else _new(deposit, by=by, now=now)


def make_hold_link(deposit_id: int, *, by: Viewer, now: datetime, email: str | None = None) -> str:
    """A token that opens the page where a hold is agreed to, for a week; only its hash is kept. Raises Conflict when none is asked."""
    deposit, _ = lock_deposit(deposit_id)
    if not _is_awaited(deposit):
        raise Conflict(ENDED)
    return make_link(purpose=Purpose.HOLD_CARD, lasts=LINK_LASTS, subject_id=deposit_id, email=email, by=by, now=now)


def hold_of_link(token: str, *, now: datetime) -> CardHold:
    """The latest hold of the deposit that a live link asks for. Raises NotFound."""
    hold = hold_of(get_link(token, purpose=Purpose.HOLD_CARD, now=now).subject_id or 0)
    if hold is None:
        raise NotFound
    return hold


def agree(token: str, *, by: Viewer, now: datetime) -> CardHold:
    """The person agrees to what may be taken, and goes on to the gateway's page; one that has closed, or asks another sum, opens anew.

    Raises Conflict once it is placed or not asked any more, RuleBroken when it would not last until the return, NotFound.
    """
    hold, deposit = _lock(hold_of_link(token, now=now).id)
    if not _is_awaited(deposit) or hold.status not in (*PAGE_OPEN, "closed"):
        raise Conflict(ENDED)
    _check_span(deposit, now)
    is_old = hold.page_opened_at is not None and now - hold.page_opened_at > PAGE_LASTS
    if is_old or hold.status == "closed" or hold.cents != deposit.due_cents:
        if hold.status in PAGE_OPEN:
            _mark(hold, "closed", by=by, now=now)
        hold = _new(deposit, by=by, now=now)
        db.session.flush()
    hold.agreed_at = now
    audit.record("hold_agreed", hold, by=by, now=now)
    return hold


def open_page(hold_id: int, *, back_url: Callable[[CardHold], str], by: Viewer, now: datetime) -> str:
    """The address of the gateway's page. Outside any transaction; called again it is the same page while it lives.

    Raises GatewayUnreachable, GatewayRefused.
    """
    hold = db.session.get_one(CardHold, hold_id)
    if hold.page_url:
        return hold.page_url
    order = CheckoutOrder(
        key=hold.key,
        platform_slug=db.session.get_one(Platform, hold.platform_id).slug,
        payment_reference=hold.reference,
        cents=hold.cents,
        label=f"Empreinte de caution {hold.reference} : {euros(hold.cents)} réservés, rien n’est débité aujourd’hui",
        success_url=back_url(hold),
        cancel_url=back_url(hold),
    )
    gateway = gateway_here()
    db.session.close()  # nothing stays open while the gateway thinks
    page = gateway.open_hold(order)
    with transaction():
        kept, _ = _lock(hold_id)
        kept.session_reference, kept.page_url, kept.page_opened_at = page.session_reference, page.url, kept.page_opened_at or now
        if kept.status == "asked":
            kept.status = "pending"
        audit.record("hold_page_opened", kept, by=by, now=now)
    return page.url


def find_out(hold_id: int, *, now: datetime) -> bool:
    """Ask the gateway where a hold stands, and hold its deposit by it, or not any more; whether anything moved. Outside any transaction.

    One of which a part is being taken answers to that (`card_captures.send`). Raises GatewayUnreachable, GatewayRefused.
    """
    hold = db.session.get_one(CardHold, hold_id)
    if hold.session_reference is None or hold.status not in (*PAGE_OPEN, "closed", HELD):
        return False
    gateway, session_reference = gateway_here(), hold.session_reference
    db.session.close()  # nothing stays open while the gateway thinks
    told = gateway.find_hold(session_reference)
    if told is None:
        return False
    with transaction():
        moved = _apply(hold_id, told, now)
    if moved:
        send_away(now=now)
    return moved


def lift(deposit_id: int, *, by: Viewer, now: datetime) -> CardHold:
    """Give a hold up while the vehicle is out, for another form of deposit: asked again at once, lifted at the gateway by `send_away`.

    Raises Conflict when none is in place or a part of it is being taken, RuleBroken once the vehicle is back, NotFound.
    """
    deposit, account = lock_deposit(deposit_id)
    hold = find_live(deposit)
    check_answered(deposit)
    if hold is None or hold.status != HELD:
        raise Conflict("Aucune empreinte n’est en place.")
    if deposit.release_on is not None:
        raise RuleBroken("Le véhicule est revenu : rendez la caution.")
    take_step(deposit, "lapsed", pure(deposit).held_cents, reason="Levée pour une autre forme de caution", by=by, now=now)
    tell_lapsed(hold.cents, account, now=now)
    _mark(hold, RELEASING, by=by, now=now)
    return hold


def find_live(deposit: Deposit) -> CardHold | None:
    """The latest hold of a deposit held so, as it is now; None for every other. The caller has locked the deposit."""
    found = hold_of(deposit.id) if deposit.kind == ON_HOLD else None
    return None if found is None else _fresh(found.id)


def check_answered(deposit: Deposit) -> None:
    """Raises Conflict while a part of a hold is being taken."""
    hold = find_live(deposit)
    if hold is not None and hold.status == CAPTURING:
        raise Conflict(UNANSWERED)


def let_go(deposit: Deposit, *, by: Viewer, now: datetime) -> None:
    """The deposit went back: its hold is to be lifted."""
    hold = find_live(deposit)
    if hold is not None and (hold.status == HELD or hold.status in PAGE_OPEN):
        _mark(hold, RELEASING if hold.status == HELD else "closed", by=by, now=now)


def end(deposit: Deposit, hold: CardHold, status: str, *, by: Viewer, now: datetime) -> None:
    """A hold is over by itself: asked again while the vehicle is out, given back once it has returned. The caller has locked both.

    Of one that was taken without us nobody is told that nothing was: the treasurer looks first.
    """
    cents, is_back = pure(deposit).held_cents, deposit.release_on is not None and status == LAPSED
    if deposit.kind == ON_HOLD and cents:
        take_step(deposit, "released" if is_back else "lapsed", cents, reason=REASONS[status], by=by, now=now)
        if status == LAPSED and not is_back:
            tell_lapsed(cents, first_of(deposit), now=now)
    _mark(hold, status, by=by, now=now)


def close_stale(hold_id: int, *, now: datetime) -> None:
    """A page that nobody can use any more. Inside the caller's transaction."""
    hold, _ = _lock(hold_id)
    if hold.status in PAGE_OPEN:
        _mark(hold, "closed", by=house(hold.platform_id), now=now)


def send_away(deposit_id: int | None = None, *, now: datetime) -> int:
    """Have the gateway lift the holds let go of; how many it lifted. Outside any transaction: what it did not answer waits an hour."""
    return sum([_lift(hold_id, now) for hold_id in list_to_lift(deposit_id)]) if takes_cards() else 0


def _lift(hold_id: int, now: datetime) -> bool:
    hold = db.session.get_one(CardHold, hold_id)
    reference, gateway = hold.charge_reference or "", gateway_here()
    db.session.close()
    try:
        told = gateway.lift_hold(reference)
    except (GatewayUnreachable, GatewayRefused) as error:
        log.warning("a hold could not be lifted yet: %s", type(error).__name__)
        return False
    with transaction():
        return _apply(hold_id, told, now)


def _apply(hold_id: int, told: HoldState, now: datetime) -> bool:
    """The gateway's answer, entered once: placed, the whole deposit is held by it; over, it is not any more."""
    hold, deposit = _lock(hold_id)
    is_awaited = _is_awaited(deposit) and hold.cents == pure(deposit).missing_cents
    status, by = after(hold.status, told.status, is_awaited=is_awaited), house(hold.platform_id)
    if status == hold.status or hold.status == CAPTURING:
        return False
    if status in (HELD, RELEASING):
        hold.charge_reference, hold.capture_before, hold.held_at = told.charge_reference, told.capture_before, now
        hold.brand, hold.last4 = (told.brand or "")[:20] or None, told.last4
    if hold.status == HELD:
        end(deposit, hold, status, by=by, now=now)
        return True
    _mark(hold, status, by=by, now=now)
    if status == HELD:
        take_step(deposit, "received", hold.cents, expires_on=told.capture_before and paris_day(told.capture_before), by=by, now=now)
    return True


def _check_span(deposit: Deposit, now: datetime) -> None:
    last_on = secured_until(deposit)
    check_fits(first_of(deposit).first_on, last_on)
    check_lasts(last_on or paris_day(now), paris_day(now))


def _is_awaited(deposit: Deposit) -> bool:
    return deposit.kind == ON_HOLD and deposit.release_on is None and pure(deposit).missing_cents > 0


def _new(deposit: Deposit, *, by: Viewer, now: datetime) -> CardHold:
    told = {"key": new_token(), "reference": new_reference(), "cents": deposit.due_cents}
    hold = CardHold(deposit_id=deposit.id, status="asked", **told, asked_at=now, asked_by=by.account_id)
    db.session.add(hold)
    audit.record("hold_asked", hold, by=by, now=now)
    return hold


def _mark(hold: CardHold, status: str, *, by: Viewer, now: datetime) -> None:
    hold.status = status
    if status not in (*PAGE_OPEN, HELD, CAPTURING, RELEASING):
        hold.ended_at = now
    audit.record(f"hold_{status}", hold, by=by, now=now)


def _lock(hold_id: int) -> tuple[CardHold, Deposit]:
    """The hold and its deposit, the deposit locked first. Raises NotFound."""
    found = db.session.get(CardHold, hold_id)
    if found is None:
        raise NotFound
    deposit, _ = lock_deposit(found.deposit_id)
    return _fresh(hold_id), deposit


def _fresh(hold_id: int) -> CardHold:
    query = select(CardHold).filter(CardHold.id == hold_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one()
