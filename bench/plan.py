"""How long the plan of two weeks takes to solve for 200 people and 200 vehicles, beside HiGHS alone on the same model."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

from bench._record import record, table
from fleet.assignment import Need, assign, model_of, solve
from mobility.periods import ONE_DAY, Period, instant_of

PEOPLE = VEHICLES = 200
LIMIT_S, LIMIT_RATIO, ROUNDS = 5.0, 2.0, 3
MONDAY = date(2026, 3, 2)


def main() -> None:
    needs = _needs(random.Random(1))
    model = model_of(needs)
    whole, raw = _cpu(lambda: assign(needs)), _cpu(lambda: solve(*model))
    ratio = whole / raw
    rows = (
        ("plan, CPU s", f"{whole:.2f}", f"≤ {LIMIT_S:.0f}"),
        ("HiGHS alone, CPU s", f"{raw:.2f}", ""),
        ("ratio", f"{ratio:.2f}", f"≤ {LIMIT_RATIO:.0f}"),
    )
    record("plan", "Plan of two weeks", table((f"{PEOPLE} people × {VEHICLES} vehicles", "median", "limit"), *rows))
    assert whole <= LIMIT_S and ratio <= LIMIT_RATIO


def _needs(chance: random.Random) -> list[Need]:
    """Everybody from some day of the two weeks on, for one to five weeks, half the vehicles fit, half have a job that starts."""
    return [_need(number, chance) for number in range(1, PEOPLE + 1)]


def _need(number: int, chance: random.Random) -> Need:
    starts_at = instant_of(MONDAY + chance.randrange(14) * ONE_DAY)
    return Need(
        id=number,
        period=Period(starts_at=starts_at, ends_at=starts_at + timedelta(days=chance.randrange(7, 36))),
        fits=frozenset(chance.sample(range(VEHICLES), VEHICLES // 2)),
        points=chance.randrange(120),
        starts_job=chance.random() < 1 / 2,
    )


def _cpu(act: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        spent.append(time.process_time() - began)
    return median(spent)


if __name__ == "__main__":
    main()
