"""What begins does not end before: the rule says it first, the database holds it whatever the code forgot."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from fleet.actions import changes
from mobility.actions.paths import end_action
from mobility.db import db
from mobility.models import Action, Document, Job
from mobility.periods import instant_of, paris_day
from tests.house import House
from tests.rental import RentalDesk

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 1)


def test_an_action_ended_by_hand_before_the_keys_is_open_again_once_they_go(house: House) -> None:
    desk = RentalDesk(house).ready()
    desk.act(end_action, desk.booking().action_id, ended_on=paris_day(house.clock()))
    desk.later(days=1)
    desk.hand_over()
    (action,) = desk.rows(Action)
    assert (action.started_on, action.ended_on) == (paris_day(house.clock()), None)
    desk.later(days=3)
    desk.take_back(48_100)
    (action,) = desk.rows(Action)
    assert action.ended_on == paris_day(house.clock())


def test_an_action_ended_by_hand_is_open_again_when_the_planned_dates_move_past_it(house: House) -> None:
    desk = RentalDesk(house)
    desk.act(end_action, desk.booking().action_id, ended_on=paris_day(house.clock()))
    monday = house.clock() + timedelta(days=7)
    desk.on(changes.shift, starts_at=monday, ends_at=instant_of(date(2026, 4, 6)))
    (action,) = desk.rows(Action)
    assert (action.started_on, action.ended_on) == (paris_day(monday), None)


@pytest.mark.parametrize("model", [Action, Job, Document])
def test_the_database_refuses_an_end_before_the_start(house: House, model: type) -> None:
    values = {
        Action: {"kind": "workshop", "started_on": MONDAY, "ended_on": SUNDAY},
        Job: {"kind": "permanent", "starts_on": MONDAY, "ends_on": SUNDAY},
        Document: {"kind": "identity", "issued_on": MONDAY, "valid_until": SUNDAY, "seen_at": house.clock()},
    }[model]
    with pytest.raises(IntegrityError), house.writing():
        db.session.add(model(beneficiary_id=house.beneficiary_id, **values))
        db.session.flush()
