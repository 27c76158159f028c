"""On time or late, by the charges and the money received (domain.md §2.5)."""

from datetime import date

import pytest

from billing.payment_record import LATE, ON_TIME, OPEN, OVERDUE, Fallen, Received, payment_record, record_lines

TODAY = date(2026, 3, 31)


def march(day: int) -> date:
    return date(2026, 3, day)


WEEKS = ((2, 3500), (9, 3500))
CASES = [
    ("paid the same day, then on the last day that counts", WEEKS, ((2, 3500), (16, 3500)), [(ON_TIME, 2, 0), (ON_TIME, 16, 0)]),
    ("a day too late", WEEKS, ((2, 3500), (17, 3500)), [(ON_TIME, 2, 0), (LATE, 17, 1)]),
    ("one payment for both: the oldest first", WEEKS, ((12, 7000),), [(LATE, 12, 3), (ON_TIME, 12, 0)]),
    ("paid ahead", WEEKS, ((1, 9000),), [(ON_TIME, 2, 0), (ON_TIME, 9, 0)]),
    ("in two parts: the last one settles", WEEKS[:1], ((3, 3000), (20, 500)), [(LATE, 20, 11)]),
    ("never", WEEKS[:1], (), [(OVERDUE, None, 22)]),
    ("not due before tomorrow", ((25, 3500),), (), [(OPEN, None, 0)]),
    ("a cheque that came back opens it again", WEEKS[:1], ((3, 3500), (10, -3500), (12, 3500)), [(LATE, 12, 3)]),
    ("what a credit took off was never late, nor what is free", ((2, 3500), (9, 0), (23, -3500)), (), [(ON_TIME, 2, 0)]),
    ("a credit on the oldest, the rest paid", ((2, 3500), (9, 3500), (23, -3500)), ((10, 3500),), [(ON_TIME, 2, 0), (ON_TIME, 10, 0)]),
]


@pytest.mark.parametrize(("why", "charges", "moves", "found"), CASES, ids=[case[0] for case in CASES])
def test_each_charge_is_judged_by_the_day_it_was_paid_in_full(
    why: str, charges: tuple[tuple[int, int], ...], moves: tuple[tuple[int, int], ...], found: list[tuple[str, int | None, int]]
) -> None:
    fallen = [Fallen(label="Une semaine", on=march(day), cents=cents) for day, cents in charges]
    received = [Received(on=march(day), cents=cents) for day, cents in moves]
    lines = record_lines(fallen, received, days=7, today=TODAY)
    assert [(line.state, line.settled_on and line.settled_on.day, line.days_late) for line in lines] == found, why


def test_the_record_says_itself_in_one_sentence() -> None:
    weeks = [Fallen(label="Une semaine", on=march(day), cents=3500) for day in (2, 9, 16, 30)]
    lines = record_lines(weeks, [Received(on=march(3), cents=3500), Received(on=march(20), cents=3500)], days=7, today=TODAY)
    assert payment_record(lines).sentence == "Sur 4 échéances : 1 payée à temps, 1 payée en retard, 1 à payer et 1 en retard, à payer."
    assert [(line.said, line.day_said) for line in lines] == [
        ("payé à temps", "le 3 mars 2026"),
        ("payé, 4 jours de retard", "le 20 mars 2026"),
        ("en retard de 8 jours", ""),
        ("à payer", "d’ici le 6 avril 2026"),
    ]
    assert payment_record(lines[:1]).sentence == "Une seule échéance : payé à temps."
    assert payment_record([*lines[:1], *lines[:1]]).sentence == "Les 2 échéances ont toutes été payées à temps."
    assert payment_record(()).sentence == "Aucune échéance n’a encore été à payer."
