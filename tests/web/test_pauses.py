"""A pause: nobody is chased, everything counts on, it ends by itself or before; by the page and by the API."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from billing.actions import charge_runs
from billing.actions.pauses import pause
from billing.pauses import check_pause
from billing.queries.accounts import balance_cents
from billing.queries.arrears import sum_arrears
from billing.queries.figures import figures
from billing.queries.pauses import list_pauses
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import AuditEntry
from mobility.periods import months_after, paris_day
from mobility.rights import Role
from tests.browsing import post as send
from tests.house import House
from tests.money import ADVISER, make_rental

TYPED = {"reason": "job_lost", "until_on": "2026-03-20"}


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.dates(date(2025, 6, 1), date(2026, 6, 1)), st.integers(-5, 5))
def test_a_pause_is_of_six_months_at_most_and_of_something_owed(until: date, today: date, owed: int) -> None:
    try:
        check_pause(owed_cents=owed, until_on=until, today=today)
    except RuleBroken as refused:
        assert refused.field == "until_on"
        assert owed <= 0 or until < today or until > months_after(today, 6)
    else:
        assert owed > 0 and today <= until <= months_after(today, 6)


def test_a_pause_from_its_first_day_to_its_last(house: House) -> None:
    account_id, other = make_rental(house), make_rental(house, reference="booking:2")
    path = f"money/accounts/{account_id}"
    client, api, heads = house.client(Role.ADVISER), house.app.test_client(), house.bearer(Role.TREASURER)

    def on_desk() -> list[bool]:
        page = house.client(Role.ADVISER).get(house.page("desk")).text
        return [f'/money/accounts/{number}"' in page for number in (account_id, other)]

    def arrears(asked: str = "") -> list[Any]:
        rows: list[Any] = api.get(house.api(f"money/arrears{asked}"), headers=heads).json["rows"]
        return sorted((row["account_id"], row["pause"] and row["pause"]["until_on"]) for row in rows)

    assert on_desk() == [True, True] and "Mettre en pause" in client.get(house.page(f"{path}/pauses")).text
    for field, wrong in (("until_on", "2026-03-01"), ("until_on", "2026-09-03"), ("until_on", ""), ("reason", ""), ("reason", "fatigue")):
        refused = send(client, house.page(f"{path}/pauses"), TYPED | {field: wrong})
        assert refused.status_code == 422 and f'id="f-{field}-error"' in refused.text, wrong
    assert send(client, house.page(f"{path}/pauses"), TYPED).status_code == 303
    assert api.post(house.api(f"{path}/pauses"), json=TYPED, headers=heads).status_code == 409
    assert on_desk() == [False, True]
    assert arrears() == [(account_id, "2026-03-20"), (other, None)]
    assert (arrears("?paused=yes"), arrears("?paused=no")) == ([(account_id, "2026-03-20")], [(other, None)])
    for role, page in ((Role.ADVISER, path), (Role.BENEFICIARY, f"{path}/statement"), (Role.TREASURER, "money/arrears")):
        assert "20\u00a0mars 2026" in house.client(role).get(house.page(page)).text.replace("20 mars", "20\u00a0mars"), page

    with house.reading():
        before = balance_cents(account_id), figures().due_cents
        assert before == (7000, 14_000) and sum(vars(sum_arrears(paris_day(house.clock()))).values()) == 14_000, "it still counts"
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
    with house.reading():
        assert balance_cents(account_id) == balance_cents(other) == 10_500, "a week more, and no fine"
    house.clock.forward(days=11)  # the 20th
    assert on_desk() == [False, True]
    house.clock.forward(days=1)
    assert on_desk() == [True, True] and arrears() == [(account_id, None), (other, None)]
    made = api.get(house.api(f"{path}/pauses"), headers=heads).json[0]
    assert api.post(house.api(f"{path}/pauses/{made['id']}/end"), headers=heads).status_code == 409

    again = api.post(house.api(f"{path}/pauses"), json={"reason": "agreed", "until_on": "2026-04-30"}, headers=heads)
    assert again.status_code == 201 and on_desk() == [False, True]
    assert send(client, house.page(f"money/accounts/{other}/pauses/{again.json['id']}/end"), {}).status_code == 404
    assert send(client, house.page(f"{path}/pauses/{again.json['id']}/end"), {}).status_code == 303
    assert on_desk() == [True, True]
    with house.reading():
        verbs = db.session.scalars(select(AuditEntry.verb).filter(AuditEntry.table_name == "chase_pause").order_by(AuditEntry.id)).all()
        assert verbs == ["paused", "paused", "pause_ended"] and len(list_pauses(account_id)) == 2


@pytest.mark.race
def test_two_pauses_at_once_are_one(house: House) -> None:
    account_id, start = make_rental(house), Barrier(4)

    def go(_: int) -> bool:
        start.wait(30)
        try:
            with house.writing():
                pause(account_id, reason="agreed", until_on=date(2026, 4, 1), by=ADVISER, now=house.clock())
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(go, range(4))) == [False, False, False, True]
    with house.reading():
        assert len(list_pauses(account_id)) == 1
