"""A card left at the gateway for a deposit: asked by a link, left on the gateway's page, held off the balance, forgotten at the end.

The gateway is never called inside a transaction: each step is written down, done there, then settled (architecture.md).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from billing.actions.called_deposits import give_up_open
from billing.actions.card_marks import forget_saved, mark
from billing.actions.deposit_steps import lock_deposit, pure, take_step
from billing.actions.gateway_keys import check_takes_cards, gateway_here
from billing.card_gateway import GatewayRefused, GatewayUnreachable
from billing.models import Deposit, SavedCard
from billing.queries.means import takes_cards
from billing.queries.saved_cards import card_of, find_open_call, find_saved, list_cards, list_to_forget
from billing.saved_cards import ON_FILE, PAGE_OPEN, LeftCard, SetupOrder, holds_up
from mobility import audit
from mobility.actions.links import Purpose, get_link, make_link
from mobility.crypto import new_token
from mobility.db import db, transaction
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary, Platform
from mobility.money import euros
from mobility.rights import Viewer, house
from mobility.tongues import say

log = logging.getLogger("point_etape.saved_cards")

LINK_LASTS = timedelta(days=7)
PAGE_LASTS = timedelta(hours=23)  # a page lives a day at the gateway
ENDED = say("Cette carte n’est plus demandée.")


def ask_card(deposit_id: int, *, by: Viewer, now: datetime) -> SavedCard:
    """Ask a person to leave a card for a deposit, whatever form was foreseen; asked before and not left yet, it is the same.

    A deposit that a card holds already may ask for another, which takes its place once it is left. Raises RuleBroken once a part came
    in another form, for a deposit that is whole otherwise or given back, while the card before is being charged, or without keys; NotFound.
    """
    deposit, account = lock_deposit(deposit_id)
    check_takes_cards()
    if deposit.release_on is not None or not _may_come(deposit):
        raise RuleBroken("Cette caution est déjà entière, ou n’est plus demandée.")
    if find_saved(deposit_id) is not None and find_open_call(deposit_id) is not None:
        raise RuleBroken("Un débit de la carte d’avant attend sa réponse : abandonnez-le, ou attendez-la.")
    if deposit.kind != ON_FILE:
        if pure(deposit).received_cents:
            raise RuleBroken("Une partie de la caution est déjà reçue d’une autre façon : terminez de la même façon.", field="kind")
        deposit.kind = ON_FILE
        audit.record("deposit_by_card", deposit, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    card = card_of(deposit_id)
    if card is not None and card.status in PAGE_OPEN:
        return card
    card = SavedCard(
        deposit_id=deposit_id, status="asked", key=new_token(), most_cents=_most_cents(deposit), asked_at=now, asked_by=by.account_id
    )
    db.session.add(card)
    audit.record("card_asked", card, by=by, now=now)
    return card


def make_card_link(card_id: int, *, by: Viewer, now: datetime, email: str | None = None) -> str:
    """A token that opens the page where this card is left, for a week; only its hash is kept. Raises Conflict once it is left."""
    card, _ = _lock(card_id)
    if card.status not in PAGE_OPEN:
        raise Conflict(ENDED)
    return make_link(purpose=Purpose.SAVE_CARD, lasts=LINK_LASTS, subject_id=card_id, email=email, by=by, now=now)


def card_of_link(token: str, *, now: datetime) -> SavedCard:
    """The card that a live link asks for. Raises NotFound."""
    return db.session.get_one(SavedCard, get_link(token, purpose=Purpose.SAVE_CARD, now=now).subject_id)


def agree(token: str, *, by: Viewer, now: datetime) -> SavedCard:
    """The person agrees to what their card may be charged, and goes on to the gateway's page; a page that has closed opens anew.

    Raises Conflict once the card is left or not asked any more, NotFound.
    """
    card, deposit = _lock(card_of_link(token, now=now).id)
    if card.status not in PAGE_OPEN or not _is_awaited(deposit):
        raise Conflict(ENDED)
    if card.page_opened_at is not None and now - card.page_opened_at > PAGE_LASTS:
        card.key, card.page_url, card.session_reference, card.page_opened_at = new_token(), None, None, None
    card.agreed_at, card.most_cents = now, _most_cents(deposit)
    audit.record("card_agreed", card, by=by, now=now)
    return card


def open_page(card_id: int, *, back_url: Callable[[SavedCard], str], by: Viewer, now: datetime) -> str:
    """The address of the gateway's page. Outside any transaction; called again it is the same page while it lives.

    Raises GatewayUnreachable, GatewayRefused.
    """
    card = db.session.get_one(SavedCard, card_id)
    if card.page_url:
        return card.page_url
    slug = db.session.get_one(Platform, card.platform_id).slug
    order = SetupOrder(
        key=card.key,
        platform_slug=slug,
        card_reference=f"carte-{card.id}",
        label=f"Caution : rien n’est débité aujourd’hui, et {euros(card.most_cents)} au plus plus tard, selon votre accord.",
        success_url=back_url(card),
        cancel_url=back_url(card),
    )
    gateway = gateway_here()
    db.session.close()  # nothing stays open while the gateway thinks
    page = gateway.open_setup(order)
    with transaction():
        kept, _ = _lock(card_id)
        kept.session_reference, kept.page_url, kept.page_opened_at = page.session_reference, page.url, kept.page_opened_at or now
        if kept.status == "asked":
            kept.status = "pending"
        audit.record("card_page_opened", kept, by=by, now=now)
    return page.url


def find_out(card_id: int, *, now: datetime) -> bool:
    """Ask the gateway whether a card was left, and hold its deposit by it; whether anything moved. Outside any transaction.

    One left for a deposit that no longer asks for it is forgotten at once. Raises GatewayUnreachable, GatewayRefused.
    """
    card = db.session.get_one(SavedCard, card_id)
    if card.session_reference is None or card.holder_reference is not None or card.status not in (*PAGE_OPEN, "closed"):
        return False
    gateway, session_reference = gateway_here(), card.session_reference
    db.session.close()  # nothing stays open while the gateway thinks
    left = gateway.find_left_card(session_reference)
    if left is None:
        return False
    with transaction():
        _keep(card_id, left, now)
    send_away(now=now)
    return True


def check_answered(deposit: Deposit, now: datetime) -> None:
    """Raises Conflict while the bank may still take money for a deposit: for a day, never for days."""
    called = find_open_call(deposit.id) if deposit.kind == ON_FILE else None
    if called is not None and called.call.status == "asked" and holds_up(called.call.asked_at, now):
        raise Conflict("La banque n’a pas encore répondu à un débit demandé : réessayez dans l’heure.")


def let_go(deposit: Deposit, *, by: Viewer, now: datetime) -> None:
    """The deposit went back: its card is to be forgotten, and what the person had still to confirm keeps nothing any more."""
    give_up_open(deposit, by=by, now=now)
    forget_saved(deposit.id, by=by, now=now)
    for card in list_cards(deposit.id):
        if card.status in PAGE_OPEN:
            mark(card, "closed", by=by, now=now)


def close_stale(card_id: int, *, now: datetime) -> None:
    """A page that nobody can use any more. Inside the caller's transaction."""
    card, _ = _lock(card_id)
    if card.status in PAGE_OPEN:
        mark(card, "closed", by=house(card.platform_id), now=now)


def send_away(deposit_id: int | None = None, *, now: datetime) -> int:
    """Have the gateway forget the cards let go of; how many it forgot. Outside any transaction: what it did not answer waits an hour."""
    return sum([_forget(card_id, now) for card_id in list_to_forget(deposit_id)]) if takes_cards() else 0


def _forget(card_id: int, now: datetime) -> bool:
    card = db.session.get_one(SavedCard, card_id)
    holder, gateway = card.holder_reference, gateway_here()
    db.session.close()
    try:
        if holder is not None:
            gateway.forget_card(holder)
    except (GatewayUnreachable, GatewayRefused) as error:
        log.warning("a card could not be forgotten yet: %s", type(error).__name__)
        return False
    with transaction():
        kept, _ = _lock(card_id)
        if kept.status == "forgetting":
            kept.holder_reference = kept.card_reference = None
            kept.forgotten_at = now
            mark(kept, "forgotten", by=house(kept.platform_id), now=now)
    return True


def _keep(card_id: int, left: LeftCard, now: datetime) -> None:
    """The card was left: the whole deposit is held by it, if it still waits for one; else it is let go of.

    One left before is charged no more: its person agreed to the whole on this one.
    """
    card, deposit = _lock(card_id)
    if card.holder_reference is not None or card.forgotten_at is not None:
        return  # found out by somebody else meanwhile
    by = house(card.platform_id)
    card.holder_reference, card.card_reference = left.holder_reference, left.card_reference
    card.brand, card.last4, card.expires_on, card.saved_at = left.brand[:20], left.last4, left.expires_on, now
    is_held = card.status in PAGE_OPEN and _is_awaited(deposit)
    mark(card, "saved" if is_held else "forgetting", by=by, now=now)
    if is_held:
        forget_saved(deposit.id, but=card.id, by=by, now=now)
        deposit.expires_on = None  # of the card before, forgotten just above
        if (missing_cents := pure(deposit).missing_cents) > 0:
            take_step(deposit, "received", missing_cents, expires_on=left.expires_on, by=by, now=now)
        else:
            deposit.expires_on = left.expires_on  # as much is held as before, by another card


def _is_awaited(deposit: Deposit) -> bool:
    return deposit.kind == ON_FILE and deposit.release_on is None and _may_come(deposit)


def _may_come(deposit: Deposit) -> bool:
    """Whether a card is of use: something is missing, or the card that holds it may be replaced."""
    return pure(deposit).missing_cents > 0 or (deposit.held_cents > 0 and find_saved(deposit.id) is not None)


def _most_cents(deposit: Deposit) -> int:
    """What a card may be charged in all: what is still held, and what it brings."""
    return deposit.held_cents + max(pure(deposit).missing_cents, 0)


def _lock(card_id: int) -> tuple[SavedCard, Deposit]:
    """The card and its deposit, the deposit locked first. Raises NotFound."""
    found = db.session.get(SavedCard, card_id)
    if found is None:
        raise NotFound
    deposit, _ = lock_deposit(found.deposit_id)
    query = select(SavedCard).filter(SavedCard.id == card_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one(), deposit
