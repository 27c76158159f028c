"""Names: folded for search and identity, said without harm."""

from datetime import date

import pytest

from mobility.errors import RuleBroken
from mobility.names import check_birth, fold, identity_key, of, say_name, search_key

TODAY = date(2026, 3, 2)
BORN = date(1990, 5, 17)


@pytest.mark.parametrize(
    ("typed", "folded", "why"),
    [
        ("Jean-Noël", "jean noel", "accents and hyphens"),
        ("  LŒFFEL ", "loeffel", "ligature, case, spaces"),
        ("D’Angelo", "d angelo", "typographic apostrophe"),
        ("D'Angelo", "d angelo", "typewriter apostrophe"),
        ("Łukasz", "lukasz", "a letter that Unicode does not take apart"),
        ("محمّد", "محمد", "Arabic keeps its letters and loses its vowel marks"),
        ("Ірина", "ірина", "Cyrillic stays"),
        ("e\u0301lodie", "elodie", "accent typed apart"),
        ("--", "", "no letter, no key"),
    ],
)
def test_fold(typed: str, folded: str, why: str) -> None:
    assert fold(typed) == folded, why


@pytest.mark.parametrize(
    ("first", "last", "same", "why"),
    [
        ("Jean-Noël", "Le Goff", True, "as typed"),
        ("JEAN NOEL", "LEGOFF", True, "no accent, no space"),
        ("Le Goff", "Jean-Noël", False, "name and first name are not swapped"),
        ("Jean", "Le Goff", False, "another first name"),
    ],
)
def test_identity(first: str, last: str, same: bool, why: str) -> None:
    assert (identity_key(first, last, BORN) == identity_key("Jean-Noël", "Le Goff", BORN)) is same, why


def test_the_search_key_fits_its_column_whatever_the_letters_unfold_into() -> None:
    assert len(search_key("ﷺ" * 80, "ﷺ" * 80)) <= 300
    assert len(identity_key("ﷺ" * 80, "ﷺ" * 80, BORN)) <= 300


@pytest.mark.parametrize(
    ("born", "says", "why"),
    [
        (date(2026, 3, 2), None, "today's child"),
        (date(1916, 3, 3), None, "109 years"),
        (date(2030, 1, 1), "futur", "to come"),
        (date(1901, 1, 1), "plus de 110 ans", "two digits read as 1901"),
    ],
)
def test_birth(born: date, says: str | None, why: str) -> None:
    if says is None:
        check_birth(born, TODAY)
        return
    with pytest.raises(RuleBroken, match=says) as refused:
        check_birth(born, TODAY)
    assert refused.value.field == "birth_on", why


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("Camille", "Essai", "Camille E."),
        ("Anne-Lise", "d’Or", "Anne-Lise D."),
        ("http://evil.example/x", "Essai", "httpevilexamplex E."),
        ("<b>Zoé</b>", "", "bZoéb"),
        ("محمد", "العربي", "محمد ا."),
        ("1234", "---", "cette personne"),
    ],
)
def test_a_name_in_a_mail_is_letters_only(first: str, last: str, said: str) -> None:
    assert say_name(first, last) == said


@pytest.mark.parametrize(
    ("name", "said", "why"),
    [
        ("Adama", "d’Adama", "a vowel"),
        ("Élouan", "d’Élouan", "a vowel with its accent"),
        ("Ysoline", "d’Ysoline", "y sounds as a vowel before a consonant"),
        ("Yanis", "de Yanis", "y sounds as a consonant before a vowel"),
        ("Hugo", "de Hugo", "before an h both are said"),
        ("", "de ", "nothing known breaks no page"),
    ],
)
def test_of(name: str, said: str, why: str) -> None:
    assert of(name) == said, why
