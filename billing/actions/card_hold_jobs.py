"""What nobody was there for: holds placed or lapsed without a word, parts without an answer, holds to lift. Each hour, and each night."""

import logging
from collections.abc import Callable
from datetime import datetime

from billing.actions import card_captures, card_holds
from billing.card_holds import CAPTURING
from billing.queries import card_holds as queries
from billing.queries.means import takes_cards
from mobility.db import transaction
from mobility.errors import DomainError
from mobility.rights import house

log = logging.getLogger("point_etape.card_holds")


def follow_holds(*, now: datetime) -> int:
    """Settle what a crash, a time-out or a lost webhook left open; how many moved. Outside any transaction; harmless again."""
    if not takes_cards():
        return 0
    by = house(None)
    moved = _each(queries.list_capturing(), lambda hold_id: card_captures.send(hold_id, by=by, now=now) != CAPTURING)
    moved += _each(queries.list_to_ask(now), lambda hold_id: card_holds.find_out(hold_id, now=now))
    for hold_id in queries.list_stale(now):
        with transaction():
            card_holds.close_stale(hold_id, now=now)
    return moved + card_holds.send_away(now=now)


def watch_holds(*, now: datetime) -> int:
    """Ask the gateway of every hold in place whether it still is: how many are not. Outside any transaction; harmless again."""
    if not takes_cards():
        return 0
    return _each(queries.list_held(), lambda hold_id: card_holds.find_out(hold_id, now=now))


def _each(ids: list[int], act: Callable[[int], bool]) -> int:
    return sum([_try(act, hold_id) for hold_id in ids])


def _try(act: Callable[[int], bool], hold_id: int) -> bool:
    try:
        return act(hold_id)
    except DomainError as error:
        log.warning("a hold on a card waits: %s", type(error).__name__)
        return False
