"""Every night the gateway's list beside our books: sixteen kinds planted, sixteen caught, none on a healthy night, each mended for good."""

import pytest
from sqlalchemy import func, select

from billing.actions import differences
from billing.card_gateway import GatewayUnreachable
from billing.differences import ACT_LABELS, KIND_LABELS
from billing.local_gateway import LocalGateway
from billing.models import GatewayDifference, LedgerLine
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import AuditEntry
from tests.gateway_balance import balances
from tests.gateway_plants import PLANTS, Plants
from tests.house import House
from tests.money import ADVISER, books, give_keys


@pytest.fixture
def plants(house: House, monkeypatch: pytest.MonkeyPatch) -> Plants:
    give_keys(house)
    return Plants(house, monkeypatch)


def mend(plants: Plants, row: GatewayDifference) -> None:
    """The act of its kind; what only a person mends is seen."""
    now = plants.house.clock()
    if row.kind in ACT_LABELS:
        with plants.house.reading():
            differences.mend(row.id, by=ADVISER, now=now)
    else:
        with plants.house.writing():
            differences.see(row.id, note="Vu avec la banque", by=ADVISER, now=now)


def count(house: House, table: type) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_sixteen_kinds_planted_sixteen_caught_and_each_mended_for_good(plants: Plants) -> None:
    made = {kind: plant(plants) for kind, plant in PLANTS.items()}
    plants.house.clock.forward(hours=3)
    assert plants.compare() == len(KIND_LABELS) == 16
    caught = plants.standing()
    assert caught.keys() == PLANTS.keys()
    ours = {kind: row.payment_id for kind, row in caught.items() if kind not in ("unknown", "other_platform") and row.payment_id}
    assert len(ours) == 10 and ours == {kind: payment_id for kind, payment_id in made.items() if kind in ours}
    for row in caught.values():
        mend(plants, row)
    plants.house.clock.forward(days=1)
    assert (plants.compare(), plants.standing()) == (0, {})
    print(f"\n{len(made)} differences planted, {len(caught)} caught, {len(caught)} mended, 0 the next night")


def test_a_healthy_night_finds_nothing(plants: Plants) -> None:
    plants.paid()
    plants.refunded()
    plants.page()
    plants.house.clock.forward(hours=3)
    assert (plants.compare(), count(plants.house, GatewayDifference)) == (0, 0)


def test_what_is_on_its_way_is_no_difference_yet(plants: Plants) -> None:
    PLANTS["paid_there"](plants)
    PLANTS["closed_there"](plants)
    assert plants.compare() == 0
    plants.house.clock.forward(hours=3)
    assert plants.compare() == 2


def test_the_same_night_twice_adds_nothing(plants: Plants) -> None:
    PLANTS["unknown"](plants)
    PLANTS["amount"](plants)
    plants.house.clock.forward(hours=3)
    assert plants.compare() == 2
    before = count(plants.house, GatewayDifference), count(plants.house, AuditEntry)
    assert plants.compare() == 2
    assert (count(plants.house, GatewayDifference), count(plants.house, AuditEntry)) == before


def test_each_act_does_what_its_button_says(plants: Plants) -> None:
    made = {kind: PLANTS[kind](plants) for kind in ACT_LABELS}
    plants.house.clock.forward(hours=3)
    plants.compare()
    for row in plants.standing().values():
        mend(plants, row)
    status = {kind: plants.payment(payment_id).status for kind, payment_id in made.items() if payment_id}
    assert (status["paid_there"], status["closed_there"], status["open_there"]) == ("settled", "expired", "cancelled")
    assert plants.payment(made["refunded_there"]).refunded_cents == 500
    there = plants.checkout(made["refunded_here"])
    assert there is not None and there.refunded_cents == 500
    assert plants.payment(made["paid_twice"]).refunded_cents == 0  # the first charge stays received
    assert balances(plants.house, "4161", "581", "512") == (1750, 900 + 750, 580), "a dispute, two payouts on their way, one there"
    with plants.house.reading():
        assert db.session.scalar(select(func.sum(LedgerLine.debit_cents - LedgerLine.credit_cents))) == 0


def test_mended_twice_is_done_once(plants: Plants) -> None:
    PLANTS["refunded_there"](plants)
    plants.house.clock.forward(hours=3)
    plants.compare()
    row = plants.standing()["refunded_there"]
    mend(plants, row)
    before = books(plants.house)
    with pytest.raises(Conflict):
        mend(plants, row)
    assert books(plants.house) == before


def test_what_only_a_person_mends_is_seen_with_its_reason_and_stays_so_until_its_sum_moves(plants: Plants) -> None:
    payment_id = PLANTS["amount"](plants)
    plants.house.clock.forward(hours=3)
    plants.compare()
    row = plants.standing()["amount"]
    with plants.house.reading(), pytest.raises(RuleBroken):
        differences.mend(row.id, by=ADVISER, now=plants.house.clock())
    with plants.house.writing(), pytest.raises(RuleBroken):
        differences.see(row.id, note="  ", by=ADVISER, now=plants.house.clock())
    mend(plants, row)
    plants.house.clock.forward(days=1)
    assert plants.compare() == 0
    plants.changes[plants.payment(payment_id).reference] = {"cents": 1600}
    assert plants.compare() == 1
    assert (plants.standing()["amount"].cents, plants.standing()["amount"].note) == (1600, None)


def test_what_went_by_itself_says_so_and_opens_again_when_it_comes_back(plants: Plants) -> None:
    reference = plants.payment(PLANTS["currency"](plants)).reference
    plants.house.clock.forward(hours=3)
    plants.compare()
    first = plants.standing()["currency"]
    planted = plants.changes.pop(reference)
    plants.house.clock.forward(days=1)
    assert plants.compare() == 0
    with plants.house.reading():
        assert db.session.get_one(GatewayDifference, first.id).mended_how == "itself"
    plants.changes[reference] = planted
    plants.house.clock.forward(days=1)
    assert plants.compare() == 1
    assert plants.standing()["currency"].first_seen_at == plants.house.clock()


def test_a_gateway_that_does_not_answer_mends_nothing(plants: Plants, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTS["unknown"](plants)
    plants.house.clock.forward(hours=3)
    plants.compare()

    def silent(*_: object) -> None:
        raise GatewayUnreachable

    monkeypatch.setattr(LocalGateway, "list_charges", silent)
    with pytest.raises(GatewayUnreachable):
        plants.compare()
    assert plants.standing().keys() == {"unknown"}
