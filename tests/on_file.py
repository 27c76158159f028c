"""A card on file under test: a deposit held by a card that its person left at the gateway, and what the gateway took."""

from typing import Any

from billing.actions import card_calls, saved_cards
from billing.local_gateway import SUCCEEDS, setups
from billing.local_gateway.cards import find_card
from billing.models import CardCall, Deposit, DepositStep, SavedCard
from mobility.db import db
from mobility.rights import Role
from tests.house import House
from tests.money import ADVISER, BACK_URL, deliver, give_keys, local, make_deposit, make_rental


def asked_card(house: House, account_id: int, *, due_cents: int = 30_000) -> tuple[int, int]:
    """A deposit whose person was asked for a card and has its page open; the ids of both."""
    deposit_id = make_deposit(house, account_id, kind="card_on_file", due_cents=due_cents)
    with house.writing():
        card = saved_cards.ask_card(deposit_id, by=ADVISER, now=house.clock())
        db.session.flush()
        token = saved_cards.make_card_link(card.id, by=ADVISER, now=house.clock())
    with house.writing():
        card_id = saved_cards.agree(token, by=ADVISER, now=house.clock()).id
    with house.reading():
        saved_cards.open_page(card_id, back_url=lambda card: BACK_URL, by=ADVISER, now=house.clock())
    return deposit_id, card_id


def leave_card(house: House, card_id: int, number: str = SUCCEEDS) -> None:
    """The person types their card on the gateway's page."""
    card = find_card(number)
    assert card is not None
    with house.reading():
        session = db.session.get_one(SavedCard, card_id).session_reference or ""
    with local(house)._store.transaction() as store:
        setups.keep(store, session, card, "12/34", house.clock())


def on_file(house: House, number: str = SUCCEEDS, **more: Any) -> int:
    """A deposit of 300 € held by a card; its rental owes 70 €. The deposit's id."""
    give_keys(house)
    deposit_id, card_id = asked_card(house, make_rental(house, **more))
    leave_card(house, card_id, number)
    with house.reading():
        assert saved_cards.find_out(card_id, now=house.clock())
    return deposit_id


def call(house: House, deposit_id: int, *, cents: int = 7_000, key: str = "k", **more: Any) -> int:
    """A part asked of the card for what was not paid; nobody called yet. The step's id."""
    with house.writing():
        asked = {"why": "unpaid", "reason": "Deux semaines dues"} | more
        return card_calls.call_card(deposit_id, cents=cents, **asked, key=key, by=house.viewer(Role.TREASURER), now=house.clock()).id


def send(house: House, step_id: int) -> str:
    """Have the gateway charge it."""
    with house.reading():
        return card_calls.send(step_id, by=ADVISER, now=house.clock())


def deliver_all(house: House) -> None:
    """Every webhook on its way."""
    for delivery in local(house).courier.list_deliveries():
        deliver(house, delivery)


def stands(house: House, deposit_id: int) -> tuple[str, int, list[tuple[str, int]], list[str]]:
    """The deposit's state and what it holds, its steps, and its charges' states."""
    with house.reading():
        deposit = db.session.get_one(Deposit, deposit_id)
        steps = [(step.act, step.cents) for step in db.session.query(DepositStep).order_by(DepositStep.id)]
        return deposit.status, deposit.held_cents, steps, [row.status for row in db.session.query(CardCall).order_by(CardCall.id)]


def taken_cents(house: House) -> list[int]:
    """What the gateway charged to cards."""
    with local(house)._store.transaction() as store:
        return [row["cents"] for row in store.execute("SELECT cents FROM checkout WHERE status = 'paid' ORDER BY rowid")]
