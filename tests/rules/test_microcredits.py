"""A microcredit's file: its life, what may go in, and its days (domain.md §3.3, §9)."""

from datetime import date
from decimal import Decimal

import pytest

from fleet.microcredits import (
    ACCEPT,
    ACCEPTED,
    DROP,
    DROPPED,
    LINES,
    NEXT,
    OPEN,
    PAID,
    PAY,
    PREPARE,
    PREPARED,
    REFUSE,
    REFUSED,
    SEND,
    SENT,
    STATUS_NAMES,
    after,
    check_choice,
    check_day,
    may,
    millionths_of,
    rate_of,
)
from mobility.errors import Conflict, RuleBroken

LIVES = [
    ((SEND, ACCEPT, PAY), PAID, "the way it should go"),
    ((PREPARE, SEND, REFUSE), REFUSED, "chosen again, then refused"),
    ((SEND, ACCEPT, REFUSE), REFUSED, "a lender who thinks better of it"),
    ((DROP,), DROPPED, "the person changes their mind"),
    ((SEND, DROP), DROPPED, "or finds another way while waiting"),
]


@pytest.mark.parametrize(("acts", "end", "why"), LIVES)
def test_a_file_goes_from_status_to_status(acts: tuple[str, ...], end: str, why: str) -> None:
    status = PREPARED
    for act in acts:
        status = after(act, status)
    assert status == end, why


def test_nothing_happens_out_of_turn_nor_after_the_end() -> None:
    for status in STATUS_NAMES:
        for act in NEXT:
            if not may(act, status):
                with pytest.raises(Conflict):
                    after(act, status)
    assert not [(act, status) for act in NEXT for status in STATUS_NAMES.keys() - set(OPEN) if may(act, status)]
    assert [act for act in NEXT if may(act, PREPARED)] == [PREPARE, SEND, DROP]
    assert [act for act in NEXT if may(act, SENT)] == [ACCEPT, REFUSE, DROP]
    assert [act for act in NEXT if may(act, ACCEPTED)] == [REFUSE, PAY, DROP]


@pytest.mark.parametrize(("lines", "agreed", "field"), [([], True, "lines"), (["jobs"], False, "agreed")])
def test_nothing_goes_in_that_the_person_did_not_choose(lines: list[str], agreed: bool, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_choice(lines, agreed=agreed)
    assert refused.value.field == field
    check_choice(LINES, agreed=True)


@pytest.mark.parametrize(("day", "said"), [(11, "pas encore venu"), (1, "avant l’étape précédente")])
def test_each_step_follows_the_one_before_and_lies_not_ahead(day: int, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        check_day(date(2026, 3, day), not_before=date(2026, 3, 2), today=date(2026, 3, 10))
    check_day(date(2026, 3, 2), not_before=date(2026, 3, 2), today=date(2026, 3, 2))


def test_a_rate_comes_back_as_it_was_told() -> None:
    assert [rate_of(millionths_of(Decimal(told))) for told in ("0", "0.0475", "0.095")] == [0, Decimal("0.0475"), Decimal("0.095")]
    with pytest.raises(RuleBroken):
        millionths_of(Decimal("0.04750001"))
