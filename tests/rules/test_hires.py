"""The hirer's way, by hand and by chance: what an order expects, what an invoice says otherwise, what may follow what, who bears it."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import hires
from billing.entries import charge_posted, rent_shared
from billing.hire_entries import (
    guarantee_called,
    guarantee_ended,
    guarantee_given,
    hire_credited,
    hire_invoiced,
    hirer_paid,
    share_asked,
    share_received,
)
from billing.hires import Bill, Ordered, Step, bill_of, compare, expected_cents, guarantee_left, parts_from, say_return, standing
from billing.ledger import Entry, reversal
from mobility.errors import Conflict, RuleBroken

MARCH = date(2026, 3, 1)
THIRTY = Ordered(first_on=MARCH, last_on=date(2026, 3, 30), unit="day", unit_cents=1_000)


def of_cents(write: Callable[..., Entry], party: str, cents: int) -> Entry:
    return write(party, cents, on=MARCH, label="essai")


@pytest.mark.parametrize(
    ("write", "journal", "lines"),
    [
        (hire_invoiced, "HA", "613 > 4011 LO-00001"),
        (hire_credited, "HA", "4011 LO-00001 > 613"),
        (hirer_paid, "BQ", "4011 LO-00001 > 512"),
        (share_asked, "OD", "441 LO-00001 > 740"),
        (share_received, "BQ", "512 > 441 LO-00001"),
        (guarantee_given, "HB", "8091 > 8011 LO-00001"),
        (guarantee_ended, "HB", "8011 LO-00001 > 8091"),
        (guarantee_called, "OD", "6588 > 4011 LO-00001, 8011 LO-00001 > 8091"),
    ],
)
def test_each_movement_is_an_entry_of_its_own(write: Callable[..., Entry], journal: str, lines: str) -> None:
    entry = of_cents(write, "LO-00001", 1_000)
    said = [f"{line.account} {line.party or ''}".strip() for line in entry.lines]
    assert entry.journal == journal
    assert ", ".join(f"{debit} > {credit}" for debit, credit in zip(said[::2], said[1::2], strict=True)) == lines


@pytest.mark.parametrize(
    ("unit", "cents", "first_on", "last_on", "expected"),
    [
        ("day", 1_000, MARCH, MARCH, 1_000),
        ("day", 1_250, MARCH, date(2026, 3, 30), 37_500),  # 30 × 12,50
        ("month", 30_000, MARCH, date(2026, 3, 31), 30_000),
        ("month", 30_000, MARCH, date(2026, 4, 30), 60_000),
        ("month", 30_000, MARCH, date(2026, 4, 10), 40_000),  # one month and 10 of April's 30 days
        ("month", 31_000, MARCH, date(2026, 3, 10), 10_000),  # 10 of 31
        ("month", 10_000, date(2026, 1, 31), date(2026, 2, 27), 10_000),  # a month from the 31st ends on the eve of February's last day
        ("month", 100, MARCH, date(2026, 3, 5), 16),  # 500 / 31 = 16.13
    ],
)
def test_what_an_order_expects(unit: str, cents: int, first_on: date, last_on: date, expected: int) -> None:
    assert expected_cents(unit, cents, first_on, last_on) == expected


@given(st.integers(1, 10**6), st.integers(0, 200), st.integers(0, 700))
def test_a_longer_stay_never_costs_less(cents: int, length: int, offset: int) -> None:
    first_on = date(2026, 1, 1) + timedelta(days=offset)
    for unit in hires.UNITS:
        shorter, longer = (expected_cents(unit, cents, first_on, first_on + timedelta(days=length + more)) for more in (0, 1))
        assert 0 <= shorter <= longer


def test_an_invoice_that_says_what_was_ordered_says_nothing_else() -> None:
    days = {"first_on": MARCH, "last_on": date(2026, 3, 30)}
    assert compare(THIRTY, {"rent_cents": 30_000}, **days, before=[]) == ()
    assert compare(THIRTY, {"rent_cents": 29_000}, **days, before=[]) == (
        "Location : 290 € facturés, 300 € d’après la commande, soit 10 € de moins.",
    )
    late = {"first_on": MARCH, "last_on": date(2026, 3, 31)}
    found = compare(THIRTY, {"rent_cents": 31_000, "km_cents": 900}, **late, before=[(date(2026, 3, 31), date(2026, 4, 2))])
    assert [said.split(" ")[0] for said in found] == ["La", "Des", "Hors"] and "9 €" in found[2]


@pytest.mark.parametrize(
    ("lines", "told", "field"),
    [
        ({"rent_cents": 100}, {"total_cents": 101}, "total_cents"),
        ({"rent_cents": 100}, {"vat_cents": 100}, "vat_cents"),
        ({"rent_cents": 100}, {"last_on": date(2026, 2, 28)}, "last_on"),
        ({"rent_cents": 100}, {"on": date(2026, 3, 3)}, "on"),
    ],
)
def test_an_invoice_adds_up_by_itself(lines: dict[str, int], told: dict[str, object], field: str) -> None:
    usual = {"total_cents": 100, "vat_cents": 17, "first_on": MARCH, "last_on": MARCH, "on": MARCH, "today": date(2026, 3, 2)}
    hires.check_invoice(lines, **usual)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken) as refused:
        hires.check_invoice(lines, **(usual | told))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_disputed_invoice_is_paid_once_accepted() -> None:
    invoice = Step(id=1, act=hires.BILLED, cents=1_000)
    steps = [invoice]
    assert bill_of(invoice, steps, differs=True).state == "to_check" and bill_of(invoice, steps, differs=False).state == "to_pay"
    for number, (act, state) in enumerate(((hires.DISPUTED, "disputed"), (hires.ACCEPTED, "to_pay"), (hires.DISPUTED, "disputed")), 2):
        steps.append(Step(id=number, act=act, about_id=1))
        assert bill_of(invoice, steps, differs=True).state == state
    with pytest.raises(Conflict):
        hires.check_payable(bill_of(invoice, steps, differs=True), 1, on=MARCH, today=MARCH)
    steps.append(Step(id=9, act=hires.CREDITED, cents=1_000, about_id=1))
    assert bill_of(invoice, steps, differs=True) == Bill(cents=1_000, credited_cents=1_000, is_disputed=True, has_differences=True)
    assert bill_of(invoice, steps, differs=True).state == "settled"


@pytest.mark.parametrize(
    ("ended_on", "today", "said"),
    [
        (None, date(2026, 3, 22), None),
        (None, date(2026, 3, 23), ("à rendre dans 7 jours", "near")),
        (None, date(2026, 3, 29), ("à rendre dans 1 jour", "near")),
        (None, date(2026, 3, 30), ("à rendre aujourd’hui", "near")),
        (None, date(2026, 3, 31), ("à rendre depuis le 30 mars 2026", "over")),
        (date(2026, 3, 29), date(2026, 3, 31), None),
    ],
)
def test_the_day_of_return_is_warned_of(ended_on: date | None, today: date, said: tuple[str, str] | None) -> None:
    assert say_return(THIRTY.last_on, ended_on=ended_on, today=today, warn_days=7) == said


ACTS = st.lists(st.tuples(st.sampled_from(sorted(hires.ACTS)), st.integers(1, 5_000), st.integers(0, 30)), max_size=30)


@given(ACTS)
def test_whatever_is_done_and_undone_nothing_goes_below_zero(acts: list[tuple[str, int, int]]) -> None:
    """Each act as its action would let it: at most what is left, undone only while nothing stands on it."""
    steps: list[Step] = []
    for act, cents, which in acts:
        if (step := _allowed(steps, act, cents, which)) is not None:
            steps.append(step)
    known = standing(steps)
    assert guarantee_left(steps) >= 0
    for one in known:
        if one.act == hires.BILLED:
            bill = bill_of(one, steps, differs=False)
            assert 0 <= bill.left_cents <= bill.cents


MOVES = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5_000), st.booleans()), max_size=20)


@given(MOVES)
def test_person_funders_and_our_own_part_are_the_invoices_whatever_was_reversed(moves: list[tuple[int, int, bool]]) -> None:
    """By the accounts they were not read from: what people and payers owe, and the year's result."""
    balances: Counter[str] = Counter()
    for number, (which, cents, is_undone) in enumerate(moves, 1):
        entry = (
            of_cents(hire_invoiced, "LO-00001", cents),
            of_cents(hire_credited, "LO-00001", cents),
            of_cents(share_asked, "TP-00001", cents),
            charge_posted("P-1", "rental", cents, on=MARCH, label="loyer"),
            rent_shared("P-1", cents, {"TP-00001": 2 * cents}, on=MARCH, label="loyer"),
        )[which]
        for each in (entry, reversal(number, entry, MARCH)) if is_undone else (entry,):
            for line in each.lines:
                balances[line.account] += line.debit_cents - line.credit_cents
    parts = parts_from(balances)
    assert parts.person == balances["411"] and parts.funders == balances["4112"] + balances["441"]
    assert parts.own == sum(cents for code, cents in balances.items() if code[0] in "67"), "what is left is the year's cost"
    assert parts.person + parts.funders + parts.own == parts.invoiced == -balances["4011"]


def _allowed(steps: list[Step], act: str, cents: int, which: int) -> Step | None:
    """The step, or nothing where its rule refuses it."""
    known, number = standing(steps), len(steps) + 1
    about = known[which % len(known)] if known else None
    step = Step(id=number, act=act, cents=cents, about_id=about.id if about else None)
    try:
        if act == hires.UNDONE:
            if about is None:
                return None
            hires.check_undo(about, steps)
        elif act in (hires.CREDITED, hires.PAID):
            if about is None or about.act != hires.BILLED:
                return None
            hires.check_within(cents, bill_of(about, steps, differs=False).left_cents, "le reste")
        elif act in (hires.CALLED, hires.RELEASED):
            hires.check_within(cents, guarantee_left(steps), "ce qui reste garanti")
            return Step(id=number, act=act, cents=cents)
        elif act in (hires.BILLED, hires.GUARANTEED, hires.SHARED):
            return Step(id=number, act=act, cents=cents)
    except (Conflict, RuleBroken):
        return None
    return step


def test_an_undone_step_never_stands_and_frees_what_stood_on_it() -> None:
    steps = [Step(id=1, act=hires.BILLED, cents=100), Step(id=2, act=hires.PAID, cents=40, about_id=1)]
    with pytest.raises(Conflict):
        hires.check_undo(steps[0], steps)
    steps.append(Step(id=3, act=hires.UNDONE, cents=40, about_id=2))
    hires.check_undo(steps[0], steps)
    assert [step.id for step in standing(steps)] == [1] and bill_of(steps[0], steps, differs=False).left_cents == 100
    with pytest.raises(Conflict):
        hires.check_undo(steps[1], steps)
