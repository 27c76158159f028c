"""Who may be one person under two files: the reasons, and what is no reason."""

from datetime import date

import pytest

from mobility.likeness import Identity, is_one_letter_apart, reasons

BORN = date(1996, 4, 3)


def who(first: str = "Noémie", last: str = "Falgaroux", birth_on: date | None = BORN, **more: str) -> Identity:
    return Identity(first_name=first, last_name=last, birth_on=birth_on, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "expected", "why"),
    [
        (who("noemie", "FALGAROUX", None), ("même nom et même prénom, sans date de naissance pour trancher",), "a form without a date"),
        (who(), ("même nom et même prénom, même date de naissance",), "a file mended by hand"),
        (who("Falgaroux", "Noémie"), ("nom et prénom échangés, même date de naissance",), "fields filled the wrong way round"),
        (who("Falgaroux", "Noémie", None), ("nom et prénom échangés, sans date de naissance pour trancher",), "the same, without a date"),
        (who("Noémie", "Falgarou"), ("une lettre d’écart dans le nom, même date de naissance",), "a letter too few"),
        (who("Noémi"), ("une lettre d’écart dans le nom, même date de naissance",), "in the first name too"),
        (
            who(birth_on=date(1996, 3, 4)),
            ("même nom et même prénom, dates de naissance proches (3 avril 1996 et 4 mars 1996)",),
            "day and month turned",
        ),
        (
            who(birth_on=date(1986, 4, 3)),
            ("même nom et même prénom, dates de naissance proches (3 avril 1996 et 3 avril 1986)",),
            "one figure apart",
        ),
        (who(birth_on=date(1971, 12, 28)), (), "two people of one name"),
        (who("Noémi", "Falgarou"), (), "two names that differ are two people"),
        (who("Noémie", "Falgarou", None), (), "a letter apart needs the date"),
        (who("Lazare", "Pontivel"), (), "born the same day is no reason"),
    ],
)
def test_names_and_dates(other: Identity, expected: tuple[str, ...], why: str) -> None:
    assert reasons(who(), other) == expected, why
    assert len(reasons(other, who())) == len(expected), "the same from the other side"


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"phone": "+33639981122"}, {"phone": "+33639981122"}, ("même téléphone",)),
        ({"email": "a@example.org"}, {"email": "A@Example.org"}, ("même adresse mail",)),
        ({"phone": "+33639981122"}, {"phone": "+33639981123"}, ()),
        ({}, {}, ()),
    ],
)
def test_contacts(mine: dict[str, str], theirs: dict[str, str], expected: tuple[str, ...]) -> None:
    assert reasons(who(**mine), who("Lazare", "Pontivel", date(1980, 1, 1), **theirs)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("martin", "martin", False),
        ("martin", "marten", True),
        ("martin", "martins", True),
        ("martin", "artin", True),
        ("martin", "matrin", True),
        ("martin", "mertan", False),
        ("martin", "martinez", False),
        ("", "a", True),
        ("ab", "ba", True),
    ],
)
def test_one_letter(one: str, other: str, expected: bool) -> None:
    assert (is_one_letter_apart(one, other), is_one_letter_apart(other, one)) == (expected, expected)
