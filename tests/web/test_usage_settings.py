"""Usual deposits and the means of payment are the platform's dated settings: the law is their default, from its own day on."""

from datetime import date, timedelta

import pytest

from billing.actions.payments import take_payment
from billing.models import Deposit
from billing.queries.usage import limits_on, usual_deposit_cents
from mobility import practice
from mobility.actions.settings import set_setting
from mobility.dated import DatedSetting
from mobility.errors import RuleBroken
from mobility.rights import Role
from tests.house import House
from tests.money import ADVISER, make_rental
from tests.rental import RentalDesk

LAW = date(2025, 6, 15)
CASH = "billing.cash_for_cars"


def change(house: House, key: str, value: object, *, days: int = 0) -> date:
    """The manager's change, from so many days on."""
    from_on = house.clock().date() + timedelta(days=days)
    with house.writing():
        set_setting(key, value, from_on=from_on, by=house.viewer(Role.MANAGER), now=house.clock())
    return from_on


def test_the_law_is_the_default_from_its_day_on(house: House) -> None:
    with house.reading():
        eve = LAW - timedelta(days=1)
        assert [practice.value_on(CASH, day) for day in (eve, LAW)] == [True, False]
        assert [practice.reader_of(CASH)(day) for day in (eve, LAW)] == [True, False]
        assert "location d’une voiture" not in " ".join(limit.sentence for limit in limits_on(eve))
        ceiling = "billing.cash_ceiling_cents"
        assert [practice.value_on(ceiling, day) for day in (date(2015, 8, 31), date(2015, 9, 1))] == [300_000, 100_000]


def test_a_platforms_own_rule_holds_until_the_law_changes_after_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from_on = change(house, CASH, True, days=10)
    with house.reading():
        assert [practice.value_on(CASH, from_on + timedelta(days=days)) for days in (-1, 0)] == [False, True]
    newer = DatedSetting(key=CASH, label="x", default=True, source="x", since=((from_on + timedelta(days=5), False),))
    monkeypatch.setitem(house.app.extensions["practice"], CASH, newer)
    with house.reading():
        for read in (practice.reader_of(CASH), lambda day: practice.value_on(CASH, day)):
            assert [read(from_on + timedelta(days=days)) for days in (4, 5)] == [True, False]


def test_the_desk_follows_the_platforms_ceiling(house: House) -> None:
    account_id = make_rental(house, kind="bike")
    change(house, "billing.cash_ceiling_cents", 1000)
    with house.writing(), pytest.raises(RuleBroken, match="plus de 10 €"):
        take_payment(account_id, means="cash", cents=100, by=ADVISER, now=house.clock())


def test_a_booking_and_the_page_ask_the_platforms_deposit(house: House) -> None:
    change(house, "billing.deposit_cents.car", 25_000)
    desk = RentalDesk(house)
    assert [deposit.due_cents for deposit in desk.rows(Deposit)] == [25_000]
    page = house.client(Role.ADVISER).get(house.page(f"accounts/{desk.booking().account_id}/deposit")).text
    assert 'value="250"' in page
    with house.reading(), pytest.raises(RuleBroken) as refused:
        usual_deposit_cents("van", LAW)
    assert refused.value.field == "kind"


def test_the_manager_reads_the_laws_day(house: House) -> None:
    page = house.client(Role.MANAGER).get(house.page(f"settings/{CASH}")).text.replace("\u00a0", " ")
    assert "à partir du 15 juin 2025, par la loi" in page
