"""A known and an unknown account take the same time at the door: otherwise the clock tells who comes here."""

import time
from statistics import median

import pytest

from mobility import passwords
from mobility.actions import accounts
from mobility.errors import RuleBroken
from mobility.rights import Role
from mobility.rights import house as the_house
from mobility.web import door
from tests.house import House

ROUNDS = 25


def ratio(house: House) -> float:
    """Median time of a refusal for a known account over that for an unknown one."""
    with house.writing():
        by, now = the_house(house.platform_id), house.clock()
        account, _ = accounts.open_account(name="Ada", email="ada@example.org", role=Role.ADVISER, by=by, now=now)
        account.password_hash = passwords.keep("sept vélos au marché")
    times: dict[str, list[float]] = {"ada@example.org": [], "nobody@example.org": []}
    for _ in range(ROUNDS):
        house.clock.forward(minutes=2)
        for login, spent in times.items():
            with house.app.test_request_context(house.page("login")):
                house.app.preprocess_request()
                start = time.perf_counter()
                with pytest.raises(RuleBroken):
                    door.knock(login, "wrong", now=house.clock())
                spent.append(time.perf_counter() - start)
    known, unknown = (median(spent) for spent in times.values())
    return known / unknown


@pytest.mark.race
@pytest.mark.proof
def test_a_refusal_takes_the_same_time_for_known_and_unknown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    fair = ratio(house)
    print(f"door: a known account's refusal takes {fair:.2f} times an unknown one's")
    assert 0.7 < fair < 1.4


@pytest.mark.race
@pytest.mark.proof
def test_without_the_dummy_password_the_clock_would_tell(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = passwords.matches
    monkeypatch.setattr("mobility.passwords.matches", lambda kept, typed, **more: kept is not None and genuine(kept, typed, **more))
    unfair = ratio(house)
    print(f"door, guard off: {unfair:.1f} times")
    assert unfair > 2
