"""Telephone numbers as people write them, and what is kept."""

import pytest

from mobility.errors import RuleBroken
from mobility.phones import read_phone, say_phone


@pytest.mark.parametrize(
    ("typed", "kept", "why"),
    [
        ("+33 6 61 38 54 35", "+33661385435", "international, as the 2008 file has it"),
        ("06.19.06.48.86", "+33619064886", "dots"),
        ("0677345937", "+33677345937", "nothing between"),
        ("06 77 34 59 37", "+33677345937", "pairs"),
        ("06-77-34-59-37", "+33677345937", "hyphens"),
        ("06\u00a077\u202f34 59 37\n", "+33677345937", "no-break spaces of a copied page"),
        ("06/77/34/59/37", "+33677345937", "slashes"),
        ("0033 4 42 08 12 34", "+33442081234", "00 for +"),
        ("+33 (0)6 77 34 59 37", "+33677345937", "the 0 in brackets"),
        ("+33 06 77 34 59 37", "+33677345937", "a 0 too many"),
        ("677345937", "+33677345937", "a spreadsheet ate the first 0"),
        ("0692 12 34 56", "+262692123456", "La Réunion has its own country code"),
        ("0596 12 34 56", "+596596123456", "Martinique too"),
        ("0639 12 34 56", "+262639123456", "Mayotte"),
        ("06 39 98 00 01", "+33639980001", "kept for fiction, in mainland France"),
        ("+262 692 12 34 56", "+262692123456", "La Réunion, written out"),
        ("+380 44 123 45 67", "+380441234567", "a Ukrainian number is welcome"),
    ],
)
def test_a_number_is_kept_in_one_way(typed: str, kept: str, why: str) -> None:
    assert read_phone(typed) == kept, why
    assert read_phone(say_phone(kept)) == kept, "what is shown can be typed again"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "nothing"),
        ("06 77 34 59", "two digits short"),
        ("06 77 34 59 37 1", "one too many"),
        ("00 00 00 00 00", "no such number"),
        ("0033 6 77", "short, with its code"),
        ("+33 0 00 00 00 00", "no French number begins 00"),
        ("+0123456789", "no country is 0"),
        ("+1234567890123456", "16 digits"),
        ("0677345937 / 0442081234", "two numbers in one field"),
        ("chez sa mère 0677345937", "words"),
        ("٠٦٧٧٣٤٥٩٣٧", "another script's digits"),
        ("0677345937\x00", "a NUL byte"),
        ("0677345937;DROP", "rubbish"),
        ("9" * 10_000, "a book of digits"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_phone(typed, field="phone_2")
    assert (refused.value.field, "06 61 38 54 35" in refused.value.sentence) == ("phone_2", True), why


@pytest.mark.parametrize(
    ("kept", "said"),
    [("+33661385435", "06 61 38 54 35"), ("+262692123456", "06 92 12 34 56"), ("+380441234567", "+380441234567"), ("", "")],
)
def test_a_number_is_read_in_pairs(kept: str, said: str) -> None:
    assert say_phone(kept) == said
