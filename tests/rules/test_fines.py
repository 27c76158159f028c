"""Plates, who held a vehicle at an instant, and the clock and life of a notice."""

from datetime import UTC, date, datetime, time

import pytest

from fleet.fines import (
    ASSIGN,
    CONTEST,
    CONTESTED,
    FOUND,
    NAME,
    NAMED,
    NEXT,
    PAPERS,
    RECEIVED,
    REFUSALS,
    REFUSE,
    REFUSED,
    SETTLE,
    STATUS_NAMES,
    TELL,
    after,
    check_days,
    check_refusal,
    clock_of,
    say_refusal,
    tell_borrower,
    tell_refusal,
)
from fleet.holders import FIRST, LENT, NOBODY, PERSON, SECOND, WORKSHOP, Kept, Keys, holder_at, instant_told, which_of
from fleet.plates import plain, read_question, written
from mobility.errors import Conflict, RuleBroken
from mobility.periods import PARIS


@pytest.mark.parametrize(
    ("words", "plate", "on", "hour"),
    [
        ("AB-123-CD", "AB-123-CD", None, None),
        ("ab123cd", "AB123CD", None, None),  # as people type it
        ("ab 123 cd 12/03/2026", "AB 123 CD", date(2026, 3, 12), None),
        ("AB-123-CD le 12/03/2026 à 14 h 30", "AB-123-CD", date(2026, 3, 12), time(14, 30)),
        ("AB-123-CD, 1.3.2026 8:05", "AB-123-CD", date(2026, 3, 1), time(8, 5)),
        ("1234 AB 56", "1234 AB 56", None, None),  # a plate from before 2009
        ("AB-123-CD 31/02/2026", "AB-123-CD", None, None),  # no such day: the page asks
    ],
)
def test_a_plate_is_read_with_its_day_and_hour(words: str, plate: str, on: date | None, hour: time | None) -> None:
    asked = read_question(words)
    assert asked is not None and (asked.plate, asked.on, asked.hour) == (plate, on, hour)


@pytest.mark.parametrize("words", ["Camille", "06 12 34 56 78", "2026", "R-2026-0001", "P-00012", "AB-123"])
def test_other_words_are_no_plate(words: str) -> None:
    assert read_question(words) is None


def test_plates_are_compared_bare() -> None:
    assert plain(" ab-123\u00a0cd ") == "AB123CD"


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


# Booking 1 came back on the 5th; 2 ends in an exchange on the 10th; 3 is out; the workshop had it from the 6th to the 7th, and on the 15th.
KEYS = [
    Keys(booking_id=1, from_at=at(1), until_at=at(5)),
    Keys(booking_id=2, from_at=at(8), until_at=at(10)),
    Keys(booking_id=3, from_at=at(14), until_at=None),
]
KEPT = [Kept(block_id=9, from_at=at(6), until_at=at(7)), Kept(block_id=10, from_at=at(15), until_at=at(16))]
KEPT += [Kept(block_id=11, from_at=at(12), until_at=at(13), is_lent=True), Kept(block_id=12, from_at=at(31), until_at=None, is_lent=True)]


@pytest.mark.parametrize(
    ("instant", "state", "booking_id", "before_id", "after_id"),
    [
        (at(1), PERSON, 1, None, None),  # the minute the keys go
        (at(5), NOBODY, None, 1, 2),  # the minute they come back
        (at(6), WORKSHOP, None, 1, 2),
        (at(7), NOBODY, None, 1, 2),  # mended
        (at(9), PERSON, 2, None, None),
        (at(11), NOBODY, None, 2, 3),  # the person drives another one since the exchange
        (at(12), LENT, None, 2, 3),  # another platform had it
        (at(14, 13), PERSON, 3, None, None),
        (at(15), WORKSHOP, None, 2, None),  # in the middle of a rental
        (at(30), PERSON, 3, None, None),  # late, whatever was planned
        (at(31, 20), LENT, None, 2, None),  # lent, and not given back yet
    ],
)
def test_who_held_it(instant: datetime, state: str, booking_id: int | None, before_id: int | None, after_id: int | None) -> None:
    held = holder_at(instant, KEYS, KEPT)
    assert (held.state, held.booking_id, held.before_id, held.after_id) == (state, booking_id, before_id, after_id)


def test_the_doubled_hour_is_asked_about() -> None:
    night = date(2026, 10, 25)
    with pytest.raises(RuleBroken) as asked:
        instant_told(night, time(2, 30), None)
    assert asked.value.field == "which"
    assert instant_told(night, time(2, 30), FIRST) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant_told(night, time(2, 30), SECOND) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (which_of(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(PARIS)), which_of(at(25).astimezone(PARIS))) == (FIRST, None)
    assert which_of(datetime(2026, 10, 25, 1, 30, tzinfo=UTC).astimezone(PARIS)) == SECOND
    assert instant_told(night, time(3), None) == datetime(2026, 10, 25, 2, tzinfo=UTC)
    assert instant_told(date(2026, 3, 29), time(2, 30), None) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # an hour that was skipped


@pytest.mark.parametrize(
    ("today", "left", "said", "tone", "reminder"),
    [
        (date(2026, 3, 1), 45, "encore 45 jours", "waiting", None),
        (date(2026, 3, 16), 30, "encore 30 jours", "waiting", 30),
        (date(2026, 4, 5), 10, "encore 10 jours", "near", 15),  # recorded late: the reminder that holds, not all of them
        (date(2026, 4, 10), 5, "encore 5 jours", "over", 5),
        (date(2026, 4, 15), 0, "dernier jour", "over", 5),
        (date(2026, 4, 16), -1, "délai passé", "over", 5),
    ],
)
def test_the_clock_counts_from_the_sending(today: date, left: int, said: str, tone: str, reminder: int | None) -> None:
    clock = clock_of(date(2026, 3, 1), today, days=45, penalty_cents=67_500)
    assert (clock.days_left, clock.said, clock.tone, clock.reminder) == (left, said, tone, reminder)
    assert clock.due_on == date(2026, 4, 15) and "675 €" in clock.sentence


@pytest.mark.parametrize(
    ("act", "status", "then"),
    [
        (ASSIGN, RECEIVED, FOUND),
        (ASSIGN, CONTESTED, FOUND),  # somebody else drove
        (TELL, FOUND, FOUND),
        (NAME, FOUND, NAMED),
        (REFUSE, NAMED, REFUSED),
        (NAME, REFUSED, NAMED),  # again, with the paper that was missing
        (ASSIGN, REFUSED, FOUND),  # it was somebody else after all
        (SETTLE, REFUSED, "settled"),  # the association pays
        (CONTEST, NAMED, CONTESTED),
        (SETTLE, RECEIVED, "settled"),  # a mistake, a plate that was copied
    ],
)
def test_what_follows_an_act(act: str, status: str, then: str) -> None:
    assert after(act, status) == then


@pytest.mark.parametrize(("act", "status"), [(act, status) for act in NEXT for status in STATUS_NAMES if status not in NEXT[act]])
def test_an_act_out_of_place_says_what_to_do(act: str, status: str) -> None:
    with pytest.raises(Conflict) as refused:
        after(act, status)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"offence_on": date(2026, 3, 11)}, "on"),  # tomorrow
        ({"sent_on": date(2026, 3, 1)}, "sent_on"),  # before the offence
        ({"sent_on": date(2026, 3, 11)}, "sent_on"),
        ({"hirer_on": date(2026, 3, 9)}, "hirer_on"),  # the notice came to us
        ({"route": "hirer_asks", "hirer_on": date(2026, 3, 11)}, "hirer_on"),
    ],
)
def test_days_out_of_order_are_refused_beside_their_field(told: dict[str, object], field: str) -> None:
    usual: dict[str, object] = {
        "offence_on": date(2026, 3, 2),
        "sent_on": date(2026, 3, 8),
        "hirer_on": None,
        "route": "direct",
        "today": date(2026, 3, 10),
    }
    check_days(**usual)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken) as refused:
        check_days(**(usual | told))  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"refused_on": date(2026, 3, 4)}, "refused_on"),  # before the naming
        ({"refused_on": date(2026, 3, 11)}, "refused_on"),  # tomorrow
        ({"answer_by": date(2026, 3, 8)}, "answer_by"),
        ({}, ""),
        ({"answer_by": date(2026, 4, 8)}, ""),
    ],
)
def test_a_refusal_follows_the_naming(told: dict[str, date], field: str) -> None:
    usual = {"named_on": date(2026, 3, 5), "refused_on": date(2026, 3, 9), "answer_by": None, "today": date(2026, 3, 10)}
    if not field:
        check_refusal(**(usual | told))  # type: ignore[arg-type]
        return
    with pytest.raises(RuleBroken) as refused:
        check_refusal(**(usual | told))  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_refusal_says_what_the_next_naming_needs(reason: str) -> None:
    """The person is asked for her own papers, and for nothing else."""
    said = tell_refusal(person="Camille", number="123", reason=reason, platform="Essai", phone=None)
    assert REFUSALS[reason] in said and ("apportez-nous" in said) == (reason in ("incomplete", "licence"))
    assert PAPERS[reason] in say_refusal(reason)
    lent = {"vehicle": "Citadine 1", "moment": "le 3 mars à 8 h", "place": None, "number": "123", "address": "https://example.org/who-had"}
    assert REFUSALS[reason] in tell_borrower(**lent, refused=reason) and "refusée" not in tell_borrower(**lent)


def test_a_plate_is_kept_one_way_however_it_is_typed() -> None:
    assert {written(typed) for typed in ("GA101ZZ", "ga 101 zz", "GA-101-ZZ", "ga101-zz", "GA  101\u00a0ZZ")} == {"GA-101-ZZ"}
    assert written("1234 ab 56") == "1234-AB-56"
