"""The manager's tariffs: typed, read again, refused beside the field, and what they make of accounts opened since."""

from datetime import date

import pytest
from sqlalchemy import func, select

from billing.models import TariffVersion
from mobility.db import db
from mobility.periods import paris_day
from mobility.rights import Role
from tests.actions.test_billing_accounts import make_account
from tests.house import House
from tests.web.test_money import NB, post


def test_the_manager_dates_a_new_tariff(house: House) -> None:
    answer = post(house, Role.MANAGER, "money/tariffs", label="Tarif voté", from_on="01/04/2026", car="5,50", bike="1")
    assert answer.status_code == 303
    with house.reading():
        version = db.session.scalars(select(TariffVersion)).one()
        assert (version.from_on, version.day_cents) == (date(2026, 4, 1), {"bike": 100, "car": 550})
    page = house.client(Role.MANAGER).get(house.page("money/tariffs")).text
    assert f"5,50{NB}€" in page
    assert post(house, Role.MANAGER, f"money/tariffs/{version.id}/withdraw").status_code == 303
    assert post(house, Role.TREASURER, "money/tariffs", label="x", from_on="2026-04-01", car="1").status_code == 403


def test_a_tariff_by_steps_and_weeks_is_typed_read_again_and_asks_the_years_membership_once(house: House) -> None:
    scale = {"car": "3", "car_second": "3,50", "car_third": "4", "car_week": "18", "car_least": "10", "step_days": "30"}
    hours = {"membership_cents": "5", "handover_hour": "17:00", "return_hour": "10:00"}
    with house.writing():
        older = make_account(house)
    house.clock.forward(days=14)
    day = paris_day(house.clock()).isoformat()
    assert post(house, Role.MANAGER, "money/tariffs", label="Par paliers", from_on=day, **scale, **hours).status_code == 303
    (told,) = house.app.test_client().get(house.api("money/tariffs"), headers=house.bearer(Role.MANAGER)).json
    assert told["rules"] == {
        "scales": {"car": {"step_cents": [350, 400], "week_cents": 1800, "least_cents": 1000}},
        "step_days": 30,
        "membership_cents": 500,
        "handover_hour": "17:00",
        "return_hour": "10:00",
    }
    form = house.client(Role.MANAGER).get(house.page("money/tariffs/new")).text
    assert all(f'name="{name}"' in form and f'value="{typed}"' in form for name, typed in (scale | hours).items())
    assert f"4{NB}€ dès le 61e jour" in house.client(Role.TREASURER).get(house.page("money/tariffs")).text
    with house.writing():
        account_id = make_account(house, reference="booking:99", first_on=paris_day(house.clock()), started_at=house.clock())
    assert 'value="membership" selected' not in house.client(Role.ADVISER).get(house.page(f"money/accounts/{older}")).text  # it froze none
    page = house.client(Role.ADVISER).get(house.page(f"money/accounts/{account_id}")).text
    assert 'value="membership" selected' in page
    path = f"money/accounts/{account_id}/charges"
    assert post(house, Role.ADVISER, path, kind="membership", cents="5", reason="une année").status_code == 303
    answer = house.app.test_client().get(house.api(f"money/accounts/{account_id}"), headers=house.bearer(Role.ADVISER))
    assert answer.json["membership_due_cents"] == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"car": "5,505"}, "car"),  # half a cent
        ({"car": "cinq"}, "car"),  # words
        ({"car": "-1"}, "car"),  # below zero
        ({"car": ""}, "car"),  # no price at all
        ({"from_on": "31/02/2026"}, "from_on"),  # no such day
        ({"from_on": "01/04/26"}, "from_on"),  # a year in two digits
        ({"label": "a" * 81}, "label"),  # too long
        ({"bike_week": "5"}, "bike"),  # a week of what is not lent
        ({"car_third": "5"}, "car_second"),  # a third step without a second
        ({"step_days": "0"}, "step_days"),  # a step of no day
        ({"handover_hour": "00:00"}, "handover_hour"),  # no handover would count
    ],
    ids=str,
)
def test_a_wrong_tariff_is_said_beside_its_field_and_kept(house: House, typed: dict[str, str], field: str) -> None:
    answer = post(house, Role.MANAGER, "money/tariffs", **({"label": "Tarif", "from_on": "2026-04-01", "car": "5"} | typed))
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert f'value="{typed.get("from_on", "2026-04-01")}"' in answer.text
    with house.reading():
        assert db.session.scalar(select(func.count(TariffVersion.id))) == 0
