"""A crash loses nothing and charges nobody twice: the weekly run and a card payment, cut off at their points and tried again."""

import pytest

from billing.actions import charge_runs
from mobility.db import db
from tests.charged import make_mix
from tests.crash_trials import card_payment, weekly_run
from tests.house import House
from tests.money import give_keys, make_rental

# Seeds, and every which point: few in the suite, all of them at full size.
SIZES = [pytest.param((11,), 4, id="few"), pytest.param((23, 37, 51), 1, id="all", marks=pytest.mark.proof)]


@pytest.mark.parametrize(("seeds", "every"), SIZES)
def test_a_crash_at_any_point_of_the_weekly_run(house: House, seeds: tuple[int, ...], every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charge_runs, "AT_ONCE", 9)
    with house.writing():
        make_mix(house)
    crashes = 0
    for seed in seeds:
        house.clock.forward(days=7)
        crashes += weekly_run(house, seed=seed, every=every)
    print(f"weekly run: {crashes} crashes, {len(seeds)} weeks charged, each to the letter as without a crash")
    assert crashes


def test_twin_of_the_weekly_run_when_each_batch_is_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charge_runs, "AT_ONCE", 9)
    monkeypatch.setattr(charge_runs, "_tell", lambda run_id, done: db.session.commit())
    with house.writing():
        make_mix(house)
    house.clock.forward(days=7)
    with pytest.raises(AssertionError, match="something of a crashed run was kept"):
        weekly_run(house, seed=11, every=4)


@pytest.mark.parametrize(("seeds", "every"), SIZES)
def test_a_crash_at_any_point_of_a_card_payment(house: House, seeds: tuple[int, ...], every: int) -> None:
    give_keys(house)
    crashes = sum(card_payment(house, make_rental(house, reference=f"booking:{seed}"), seed=seed, every=every) for seed in seeds)
    print(f"card payments: {crashes} crashes, {len(seeds)} paid and booked once each")
    assert crashes
