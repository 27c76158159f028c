"""What each hour asks for the payments by a card on file: answers lost first, then what is to be taken, then what is to be told."""

import logging
from collections.abc import Callable
from datetime import datetime

from billing.actions import auto_tries
from billing.actions.auto_payments import announce, begin, stop_unconfirmed, stop_untold
from billing.auto_payments import may_take, may_tell
from billing.card_gateway import GatewayRefused, GatewayUnreachable
from billing.queries.auto_payments import list_running, list_to_confirm, list_to_take, list_unanswered_tries, list_untold
from billing.queries.means import takes_cards
from mobility.db import transaction
from mobility.errors import DomainError
from mobility.periods import paris_day

log = logging.getLogger("point_etape.auto_payments")


def follow_weekly(*, now: datetime) -> int:
    """One platform's, outside any transaction; how many moved. Run again, or by two at once, nothing is told, asked or taken twice."""
    if not takes_cards():
        return 0
    moved = _each(list_unanswered_tries(), lambda try_id: auto_tries.send(try_id, now=now) != "asked")
    moved += _each(list_untold(), lambda weekly_id: _within(lambda: stop_untold(weekly_id, now=now)))
    if may_take(now):
        moved += _each(list_to_take(paris_day(now)), lambda weekly_id: take(weekly_id, now=now))
    if may_tell(now):
        moved += _each(list_to_confirm(), lambda weekly_id: _within(lambda: stop_unconfirmed(weekly_id, now=now)))
        moved += _each(list_running(), lambda person_id: _within(lambda: announce(person_id, now=now)))
    return moved


def take(auto_payment_id: int, *, now: datetime) -> bool:
    """One week's payment, once what became of the try before is known; whether the bank was asked. Outside any transaction.

    Raises GatewayUnreachable, GatewayRefused.
    """
    if auto_tries.look_before(auto_payment_id, now=now):
        return True
    with transaction():
        try_id = begin(auto_payment_id, now=now)
    if try_id is None:
        return False
    auto_tries.send(try_id, now=now)
    return True


def _within(act: Callable[[], bool]) -> bool:
    with transaction():
        return act()


def _each(ids: list[int], act: Callable[[int], bool]) -> int:
    return sum([_try(act, row_id) for row_id in ids])


def _try(act: Callable[[int], bool], row_id: int) -> bool:
    try:
        return act(row_id)
    except (GatewayUnreachable, GatewayRefused, DomainError) as error:
        log.warning("a payment by a card on file waits: %s", type(error).__name__)
        return False
