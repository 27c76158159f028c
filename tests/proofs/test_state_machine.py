"""Any sequence of acts keeps the invariants: booking, keys, point-étape, payment, deposit, odometer, and time going by."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import SystemRandom
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import event

from billing.actions import charging
from fleet.actions import bookings, handover, occupancy, readings
from fleet.lifecycle import LATE, OUT, after
from fleet.odometer import ACCEPTED
from mobility.db import db
from tests.conftest import NOON
from tests.databases import TestDatabase
from tests.house import FakeClock, House, make_house
from tests.invariants import check_all
from tests.proofs.test_booking_race import database_guard_off, drop_guard
from tests.trade import SHIFTS, Trade

_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I)
KNOWN_SEED = 20260302
SMALL = (3, 12)
SIZES = [SMALL, pytest.param((200, 30), marks=pytest.mark.proof)]

which = st.integers(0, 13)
person = st.integers(0, 3)
car = st.integers(0, 2)
start = st.integers(0, 12)
length = st.integers(1, 14)
programme = st.sampled_from(("daily", "daily", "amie"))
further = st.sampled_from((0, 30, 120, 400, 3_000, -50))
cents = st.sampled_from((500, 1_750, 3_500, 10_000))
PERIOD = {"start": start, "length": length}
WISH = {"person": person, "car": car, "programme": programme} | PERIOD
ACTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "hold": WISH,
    "book": WISH,
    "share": {"person": person, "car": car, "turn": st.integers(0, len(SHIFTS) - 1)} | PERIOD,
    "confirm": {"which": which},
    "cancel": {"which": which},
    "extend": {"which": which, "length": length},
    "renew": {"which": which},
    "no_show": {"which": which},
    "reopen": {"which": which},
    "shorten": {"which": which, "length": length},
    "shift": {"which": which} | PERIOD,
    "swap": {"which": which, "car": car},
    "split": {"which": which, "length": length, "car": st.integers(0, 3)},
    "exchange": {"which": which},
    "block": {"car": car} | PERIOD,
    "lift": {"which": which},
    "sign": {"which": which},
    "hand_over": {"which": which, "km": st.integers(40_000, 40_500)},
    "take_back": {"which": which, "further": further},
    "point_etape": {"which": which, "further": further, "cents": st.just(0) | cents},
    "note_reading": {"which": which, "further": further},
    "confirm_reading": {"which": which},
    "correct_reading": {"which": which, "further": further},
    "pay": {"which": which, "means": st.sampled_from(("cash", "cheque", "guarantee_fund", "card")), "cents": cents},
    "announce_transfer": {"which": which, "cents": cents},
    "confirm_transfer": {"which": which},
    "cancel_transfer": {"which": which},
    "refund": {"which": which, "cents": cents},
    "charge_damage": {"which": which, "cents": cents},
    "prove_rsa": {"person": person, "days_ago": st.integers(0, 40)},
    "receive_deposit": {"which": which, "cents": st.sampled_from((10_000, 30_000))},
    "defer_deposit": {"which": which},
    "keep_deposit": {"which": which, "cents": cents},
    "release_deposit": {"which": which},
    "wait": {"hours": st.integers(1, 30)},
    "night": {"days": st.sampled_from((1, 3, 8, 45))},
}


STEP = st.one_of([st.tuples(st.just(name), st.fixed_dictionaries(drawn)) for name, drawn in ACTS.items()])


class Seen:
    """What the machines of one run did."""

    def __init__(self) -> None:
        self.steps, self.done, self.refused = 0, Counter[str](), Counter[str]()

    def say(self) -> None:
        """The figures of the run."""
        print(f"  {self.steps} steps")
        for word, counted in (("acts done", self.done), ("refusals", self.refused)):
            print(f"  {counted.total()} {word}: " + ", ".join(f"{name} {count}" for name, count in sorted(counted.items())))


@contextmanager
def touching(house: House) -> Iterator[set[str]]:
    """The tables written meanwhile, however they were."""
    touched: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if found := _WRITES.match(statement):
            touched.add(found[1])

    with house.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield touched
    finally:
        event.remove(engine, "before_cursor_execute", note)


class Machine(RuleBasedStateMachine):
    """A platform from its opening on; each step is an act, drawn with its arguments."""

    def __init__(self, begin: Callable[[], Trade], seen: Seen) -> None:
        super().__init__()
        self.trade, self.seen = begin(), seen
        self.before = check_all(self.trade.house, {})

    @rule(step=STEP)
    def does(self, step: tuple[str, dict[str, Any]]) -> None:
        name, values = step
        done = self.trade.done.total()
        with touching(self.trade.house) as touched:
            getattr(self.trade, name)(**values)
        self.seen.steps += 1
        if self.trade.done.total() > done:  # what was refused wrote nothing; if it did, the end finds it
            self.before = check_all(self.trade.house, self.before, touched)

    def teardown(self) -> None:
        check_all(self.trade.house, self.before)
        self.seen.done += self.trade.done
        self.seen.refused += self.trade.refused


class Opening:
    """The platform as each sequence finds it: built once, then put back."""

    def __init__(self, database: TestDatabase, clock: FakeClock) -> None:
        self.database, self.clock = database, clock
        self.trade, self.again = self._build(), database.keep()

    def begin(self) -> Trade:
        self.again()
        self.clock.set(NOON)
        return self.trade.anew()

    def _build(self) -> Trade:
        self.database.sweep()
        self.clock.set(NOON)
        return Trade(make_house(self.database.app, self.clock)).open()


def play(opening: Opening, size: tuple[int, int], number: int, **more: Any) -> Seen:
    """So many sequences of so many acts, each from the opening on."""
    seen = Seen()

    @seed(number)
    def machine() -> Machine:
        return Machine(opening.begin, seen)

    examples, steps = size
    examples += examples // 5  # Hypothesis ends some before their last act
    quiet = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "report_multiple_bugs": False}
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=steps, **quiet, **more))
    return seen


@pytest.mark.parametrize("size", SIZES)
def test_any_sequence_of_acts_keeps_the_invariants(
    database: TestDatabase, clock: FakeClock, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    number = int(request.config.getoption("--hypothesis-seed") or (KNOWN_SEED if size == SMALL else SystemRandom().randrange(2**32)))
    print(
        f"state machine on {database.url.partition(':')[0]}: {size[0]} sequences of {size[1]} acts, again with --hypothesis-seed={number}"
    )
    seen = play(Opening(database, clock), size, number)
    seen.say()
    assert seen.steps >= size[0] * size[1] and seen.done.total() > seen.steps / 8


@contextmanager
def nothing_holds_a_vehicle(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(occupancy, "check_clear", lambda vehicle, period, **more: None)
    monkeypatch.setattr(bookings, "check_clear", lambda vehicle, period, **more: None)
    sweep = database.sweep
    monkeypatch.setattr(database, "sweep", lambda: (sweep(), drop_guard(database)))  # a swept file has its guard again
    with database_guard_off(database):
        yield


@contextmanager
def charges_are_entered_twice(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    enter = charging._enter
    monkeypatch.setattr(charging, "_enter", lambda *due, **more: enter(*due, **more) and enter(*due, **more))
    yield


@contextmanager
def cancelling_lets_go_of_nothing(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(bookings, "release", lambda booking: None)
    yield


@contextmanager
def no_odometer_is_doubted(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(readings, "judge_among", lambda others, km, at: ACCEPTED)
    yield


@contextmanager
def keys_handed_over_are_late_at_once(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(handover, "after", lambda act, status: LATE if after(act, status) == OUT else after(act, status))
    yield


TWINS = [
    nothing_holds_a_vehicle,
    charges_are_entered_twice,
    cancelling_lets_go_of_nothing,
    no_odometer_is_doubted,
    keys_handed_over_are_late_at_once,
]


@pytest.mark.proof
@pytest.mark.parametrize("guard_off", TWINS, ids=lambda twin: twin.__name__)
def test_the_twin_without_a_guard_is_found_out(
    database: TestDatabase, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, guard_off: Any
) -> None:
    with guard_off(database, monkeypatch), pytest.raises(AssertionError) as found:
        play(Opening(database, clock), (60, 30), KNOWN_SEED, phases=[Phase.generate])
    print(f"twin, {guard_off.__name__.replace('_', ' ')}: found out, {str(found.value).partition(chr(10))[0][:90]}")
