"""What a gateway says of its balance: the same on Stripe's adapter (its SDK against a fake Stripe) and on the local gateway."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from billing.card_gateway import RefundOrder
from billing.gateway_balance import DisputeStatus, MoveKind, PayoutStatus
from tests.ports.card_worlds import NOW, LocalWorld, StripeWorld, World, make_order


@pytest.fixture(params=["stripe", "local"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "stripe":
        yield StripeWorld()
        return
    local = LocalWorld()
    yield local
    local.store.close()


def paid(world: World, reference: str) -> str:
    world.pay(world.gateway.open_checkout(make_order(key=reference, payment_reference=reference)))
    state = world.gateway.find_charge(payment_reference=reference)
    assert state and state.charge_reference
    return state.charge_reference


def test_every_move_is_told_with_its_fee_and_what_it_is_about(world: World) -> None:
    first, second = paid(world, "payment-1"), paid(world, "payment-2")
    world.gateway.refund(RefundOrder(key="back", charge_reference=first, cents=750))
    world.contest(second)
    moves = {(move.kind, move.charge_reference): move for move in world.gateway.list_moves(NOW - timedelta(days=1))}
    told = moves[MoveKind.CHARGE, first]
    assert (told.cents, told.fee_cents, told.currency, told.payment_reference) == (1750, 51, "eur", "payment-1")
    back = moves[MoveKind.REFUND, first]
    assert (back.cents, back.fee_cents, back.payment_reference) == (-750, 0, None)
    (dispute,) = world.gateway.list_disputes(NOW - timedelta(days=1))
    assert (dispute.charge_reference, dispute.cents, dispute.status) == (second, 1750, DisputeStatus.OPEN)
    assert dispute.reply_by == NOW + timedelta(days=14)
    taken = moves[MoveKind.DISPUTE, second]
    assert (taken.cents, taken.fee_cents, taken.source_reference) == (-1750, 1500, dispute.dispute_reference)
    assert len({move.reference for move in moves.values()}) == len(moves) and all(move.at == NOW for move in moves.values())
    assert world.gateway.list_moves(NOW + timedelta(seconds=1)) == [] == world.gateway.list_disputes(NOW + timedelta(seconds=1))


def test_a_payout_is_a_move_and_says_when_the_bank_shows_it(world: World) -> None:
    paid(world, "payment-1")
    world.pay_out()
    (payout,) = world.gateway.list_payouts(NOW - timedelta(days=1))
    (move,) = [move for move in world.gateway.list_moves(NOW - timedelta(days=1)) if move.kind is MoveKind.PAYOUT]
    assert (payout.cents, payout.status, payout.currency) == (1699, PayoutStatus.UNDER_WAY, "eur")
    assert (move.cents, move.source_reference) == (-1699, payout.payout_reference)
    assert payout.arrives_on == payout.made_at.date() + timedelta(days=2)
