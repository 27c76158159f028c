"""The card gateway's balance beside the books, under test: what a month of cards leaves there, and what the books say of it."""

from datetime import timedelta

from sqlalchemy import select

from billing.actions import gateway_books, refunds
from billing.actions.gateway_books import Told, ask
from billing.actions.gateway_keys import gateway_here
from billing.gateway_balance import MoveKind
from billing.local_gateway import LocalGateway
from billing.models import CardDispute, LedgerLine, Payment
from mobility.db import db, total_of
from tests.house import House
from tests.money import ADVISER, card_paid, deliver, local, make_rental


def gateway(house: House) -> LocalGateway:
    """The account of the platform; inside `reading`."""
    found = gateway_here()
    assert isinstance(found, LocalGateway)
    return found


def paid_card(house: House, *, number: int = 1, cents: int = 1750) -> int:
    """A payment that both sides hold; its id."""
    paid = card_paid(house, make_rental(house, reference=f"booking:{number}"), cents=cents)
    for delivery in paid.deliveries:
        if paid.reference.encode() in delivery.raw:
            deliver(house, delivery)
    return paid.payment_id


def charge_of(house: House, payment_id: int) -> str:
    """The gateway's name for it."""
    with house.reading():
        return db.session.get_one(Payment, payment_id).charge_reference or ""


def contested(house: House, payment_id: int) -> str:
    """Its holder claims it back; the dispute's reference."""
    charge = charge_of(house, payment_id)
    with house.reading():
        return gateway(house).contest(charge)


def answered(house: House, payment_id: int, reference: str, *, is_won: bool) -> None:
    """Their bank decides."""
    charge = charge_of(house, payment_id)
    with house.reading():
        gateway(house).decide_dispute(charge, reference, is_won=is_won)


def night(house: House) -> int:
    """What the night's job enters."""
    with house.reading():
        return gateway_books.follow(now=house.clock())


def told(house: House) -> Told:
    """All that the gateway says."""
    with house.reading():
        return ask(gateway(house), house.clock() - timedelta(days=400))


def balances(house: House, *codes: str) -> tuple[int, ...]:
    """What stands on these accounts, in cents."""
    with house.reading():
        query = select(total_of(LedgerLine.debit_cents - LedgerLine.credit_cents))
        return tuple(db.session.scalar(query.filter(LedgerLine.ledger_code == code)) or 0 for code in codes)


def there(house: House) -> int:
    """What stands at the gateway, in cents: the sum of every move."""
    return sum(move.cents - move.fee_cents for move in told(house).moves)


def dispute_ids(house: House) -> list[int]:
    """The disputes in the books, the first first."""
    with house.reading():
        return list(db.session.scalars(select(CardDispute.id).order_by(CardDispute.id)))


def come_back(house: House, payout: str) -> None:
    """The bank does not take a payout: it is at the gateway again."""
    columns, at = "reference, account, kind, cents, fee_cents, at, source, payout", int(house.clock().timestamp())
    told = "'txn_back', account, 'payout_back', cents, 0, ?, reference, 'none'"
    sql = f"INSERT INTO move ({columns}) SELECT {told} FROM payout WHERE reference = ?"
    with local(house)._store.transaction() as store:
        store.execute(sql, (at, payout))


def month(house: House) -> None:
    """Cards paid, one given back in part, one contested and won, one lost, payouts of which one came back."""
    paid = [paid_card(house, number=number) for number in range(1, 5)]
    with house.writing():
        made = refunds.refund_payment(paid[0], cents=500, reason="Rendu", by=ADVISER, now=house.clock())
    with house.reading():
        refunds.send(made.id, by=ADVISER, now=house.clock())
    house.clock.forward(days=3)
    payout = next(move.source_reference for move in told(house).moves if move.kind is MoveKind.PAYOUT)
    house.clock.forward(days=1)
    come_back(house, payout or "")
    won, lost = contested(house, paid[1]), contested(house, paid[2])
    house.clock.forward(days=8)
    answered(house, paid[1], won, is_won=True)
    answered(house, paid[2], lost, is_won=False)
    house.clock.forward(days=3)
