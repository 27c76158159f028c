"""What of a deposit may be kept (domain.md §2.4, §9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.keeping import CEILINGS_CENTS, KEPT_REASONS, PROVEN, Keeping, Limits, check_keeping
from mobility.errors import RuleBroken

WIDE = {"held_cents": 30_000, "owed_cents": 30_000, "ceiling_cents": 30_000}
SEEN = {"cents": 10_000, "why": "damage", "cost_cents": 10_000, "photos": 1}

REFUSALS = [
    (SEEN | {"why": "mood"}, WIDE, "why", "quelle raison", "a reason that is none"),
    (SEEN | {"cost_cents": None}, WIDE, "cost_cents", "facture ou le devis", "a damage that nothing prices"),
    (SEEN | {"photos": 0}, WIDE, "pictures", "photo", "a damage that nothing shows"),
    (SEEN | {"cents": 0}, WIDE, "cents", "zéro", "nothing"),
    (SEEN | {"cents": 10_001}, WIDE, "cents", "devis est de 100 €", "more than the bill"),
    (SEEN, WIDE | {"held_cents": 9_999}, "cents", "détenue est de 99,99 €", "more than is held"),
    (SEEN, WIDE | {"owed_cents": 9_999}, "cents", "doit 99,99 €", "more than the account owes"),
    (SEEN, WIDE | {"owed_cents": -500}, "cents", "doit 0 €", "an account paid ahead owes nothing"),
    (SEEN, WIDE | {"ceiling_cents": 9_999}, "cents", "99,99 € au plus", "more than the ceiling"),
    (SEEN, WIDE | {"kept_cents": 20_001}, "cents", "99,99 € au plus", "the ceiling counts what was kept before"),
]


@pytest.mark.parametrize(("wanted", "limits", "field", "words", "why"), REFUSALS, ids=[case[4] for case in REFUSALS])
def test_refusals(wanted: dict, limits: dict, field: str, words: str, why: str) -> None:
    check_keeping(Keeping(**SEEN), Limits(**WIDE))
    with pytest.raises(RuleBroken) as refused:
        check_keeping(Keeping(**wanted), Limits(**limits))
    assert (refused.value.field, words in refused.value.sentence) == (field, True), why


def test_what_is_owed_in_rent_needs_no_picture() -> None:
    check_keeping(Keeping(cents=10_000, why="unpaid"), Limits(**WIDE))


def test_every_reason_has_its_ceiling() -> None:
    assert set(CEILINGS_CENTS) == set(KEPT_REASONS) > set(PROVEN)


@given(st.lists(st.integers(-5, 400), min_size=6, max_size=6), st.sampled_from(sorted(KEPT_REASONS)))
def test_what_is_kept_never_passes_a_limit(numbers: list[int], why: str) -> None:
    """Kept or refused, the answer is that of the five limits taken together."""
    cents, cost, held, owed, ceiling, before = numbers
    limits = Limits(held_cents=held, owed_cents=owed, ceiling_cents=ceiling, kept_cents=max(before, 0))
    allowed = 0 < cents <= min(cost, held, owed, ceiling - max(before, 0))
    try:
        check_keeping(Keeping(cents=cents, why=why, cost_cents=cost, photos=1), limits)
    except RuleBroken:
        assert not allowed
    else:
        assert allowed
