"""What mends a difference about the card gateway's balance: a payout or a dispute that the two sides do not say alike."""

from collections.abc import Callable
from datetime import datetime

from billing.actions import gateway_books, payouts
from billing.card_gateway import CardGateway
from billing.differences import REACH
from billing.models import GatewayDifference, GatewayPayout
from billing.queries.gateway_books import contested_charges, list_payouts, lock_payout
from mobility.db import transaction
from mobility.errors import Conflict, NotFound
from mobility.rights import Viewer

STANDS = "Rien n’a changé chez le prestataire depuis : l’écart reste. Regardez-le avec lui, puis dites ici ce qui a été fait."


def _enter_payout(gateway: CardGateway, difference: GatewayDifference, by: Viewer, now: datetime) -> None:
    gateway_books.read(gateway, now=now)
    with transaction():
        if difference.subject not in list_payouts():
            raise Conflict(STANDS)


def _enter_dispute(gateway: CardGateway, difference: GatewayDifference, by: Viewer, now: datetime) -> None:
    gateway_books.read(gateway, now=now)
    with transaction():
        if difference.subject not in contested_charges():
            raise Conflict(STANDS)


def _undo_payout(gateway: CardGateway, difference: GatewayDifference, by: Viewer, now: datetime) -> None:
    if _cents_there(gateway, difference, now) is not None:
        raise Conflict(STANDS)
    with transaction():
        payouts.undo(_ours(difference), by=by, now=now)


def _correct_payout(gateway: CardGateway, difference: GatewayDifference, by: Viewer, now: datetime) -> None:
    cents = _cents_there(gateway, difference, now)
    if cents is None:
        raise Conflict(STANDS)
    with transaction():
        payouts.correct(_ours(difference), cents, by=by, now=now)


def _enter_short(gateway: CardGateway, difference: GatewayDifference, by: Viewer, now: datetime) -> None:
    with transaction():
        payouts.enter_short(_ours(difference), by=by, now=now)


def _cents_there(gateway: CardGateway, difference: GatewayDifference, now: datetime) -> int | None:
    found = {payout.payout_reference: payout.cents for payout in gateway.list_payouts(now - REACH)}
    return found.get(difference.subject)


def _ours(difference: GatewayDifference) -> GatewayPayout:
    found = list_payouts().get(difference.subject)
    if found is None:
        raise NotFound
    return lock_payout(found.id)


ACTS: dict[str, Callable[[CardGateway, GatewayDifference, Viewer, datetime], None]] = {
    "contested": _enter_dispute,
    "payout_there": _enter_payout,
    "payout_here": _undo_payout,
    "payout_amount": _correct_payout,
    "payout_short": _enter_short,
}
