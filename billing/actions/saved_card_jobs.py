"""What nobody was there for: cards left without a word, charges without an answer, cards to forget. Each hour, and each night."""

import logging
from collections.abc import Callable
from datetime import datetime

from billing.actions import card_calls, saved_cards
from billing.actions.deposits import release_deposit
from billing.card_gateway import GatewayRefused, GatewayUnreachable
from billing.queries import saved_cards as queries
from billing.queries.means import takes_cards
from billing.saved_cards import FORGET_DAYS_KEY
from mobility import practice
from mobility.db import transaction
from mobility.errors import DomainError
from mobility.periods import paris_day
from mobility.rights import house

log = logging.getLogger("point_etape.saved_cards")


def follow_up(*, now: datetime) -> int:
    """Settle what a crash, a time-out or a lost webhook left open; how many moved. Outside any transaction; harmless again."""
    if not takes_cards():
        return 0
    by = house(None)
    moved = _each(queries.list_to_ask(now), lambda card_id: saved_cards.find_out(card_id, now=now))
    moved += _each(queries.list_unanswered_calls(), lambda step_id: card_calls.send(step_id, by=by, now=now) != "asked")
    for card_id in queries.list_stale(now):
        with transaction():
            saved_cards.close_stale(card_id, now=now)
    return moved + saved_cards.send_away(now=now)


def forget_overdue(*, now: datetime) -> int:
    """Give back the deposits whose card was to be forgotten by today, and have it forgotten: how many. Outside any transaction.

    What holds one back (a fine, a charge without an answer) holds it here too: it is tried again tomorrow.
    """
    today = paris_day(now)
    days = practice.value_on(FORGET_DAYS_KEY, today)
    released = _each(queries.list_overdue(today, days), lambda deposit_id: _release(deposit_id, now))
    saved_cards.send_away(now=now)
    return released


def _release(deposit_id: int, now: datetime) -> bool:
    with transaction():
        release_deposit(deposit_id, by=house(None), now=now)
    return True


def _each(ids: list[int], act: Callable[[int], bool]) -> int:
    return sum([_try(act, row_id) for row_id in ids])


def _try(act: Callable[[int], bool], row_id: int) -> bool:
    try:
        return act(row_id)
    except (GatewayUnreachable, GatewayRefused, DomainError) as error:
        log.warning("a card on file waits: %s", type(error).__name__)
        return False
