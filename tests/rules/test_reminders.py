"""When somebody is reminded of what they owe, and what is said: each step once, far apart, never of little, never on a Sunday."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.deposits import Instalment
from billing.reminder_words import Asking, paragraphs, say_next, short_text, subject_of
from billing.reminders import (
    APART,
    LASTS,
    Due,
    Pace,
    Wanted,
    ask_for,
    dues_of,
    find_next_on,
    find_wanted,
    is_over,
    read_days,
    reminder_channel,
)
from mobility.dated import DatedSetting, check_value
from mobility.errors import RuleBroken

MONDAY = date(2026, 3, 2)
PACE = Pace(before_days=2, after_days=(3, 10, 30), least_cents=500)


def due(number: int = 1, on: date = MONDAY, cents: int = 3500) -> Due:
    return Due(key=f"charge-{number}", on=on, cents=cents, what="Voiture à 5 €, 7 jours : 35 €")


def lived(dues: tuple[Due, ...], pace: Pace, first: date, days: int) -> list[tuple[date, Wanted]]:
    """Day after day, what is told; nothing is paid."""
    told: set[tuple[str, int | None]] = set()
    found: list[tuple[date, Wanted]] = []
    for day in (first + timedelta(days=count) for count in range(days)):
        last_on = found[-1][0] if found else None
        if wanted := find_wanted(dues, told, last_on=last_on, pace=pace, today=day):
            assert (wanted.due.key, wanted.step) not in told
            told.add((wanted.due.key, wanted.step))
            found.append((day, wanted))
    return found


def test_two_days_before_then_three_ten_and_thirty_after_then_somebody_meets_them() -> None:
    heard = lived((due(),), PACE, MONDAY - timedelta(days=20), 90)
    assert [((day - MONDAY).days, one.step, one.is_late) for day, one in heard] == [
        (-2, 0, False),
        (3, 1, True),
        (10, 2, True),
        (30, 3, True),
    ]
    told = {(one.due.key, one.step) for _, one in heard}
    for days, over in ((10, False), (30, True), (60, True)):
        seen = {key for key in told if days >= 30 or key[1] != 3}
        assert is_over((due(),), seen, pace=PACE, today=MONDAY + timedelta(days=days)) is over


@pytest.mark.parametrize(
    ("days", "cents", "pace", "reason"),
    [
        (-3, 3500, PACE, "too early"),
        (1, 3500, PACE, "late, but not for three days"),
        (3, 499, PACE, "too little to be asked"),
        (3, 3500, Pace(before_days=2, after_days=(), least_cents=500), "nothing after"),
        (-1, 3500, Pace(before_days=0, after_days=(3,), least_cents=500), "nothing before"),
        (30 + LASTS, 3500, PACE, "so old that somebody talks about it"),
        (6, 3500, Pace(before_days=0, after_days=(6,), least_cents=0), "a Sunday"),
    ],
)
def test_what_is_not_told(days: int, cents: int, pace: Pace, reason: str) -> None:
    today = MONDAY + timedelta(days=days)
    assert find_wanted((due(cents=cents),), set(), last_on=None, pace=pace, today=today) is None, reason


def test_a_little_left_late_does_not_hide_what_comes() -> None:
    dues = (due(1, MONDAY - timedelta(days=5), 200), due(2, MONDAY + timedelta(days=1)))
    found = find_wanted(dues, set(), last_on=None, pace=PACE, today=MONDAY)
    assert found == Wanted(due=dues[1], step=0, cents=3500, count=1, is_late=False)


def test_all_that_is_late_is_asked_at_once_and_the_next_day_is_foretold() -> None:
    dues = (due(1), due(2, MONDAY + timedelta(days=7)), due(3, MONDAY + timedelta(days=14)))
    today = MONDAY + timedelta(days=10)
    found = find_wanted(dues, {("charge-1", 1)}, last_on=MONDAY + timedelta(days=3), pace=PACE, today=today)
    assert found is not None and (found.step, found.cents, found.count) == (2, 7000, 2)
    told = {("charge-1", 1), ("charge-1", 2)}
    assert find_next_on(dues, told, last_on=today, pace=PACE, today=today) == MONDAY + timedelta(days=30)
    assert find_next_on((), told, last_on=today, pace=PACE, today=today) is None


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9_000)), min_size=1, max_size=6),
    st.integers(0, 9),
    st.sets(st.integers(1, 40), max_size=5),
    st.integers(0, 6000),
)
def test_no_rhythm_tells_twice_too_often_or_of_little(rows: list[tuple[int, int]], before: int, after: set[int], least: int) -> None:
    dues = tuple(sorted((due(n, MONDAY + timedelta(days=day), cents) for n, (day, cents) in enumerate(rows)), key=lambda d: d.on))
    pace = Pace(before_days=before, after_days=tuple(sorted(after)), least_cents=least)
    heard = lived(dues, pace, MONDAY - timedelta(days=10), 130)
    days = [day for day, _ in heard]
    assert all((later - one).days >= APART for one, later in pairwise(days))
    for day, one in heard:
        assert day.weekday() != 6 and one.cents >= max(least, 1)
        assert one.cents <= sum(each.cents for each in dues)
        assert one.is_late == (one.due.on < day)


@given(st.lists(st.integers(-4000, 9000), max_size=8), st.integers(0, 40_000), st.lists(st.integers(1, 5000), max_size=3))
def test_what_is_left_is_what_is_owed(cents: list[int], settled: int, parts: list[int]) -> None:
    charges = [due(number, MONDAY + timedelta(days=7 * number), each) for number, each in enumerate(cents)]
    plain = dues_of(charges, (), settled_cents=settled)
    assert sum(each.cents for each in plain) == max(
        sum(each for each in cents if each > 0) - max(settled - sum(min(c, 0) for c in cents), 0), 0
    )
    plan = [Instalment(due_on=MONDAY + timedelta(days=30 * n), cents=each) for n, each in enumerate(parts)]
    planned = dues_of(charges, plan, settled_cents=settled, plan_id=4)
    assert [each.on for each in planned] == sorted(each.on for each in planned)
    if sum(parts) <= sum(each.cents for each in plain):
        assert sum(each.cents for each in planned) == sum(each.cents for each in plain), "a plan moves days, never the sum"


def test_what_is_said_and_what_is_never_said() -> None:
    found = ask_for((due(), due(2)), MONDAY + timedelta(days=3))
    assert found is not None
    told: dict[str, str | None] = {"first_name": "Camille", "number": "P-00012", "label": "Citadine AB-123-CD"}
    told |= {"pay_url": "https://essai.example.org/p/essai/me/pay", "adviser": "Claire Martin", "phone": "04 00 00 00 00"}
    asking = Asking(wanted=found, **told)  # type: ignore[arg-type]
    letter = "\n".join(paragraphs(asking))
    for text in (short_text(asking), letter):
        for words in ("70 €", "2 mars 2026", "Citadine AB-123-CD", "Pourquoi : voiture à 5 €", "P-00012", "me/pay", "guichet"):
            assert words in text.replace("\u00a0", " ").replace("\u202f", " "), words
        assert "Claire Martin au 04 00 00 00 00" in text
        for threat in ("huissier", "poursuite", "pénalité", "mise en demeure", "majoration", "contentieux", "dernier délai"):
            assert threat not in text.lower()
    assert len(short_text(asking)) < 470 and "sans aucuns frais" in letter
    assert subject_of(found) == "Un paiement est en attente"
    assert "prévu le 2" in subject_of(ask_for((due(),), MONDAY) or found)
    nobody = Asking(wanted=found, **(told | {"pay_url": None, "adviser": None, "phone": None}))  # type: ignore[arg-type]
    assert "dites-le-nous" in short_text(nobody) and "carte" not in short_text(nobody)


def test_what_comes_next_in_words() -> None:
    assert say_next(None, why_not="En pause.", is_over=True) == "En pause."
    assert "voir la personne" in say_next(None, why_not=None, is_over=True)
    assert "12 mars 2026" in say_next(date(2026, 3, 12), why_not=None, is_over=False).replace("\u00a0", " ")
    assert say_next(None, why_not=None, is_over=False) == "Aucun rappel n’est prévu."


def test_who_has_no_mail_nor_message_is_called_or_written_to() -> None:
    for channel, phone, email, expected in [
        ("sms", "+33600000000", None, "sms"),
        ("call", "+33400000000", "a@example.org", "call"),
        ("call", None, "a@example.org", "mail"),
        ("call", None, None, "letter"),
    ]:
        assert reminder_channel(channel, phone=phone, email=email) == expected


@pytest.mark.parametrize("text", ["3, 10, 30", "", "7", "1,2,3,4,5,6"])
def test_days_that_a_platform_may_set(text: str) -> None:
    check_value(DatedSetting(key="x", label="x", default="", source="x", kind="days"), text)
    assert list(read_days(text)) == sorted(read_days(text))


@pytest.mark.parametrize("text", ["10, 3", "0", "3, 3", "1,2,3,4,5,6,7", "3 jours", "-1", "1e3", 3, None, "٣"])
def test_days_that_it_may_not(text: object) -> None:
    with pytest.raises(RuleBroken):
        check_value(DatedSetting(key="x", label="x", default="", source="x", kind="days"), text)
