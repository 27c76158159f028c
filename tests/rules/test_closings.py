"""What may be closed, and a chain of closings that no change passes by."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from billing.chain import GENESIS
from billing.closings import Closed, check_end, closing_hash, ends_over, find_wrong, moved_cents, usual_end
from mobility.errors import RuleBroken

TODAY = date(2026, 3, 2)
CASES = [
    ("day", date(2026, 3, 1), None, None, "yesterday"),
    ("day", TODAY, None, "jour passé", "today still moves"),
    ("day", date(2026, 4, 1), None, "jour passé", "a day to come"),
    ("month", date(2026, 2, 28), date(2026, 1, 31), None, "a short month"),
    ("month", date(2024, 2, 28), None, "dernier jour du mois", "a leap year's February goes on"),
    ("month", date(2026, 1, 31), date(2025, 12, 31), None, "31 days"),
    ("month", date(2026, 1, 31), date(2026, 1, 31), "déjà clôturé, jusqu’au 31 janvier", "twice"),
    ("month", date(2025, 12, 31), date(2026, 1, 31), "déjà clôturé", "an earlier one, afterwards"),
    ("year", date(2025, 12, 31), None, None, "a year"),
    ("year", date(2026, 1, 31), None, "31 décembre", "a month is no year"),
]


@pytest.mark.parametrize(("kind", "last_on", "earlier", "said", "why"), CASES, ids=[case[4] for case in CASES])
def test_what_may_be_closed(kind: str, last_on: date, earlier: date | None, said: str | None, why: str) -> None:
    if said is None:
        check_end(kind, last_on, today=TODAY, last_closed_on=earlier)
        return
    with pytest.raises(RuleBroken, match=said) as refused:
        check_end(kind, last_on, today=TODAY, last_closed_on=earlier)
    assert refused.value.field == "last_on", why


@pytest.mark.parametrize(
    ("kind", "earlier", "ends", "why"),
    [
        ("day", None, [date(2026, 3, 1)], "the first time everything until yesterday is one"),
        ("day", date(2026, 2, 26), [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)], "days on which nothing ran are made up for"),
        ("day", date(2026, 3, 1), [], "run again the same night"),
        ("month", None, [date(2026, 2, 28)], "the last month that is over"),
        ("month", date(2025, 12, 31), [date(2026, 1, 31), date(2026, 2, 28)], "two months, one by one"),
        ("year", date(2024, 12, 31), [date(2025, 12, 31)], "a year"),
        ("year", date(2025, 12, 31), [], "the year goes on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_periods_over_since_the_last_one_closed(kind: str, earlier: date | None, ends: list[date], why: str) -> None:
    assert ends_over(kind, last_closed_on=earlier, today=TODAY) == ends, why


CLOSED = Closed(
    kind="month",
    first_on=date(2026, 1, 5),
    last_on=date(2026, 1, 31),
    closed_at=datetime(2026, 2, 2, 9, tzinfo=UTC),
    closed_by=3,
    last_entry=12,
    last_hash="a" * 64,
    sums={"411": (3500, 0), "706": (0, 3500)},
    running_cents=3500,
)
LATER = replace(CLOSED, first_on=date(2026, 2, 1), last_on=date(2026, 2, 28))


def test_a_change_of_anything_kept_is_found_and_so_is_a_closing_taken_out() -> None:
    first = closing_hash(GENESIS, CLOSED)
    kept = [(CLOSED, first), (LATER, closing_hash(first, LATER))]
    assert find_wrong(kept) is None
    others = {"kind": "day", "closed_by": 4, "last_entry": 13, "last_hash": "b" * 64, "sums": {}, "running_cents": 3501}
    others |= {"first_on": date(2026, 1, 6), "last_on": date(2026, 1, 30), "closed_at": datetime(2026, 2, 2, 10, tzinfo=UTC)}
    for name in vars(CLOSED):
        changed = replace(CLOSED, **{name: others[name]})
        assert find_wrong([(changed, first), kept[1]]) == changed.last_on, name
    assert find_wrong(kept[1:]) == LATER.last_on
    assert (moved_cents(CLOSED.sums), usual_end(TODAY)) == (3500, date(2026, 2, 28))
