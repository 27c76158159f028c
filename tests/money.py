"""Money under test: a rental with a charge, the platform's keys, a card payment that was paid, and its webhooks in hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from billing.actions import accounts, cards, charge_runs, deposits
from billing.actions.gateway_keys import gateway_here, set_gateway_keys
from billing.actions.gateway_news import apply_gateway_event
from billing.local_gateway import SUCCEEDS, LocalGateways, till
from billing.local_gateway import checkouts as local_checkouts
from billing.local_gateway.cards import find_card
from billing.local_gateway.deliveries import Delivery
from billing.models import Deposit, JournalEntry, LedgerLine, Payment, Receipt
from billing.webhook_signature import sign
from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Role, Viewer
from tests.house import House

ADVISER = Viewer(name="adviser", roles=frozenset({Role.ADVISER}))
HANDED_OVER = datetime(2026, 2, 16, 8, 0, tzinfo=UTC)  # two Mondays before the suite's noon: two weeks of a car, 70 €
BACK_URL = "http://localhost/p/essai/retour"


@dataclass(frozen=True)
class Paid:
    """A card payment that the person has paid at the gateway, and the webhooks that tell it, not yet delivered."""

    payment_id: int
    reference: str
    deliveries: list[Delivery]


def make_rental(house: House, *, kind: str = "car", reference: str = "booking:1", without_bank: bool = False) -> int:
    """A running rental that owes two weeks; its account's id. Opens its own transaction."""
    with house.writing():
        account = accounts.open_account(
            beneficiary_id=house.beneficiary_id,
            reference=reference,
            label="Citadine AB-123-CD",
            kind=kind,
            programme="daily",
            qpv=False,
            first_on=date(2026, 2, 16),
            by=ADVISER,
            now=HANDED_OVER,
        )
        accounts.start_account(account.id, handed_over_at=HANDED_OVER, by=ADVISER, now=HANDED_OVER)
        charge_runs.post_due_charges(now=house.clock())
        if without_bank:
            db.session.get_one(Beneficiary, house.beneficiary_id).without_bank_declared_on = date(2026, 2, 10)
        return account.id


def give_keys(house: House) -> None:
    """The platform takes cards."""
    with house.writing():
        set_gateway_keys(secret_key=f"sk_local_{house.slug}", webhook_secret=f"whsec_{house.slug}", by=ADVISER, now=house.clock())


def open_page(house: House, account_id: int, *, cents: int = 1750, **more: Any) -> int:
    """A card payment with its page open; the payment's id."""
    with house.writing():
        payment_id = cards.start_card_payment(account_id, cents=cents, by=ADVISER, now=house.clock(), **more).id
    with house.reading():
        cards.open_checkout(payment_id, back_url=lambda payment: BACK_URL, by=ADVISER, now=house.clock())
    return payment_id


def pay(house: House, payment_id: int, number: str = SUCCEEDS) -> Paid:
    """The person types their card."""
    gateways = local(house)
    card = find_card(number)
    assert card is not None
    with house.reading():
        payment = db.session.get_one(Payment, payment_id)
        session, reference = payment.session_reference or "", payment.reference
    with gateways._store.transaction() as store:
        checkout = local_checkouts.find(store, session)
        assert checkout is not None
        till.present_card(store, checkout, card, house.clock())
    return Paid(payment_id, reference, gateways.courier.list_deliveries())


def card_paid(house: House, account_id: int, **more: Any) -> Paid:
    """A card payment paid at the gateway, its webhooks in hand."""
    return pay(house, open_page(house, account_id, **more))


def local(house: House) -> LocalGateways:
    """The local gateway behind the application."""
    gateways = house.app.extensions["card_gateways"]
    assert isinstance(gateways, LocalGateways)
    return gateways


def deliver(house: House, delivery: Delivery) -> str:
    """One webhook, signed and read as the route does, in a transaction of its own; its outcome."""
    now = house.clock()
    with house.writing():
        event = gateway_here().read_event(delivery.raw, sign(delivery.raw, delivery.webhook_secret, now), now)
        return apply_gateway_event(event, now=now)


def books(house: House) -> list[tuple[Any, ...]]:
    """The ledger's lines, the receipts and the payments' states: what must be the same whatever the order of events."""
    with house.reading():
        lines = db.session.execute(
            select(LedgerLine.entry_number, LedgerLine.ledger_code, LedgerLine.debit_cents, LedgerLine.credit_cents).order_by(
                LedgerLine.entry_number, LedgerLine.position
            )
        )
        receipts = db.session.execute(select(Receipt.number, Receipt.cents).order_by(Receipt.number))
        payments = db.session.execute(select(Payment.id, Payment.status, Payment.refunded_cents).order_by(Payment.id))
        return [tuple(row) for rows in (lines, receipts, payments) for row in rows]


def count_entries() -> int:
    """How many entries stand in the books; inside `reading`."""
    return int(db.session.scalar(select(func.count()).select_from(JournalEntry)) or 0)


def make_deposit(house: House, account_id: int, *, kind: str = "cash", due_cents: int = 30_000, instalments: int = 1) -> int:
    """A deposit asked of the account; its id."""
    with house.writing():
        return deposits.open_deposit(account_id, kind=kind, due_cents=due_cents, instalments=instalments, by=ADVISER, now=house.clock()).id


def return_vehicle(house: House, deposit_id: int, *, days: int = 45) -> None:
    """The vehicle is back today, and the delay has gone by."""
    today = house.clock().date()
    with house.writing():
        account_id = db.session.get_one(Deposit, deposit_id).account_id
        accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
        deposits.set_release_date(deposit_id, returned_on=today, release_on=today + timedelta(days=days), by=ADVISER, now=house.clock())
    house.clock.forward(days=days)
