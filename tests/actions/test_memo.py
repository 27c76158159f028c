"""What a transaction has read it does not ask again, and never answers from before a write or from another platform."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, update

from billing.queries.deposits import deposit_of
from mobility import practice
from mobility.db import db
from mobility.models import Setting
from tests.house import House, make_house
from tests.statements import counted

KEY, DAY = "fleet.hold_hours", date(2026, 3, 2)


def hours() -> int:
    return practice.value_on(KEY, DAY)


def a_setting(value: int) -> Setting:
    return Setting(key=KEY, from_on=DAY, value=value)


def test_one_transaction_reads_settings_once(house: House) -> None:
    with house.reading():
        usual = hours()
        with counted(house.app) as sent:
            assert hours() == usual
    assert not sent


@pytest.mark.parametrize(("change", "then"), [(update(Setting).values(value=5), 5), (delete(Setting), None)])
def test_what_is_written_is_read_again_in_the_same_transaction(house: House, change: Any, then: int | None) -> None:
    with house.writing():
        usual = hours()
        row = a_setting(3)
        db.session.add(row)
        assert hours() == 3, "added"
        row.value = 4
        assert hours() == 4, "changed"
        db.session.execute(change)
        assert hours() == (then or usual), "changed or deleted in bulk"


def test_what_another_transaction_wrote_is_read_by_the_next(house: House) -> None:
    with house.app.app_context():
        with house.reading():
            assert hours() != 7
        with house.writing():
            db.session.add(a_setting(7))
        with house.reading():
            assert hours() == 7


def test_another_platform_in_the_same_transaction_has_its_own(house: House) -> None:
    other = make_house(house.app, house.clock, "voisine")
    with house.writing():
        db.session.add(a_setting(9))
        assert hours() == 9
        with other.reading():
            assert hours() != 9


def test_what_others_may_write_meanwhile_is_kept_by_a_page_alone(house: House) -> None:
    def asked() -> int:
        with counted(house.app) as sent:
            deposit_of(1)
            deposit_of(1)
        return sum("FROM deposit" in statement for statement in sent)

    with house.reading():
        assert asked() == 1
    with house.writing():
        assert asked() == 2, "an act that waited for its lock looks again"
