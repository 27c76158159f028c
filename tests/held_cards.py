"""A hold on a card under test: a rental of five days, its deposit set aside by the bank, and what the gateway took."""

from datetime import date, timedelta

from billing.actions import accounts, card_captures, card_holds
from billing.local_gateway import SUCCEEDS, holds
from billing.local_gateway.cards import find_card
from billing.models import CardHold, Deposit, DepositStep
from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Role
from tests.house import House
from tests.money import ADVISER, BACK_URL, HANDED_OVER, give_keys, local, make_deposit, make_rental


def short_rental(house: House, *, days: int = 5, reference: str = "booking:1") -> int:
    """A rental foreseen from today on; it owes 70 € from before. The account's id."""
    account_id = make_rental(house, reference=reference)
    foresee(house, account_id, days=days)
    return account_id


def foresee(house: House, account_id: int, *, days: int) -> None:
    """It goes from today for so many days."""
    today: date = house.clock().date()
    with house.writing():
        accounts.foresee_stay(account_id, first_on=today, last_on=today + timedelta(days=days - 1), by=ADVISER, now=HANDED_OVER)


def asked_hold(house: House, account_id: int, *, due_cents: int = 30_000) -> tuple[int, int]:
    """A deposit whose person was asked for a hold and has its page open; the ids of both."""
    deposit_id = make_deposit(house, account_id, kind="card_hold", due_cents=due_cents)
    return deposit_id, open_hold(house, deposit_id)


def open_hold(house: House, deposit_id: int) -> int:
    """The person agrees and has the page open; the hold's id."""
    with house.writing():
        card_holds.ask_hold(deposit_id, by=ADVISER, now=house.clock())
        db.session.flush()
        token = card_holds.make_hold_link(deposit_id, by=ADVISER, now=house.clock())
    with house.writing():
        hold_id = card_holds.agree(token, by=ADVISER, now=house.clock()).id
    with house.reading():
        card_holds.open_page(hold_id, back_url=lambda hold: BACK_URL, by=ADVISER, now=house.clock())
    return hold_id


def place(house: House, hold_id: int, number: str = SUCCEEDS) -> None:
    """The person types their card on the gateway's page."""
    card = find_card(number)
    assert card is not None
    with house.reading():
        session = db.session.get_one(CardHold, hold_id).session_reference or ""
    with local(house)._store.transaction() as store:
        holds.place(store, session, card, house.clock())


def held(house: House, *, days: int = 5, reference: str = "booking:1") -> tuple[int, int]:
    """A deposit of 300 € set aside; its rental owes 70 €. The ids of the deposit and the hold."""
    give_keys(house)
    deposit_id, hold_id = asked_hold(house, short_rental(house, days=days, reference=reference))
    place(house, hold_id)
    assert find_out(house, hold_id)
    return deposit_id, hold_id


def find_out(house: House, hold_id: int) -> bool:
    """Ask the gateway."""
    with house.reading():
        return card_holds.find_out(hold_id, now=house.clock())


def ask_part(house: House, deposit_id: int, *, cents: int = 7_000, key: str = "k", **more: object) -> int:
    """A part asked of the hold for what was not paid; nobody called yet. The hold's id."""
    with house.writing():
        asked = {"why": "unpaid", "reason": "Deux semaines dues"} | more
        by = house.viewer(Role.TREASURER)
        return card_captures.ask_capture(deposit_id, cents=cents, **asked, key=key, by=by, now=house.clock()).id  # type: ignore[arg-type]


def capture(house: House, hold_id: int) -> str:
    """Have the gateway take it."""
    with house.reading():
        return card_captures.send(hold_id, by=ADVISER, now=house.clock())


def stands(house: House, deposit_id: int) -> tuple[str, int, list[tuple[str, int]], list[str]]:
    """The deposit's state and what it holds, its steps, and its holds' states."""
    with house.reading():
        deposit = db.session.get_one(Deposit, deposit_id)
        steps = db.session.query(DepositStep).filter_by(deposit_id=deposit_id).order_by(DepositStep.id)
        found = db.session.query(CardHold).filter_by(deposit_id=deposit_id).order_by(CardHold.id)
        return deposit.status, deposit.held_cents, [(step.act, step.cents) for step in steps], [hold.status for hold in found]


def at_the_bank(house: House) -> list[tuple[str, int]]:
    """Each hold at the gateway, and what was taken of it."""
    with local(house)._store.transaction() as store:
        return [(row["status"], row["captured_cents"]) for row in store.execute("SELECT * FROM hold ORDER BY rowid")]


def session_of(house: House, hold_id: int) -> str:
    """How the gateway names its page."""
    with house.reading():
        return db.session.get_one(CardHold, hold_id).session_reference or ""


def reachable(house: House) -> None:
    """The person reads their mail."""
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.email, person.contact_by = "camille@example.org", "mail"
