"""Why a file may be erased, how it is confirmed, until when its books stay, and who is told of in a text."""

from datetime import UTC, date, datetime

import pytest

from mobility.erasing import ASKED, DUE, TOLD, Case, check_typed, kept_until, why_of
from mobility.errors import RuleBroken


@pytest.mark.parametrize(
    ("is_asked", "is_ripe", "told", "why"),
    [(True, True, False, ASKED), (True, False, False, ASKED), (False, True, False, DUE), (False, False, True, TOLD)],
)
def test_a_file_is_erased_because_it_was_asked_or_its_warning_stood(is_asked: bool, is_ripe: bool, told: bool, why: str) -> None:
    assert why_of(is_asked=is_asked, is_ripe=is_ripe, told=told) == why


def test_nobody_is_erased_without_a_reason_or_a_number() -> None:
    with pytest.raises(RuleBroken) as refused:
        why_of(is_asked=False, is_ripe=False, told=False)
    assert refused.value.field == "told"
    check_typed(" p-00012 ", "P-00012")
    with pytest.raises(RuleBroken, match="P-00012") as refused:
        check_typed("P-00013", "P-00012")
    assert refused.value.field == "number"


def test_the_books_stay_ten_years_from_the_end_of_the_year_of_the_last_entry() -> None:
    assert kept_until(date(2026, 1, 1)) == kept_until(date(2026, 12, 31)) == date(2036, 12, 31)
    assert kept_until(None) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('{"first_name": "camille", "last_name": "ESSAI"}', True),
        ("Ligne 3 : ESSAI, Camille", True),
        ("Écrire à C.Essai@example.org", True),
        ("Camille Voisin", False),
        ("Lou Essai", False),
    ],
)
def test_a_text_tells_of_somebody_by_both_names_or_an_address(said: str, told: bool) -> None:
    case = Case(
        platform_id=1,
        beneficiary_id=1,
        number="P-00001",
        first_name="Camille",
        last_name="Essai",
        addresses=("c.essai@example.org",),
        at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert case.is_told_in(said) is told
