from datetime import UTC, datetime, timedelta

import pytest

from fleet.loans import BORROWER, LENDER, STATUS_NAMES, STEPS, check_step, check_wish, steps_from, waits_for
from mobility.errors import Conflict, RuleBroken

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_every_loan_goes_on_or_is_over_and_each_step_has_one_side() -> None:
    over = {status for status in STATUS_NAMES if not steps_from(status, LENDER) and not steps_from(status, BORROWER)}
    assert over == {"refused", "withdrawn", "ended"}
    for to, (side, before) in STEPS.items():
        other = BORROWER if side == LENDER else LENDER
        for status in before:
            check_step(to, status, side)
            with pytest.raises(Conflict):
                check_step(to, status, other)


@pytest.mark.parametrize(
    ("status", "side", "left", "word", "tone"),
    [
        ("asked", LENDER, -DAY, "demandé", "waiting"),  # a wish is answered whatever its dates
        ("received", BORROWER, 3 * DAY, None, None),  # all is well
        ("received", BORROWER, DAY, "prêt à rendre", "near"),
        ("received", LENDER, DAY, "revient bientôt", "near"),
        ("received", BORROWER, 0 * DAY, "en retard, à rendre", "over"),
        ("received", LENDER, -DAY, "en retard", "over"),
        ("accepted", LENDER, -DAY, "jamais parti", "over"),
        ("given_back", LENDER, -DAY, "rendu, à reprendre", "waiting"),
        ("ended", BORROWER, -DAY, None, None),
    ],
)
def test_both_sides_read_what_the_end_of_a_loan_asks_of_them(
    status: str, side: str, left: timedelta, word: str | None, tone: str | None
) -> None:
    said = waits_for(status, side, ends_at=NOW + left, now=NOW)
    assert (said and said[0], said and said[2]) == (word, tone)


@pytest.mark.parametrize(
    ("lender_id", "starts_at", "ends_at", "field", "why"),
    [
        (2, NOW, NOW + DAY, "lender_id", "nobody lends to themselves"),
        (1, NOW - DAY, NOW + DAY, "starts_at", "yesterday is over"),
        (1, NOW + DAY, NOW + DAY, "ends_at", "no time at all"),
        (1, NOW + DAY, NOW + DAY - timedelta(seconds=1), "ends_at", "less than none"),
        (1, NOW + DAY, NOW + 368 * DAY, "ends_at", "a day more than a year"),
        (1, NOW + DAY, NOW.replace(year=2116), "ends_at", "ninety years"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(lender_id: int, starts_at: datetime, ends_at: datetime, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_wish(lender_id, 2, starts_at, ends_at, now=NOW)
    assert refused.value.field == field, why
    check_wish(1, 2, NOW + DAY, NOW + 367 * DAY, now=NOW)  # a year, a leap one
