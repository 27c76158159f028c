"""A deposit from the asking to the giving back, in the books as in the hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from billing.actions import refunds
from billing.actions.deposits import defer_deposit, receive_deposit, release_deposit, set_release_date
from billing.actions.kept_deposits import keep_deposit
from billing.deposit_words import say_kept, say_released
from billing.deposits import DEPOSIT_KIND_LABELS
from billing.keeping import KEPT_REASONS, PROVEN
from billing.models import Deposit, DepositStep, LedgerLine
from billing.queries import balance_cents, deposit_of, may_hand_over
from billing.queries.deposits import list_to_release
from billing.queries.papers import deposit_paper
from billing.queries.payments import list_unanswered_refunds
from fleet.actions import bookings
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary, Message
from mobility.periods import ONE_DAY, paris_day
from mobility.rights import Role
from mobility.sms import TEXT_MAX
from tests.browsing import picture, post
from tests.house import House
from tests.money import ADVISER, card_paid, deliver, give_keys, make_deposit, make_rental, return_vehicle
from tests.rental import RentalDesk


def sums() -> dict[str, int]:
    """Debit less credit by account."""
    found: dict[str, int] = {}
    for line in db.session.query(LedgerLine):
        found[line.ledger_code] = found.get(line.ledger_code, 0) + line.debit_cents - line.credit_cents
    return {code: cents for code, cents in found.items() if code not in ("411", "706")}


def test_a_cash_deposit_is_a_debt_of_ours_until_it_goes_back(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house))
    with house.writing():
        step = receive_deposit(deposit_id, cents=30_000, by=ADVISER, now=house.clock())
        assert (step.number, sums()) == (1, {"530": 30_000, "165": -30_000})
    return_vehicle(house, deposit_id)
    with house.writing():
        assert release_deposit(deposit_id, by=ADVISER, now=house.clock()).status == "released"
        assert set(sums().values()) == {0}


def test_an_uncashed_cheque_stays_off_the_balance(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house), kind="uncashed_cheque")
    with house.writing():
        receive_deposit(deposit_id, cents=30_000, reference="7654321", by=ADVISER, now=house.clock())
        assert sums() == {"8028": 30_000, "8092": -30_000}


def test_the_keys_wait_for_the_deposit_or_its_deferral(house: House) -> None:
    account_id = make_rental(house)
    assert _ready(house, account_id)  # none asked
    deposit_id = make_deposit(house, account_id)
    assert not _ready(house, account_id)
    with house.writing():
        defer_deposit(deposit_id, reason="job_start", instalments=3, by=ADVISER, now=house.clock())
        assert [part["cents"] for part in deposit_of(account_id).plan] == [10_000] * 3
    assert _ready(house, account_id)


def test_instalments_let_the_keys_go_while_they_come_as_planned(house: House) -> None:
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id, instalments=3)
    with house.writing():
        receive_deposit(deposit_id, cents=10_000, by=ADVISER, now=house.clock())
    with house.reading():
        today = house.clock().date()
        assert may_hand_over(account_id, today)
        assert not may_hand_over(account_id, today + timedelta(days=40))


def test_a_deferral_needs_a_known_reason(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house))
    with house.writing(), pytest.raises(RuleBroken) as refused:
        defer_deposit(deposit_id, reason="", by=ADVISER, now=house.clock())
    assert refused.value.field == "reason"


def test_the_kind_may_change_until_something_is_in_hand(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house), kind="card")
    with house.writing():
        receive_deposit(deposit_id, cents=10_000, kind="cash", by=ADVISER, now=house.clock())
        with pytest.raises(RuleBroken, match="déjà reçue"):
            receive_deposit(deposit_id, cents=20_000, kind="uncashed_cheque", by=ADVISER, now=house.clock())


def test_the_solidarity_amount_is_asked_once_with_why_and_a_cheque_says_its_bank(house: House) -> None:
    """Half of 300 € in three parts: the last ones are asked no more; then the cheque, with its number, bank, day and picture."""
    deposit_id = make_deposit(house, make_rental(house), kind="uncashed_cheque", instalments=3)
    client, mouth = house.client(Role.ADVISER), house.app.test_client()
    page = house.page(f"deposits/{deposit_id}")
    assert "Demander la caution solidaire" in client.get(page).text
    assert post(client, f"{page}/reduce", {"reason": "no_savings"}).status_code == 303
    twice = mouth.post(house.api(f"deposits/{deposit_id}/reduce"), json={"reason": "referent"}, headers=house.bearer(Role.ADVISER))
    assert twice.status_code == 409
    with house.reading():
        deposit = db.session.get_one(Deposit, deposit_id)
        assert (deposit.due_cents, [part["cents"] for part in deposit.plan], deposit.status) == (15_000, [10_000, 5_000], "due")
    cheque = {"cents": "150", "reference": "7654321", "issuer": "Banque d’Essai", "dated_on": "2026-03-01"}
    assert post(client, f"{page}/receive", cheque | {"pictures": picture()}).status_code == 303
    shown = client.get(page).text.replace("\xa0", " ")
    assert "150 € au lieu de 300 €" in shown and "7654321, Banque d’Essai, du " in shown and "attachments/" in shown
    with house.reading():
        step = db.session.scalars(select(DepositStep).filter(DepositStep.act == "received")).one()
        assert deposit_paper(step.id).means == "n° 7654321, Banque d’Essai, du 1er mars 2026"
    assert post(client, f"{page}/reduce", {"reason": "no_savings"}).status_code == 409, "whole, and reduced already"


def test_nothing_goes_back_before_its_day_nor_two_deposits_at_once(house: House) -> None:
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id)
    with house.writing():
        receive_deposit(deposit_id, cents=30_000, by=ADVISER, now=house.clock())
    with house.writing(), pytest.raises(RuleBroken, match="après le retour"):
        release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with pytest.raises(Conflict):
        make_deposit(house, account_id)


def test_the_day_of_a_deposit_waits_for_the_vehicle_and_never_comes_before_it(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house))
    today = house.clock().date()
    with house.writing():
        receive_deposit(deposit_id, cents=30_000, by=ADVISER, now=house.clock())
    with house.writing(), pytest.raises(Conflict, match="pas encore rendu"):
        set_release_date(deposit_id, returned_on=today, release_on=today, by=ADVISER, now=house.clock())
    return_vehicle(house, deposit_id)
    for days in ({"returned_on": today - timedelta(days=1)}, {"returned_on": today, "release_on": today - timedelta(days=1)}):
        with house.writing(), pytest.raises(RuleBroken) as refused:
            set_release_date(deposit_id, **days, by=ADVISER, now=house.clock())
        assert refused.value.field == list(days)[-1]


def test_a_part_kept_settles_the_debt_and_the_rest_goes_back(house: House) -> None:
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id)
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.email, person.contact_by = "camille@example.org", "mail"
        receive_deposit(deposit_id, cents=30_000, by=ADVISER, now=house.clock())
        keep_deposit(deposit_id, cents=7_000, why="unpaid", reason="Loyers impayés", by=ADVISER, now=house.clock())
        assert balance_cents(account_id) == 0
        with pytest.raises(RuleBroken, match="230 €"):
            keep_deposit(deposit_id, cents=23_001, why="unpaid", reason="Aile enfoncée", by=ADVISER, now=house.clock())
    return_vehicle(house, deposit_id)
    with house.reading():
        assert [waiting.deposit.id for waiting in list_to_release(house.clock())] == [deposit_id]
    with house.writing():
        release_deposit(deposit_id, by=ADVISER, now=house.clock())
        assert sums()["165"] == 0
        assert db.session.get_one(Deposit, deposit_id).status == "kept"
        kept, released = db.session.scalars(select(Message).order_by(Message.id))
        assert {kept.recipient, released.recipient} == {"camille@example.org"}
        said = kept.body.replace("\xa0", " ")
        for words in ("70 € de votre caution sont gardés", "somme due et non payée (Loyers impayés)", "Il en reste 230 €", "pas d’accord"):
            assert words in said, words
        assert "230 €, en espèces" in released.body.replace("\xa0", " ")


def test_what_is_said_of_a_deposit_fits_in_a_text_message() -> None:
    most = {"cents": 99_999, "held_cents": 99_999, "reason": "x " * 400, "label": "y " * 200}
    for why in KEPT_REASONS:
        said = say_kept(**most, why=why, whom="z" * 60, phone="04 00 00 00 00")  # type: ignore[arg-type]
        assert len(said) < TEXT_MAX - 60 and said.endswith("on regarde ensemble.") and ("photos" in said) == (why in PROVEN)
    assert "dites-le-nous" in say_kept(**most, why="fine", whom=None, phone=None)  # type: ignore[arg-type]
    assert {kind for kind in DEPOSIT_KIND_LABELS if say_released(cents=1, kind=kind, label="x")} == set(DEPOSIT_KIND_LABELS)


def test_a_card_deposit_is_charged_and_refunded_through_the_gateway(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id, kind="card")
    paid = card_paid(house, account_id, cents=30_000, deposit_id=deposit_id)
    assert "applied" in [deliver(house, delivery) for delivery in paid.deliveries]
    with house.reading():
        assert (deposit_of(account_id).status, sums()) == ("held", {"5115": 30_000, "165": -30_000})
    return_vehicle(house, deposit_id)
    with house.writing():
        release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with house.writing(), pytest.raises(Conflict):
        release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with house.reading():
        refund_id = list_unanswered_refunds()[0].id
        refunds.send(refund_id, by=ADVISER, now=house.clock())
        refunds.send(refund_id, by=ADVISER, now=house.clock())
    with house.reading():
        assert (deposit_of(account_id).status, set(sums().values())) == ("released", {0})


def test_what_expires_soon_stands_first_while_it_holds_something(house: House) -> None:
    letter = make_deposit(house, make_rental(house), kind="guarantee_fund")
    cheque = make_deposit(house, make_rental(house, kind="bike", reference="booking:2"), kind="uncashed_cheque")
    client, path, today = house.client(Role.TREASURER), house.page(f"deposits/{letter}/receive"), paris_day(house.clock())
    typed = {"cents": "300", "reference": "L-7", "issuer": "Mission locale"}
    late = post(client, path, typed | {"valid_until": (today - ONE_DAY).isoformat()})
    assert late.status_code == 422 and "demandez-en une nouvelle" in late.text
    assert post(client, path, typed | {"valid_until": (today + 31 * ONE_DAY).isoformat()}).status_code == 303
    with house.writing():
        receive_deposit(cheque, cents=30_000, dated_on=today - 350 * ONE_DAY, by=ADVISER, now=house.clock())
        assert [waiting.deposit.id for waiting in list_to_release(house.clock())] == [cheque]
    house.clock.forward(days=1)
    with house.reading():
        assert [waiting.deposit.id for waiting in list_to_release(house.clock())] == [cheque, letter], "the soonest first"
    client = house.client(Role.TREASURER)
    assert (
        client.get(house.page("desk")).text.count("expire bientôt") == 2
        and "servir jusqu’au" in client.get(path.removesuffix("/receive")).text
    )
    rows = house.app.test_client().get(house.api("deposits?sort=expires"), headers=house.bearer(Role.TREASURER)).json["rows"]
    assert [row["id"] for row in rows] == [cheque, letter]
    house.clock.forward(days=40)
    assert "périmée depuis le" in house.client(Role.TREASURER).get(house.page("deposits")).text.replace("\u00a0", " ")
    for deposit_id in (letter, cheque):
        return_vehicle(house, deposit_id)
        with house.writing():
            release_deposit(deposit_id, by=ADVISER, now=house.clock())
            assert db.session.get_one(Deposit, deposit_id).expires_on is None


def _ready(house: House, account_id: int) -> bool:
    with house.reading():
        return may_hand_over(account_id)


@pytest.mark.parametrize(("received_cents", "status", "listed"), [(0, "dropped", 0), (10_000, "partly_held", 1), (30_000, "held", 1)])
def test_a_cancelled_bookings_deposit_is_asked_no_more_or_goes_back(house: House, received_cents: int, status: str, listed: int) -> None:
    desk = RentalDesk(house)
    (deposit,) = desk.rows(Deposit)
    if received_cents:
        desk.act(receive_deposit, deposit.id, cents=received_cents)
    desk.on(bookings.cancel, reason="no_news")
    assert [each.status for each in desk.rows(Deposit)] == [status]
    with house.reading():
        assert len(list_to_release(house.clock())) == listed
