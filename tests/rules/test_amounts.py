"""Amounts as somebody types them: what is taken, and what each refusal says."""

import pytest
from marshmallow import ValidationError

from mobility.web.fields import Cents

DUE = Cents(minimum=1, maximum=50_000)


@pytest.mark.parametrize(
    ("text", "cents"), [("17,50", 1750), ("17.5", 1750), ("17", 1700), ("1\u202f000", 100_000), ("12 €", 1200), ("-3", -300)]
)
def test_an_amount_is_read_with_a_comma_a_point_or_spaces(text: str, cents: int) -> None:
    assert Cents().typed(text) == cents


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1e3", "par exemple 17,50"),
        ("dix", "par exemple 17,50"),
        ("1,2,3", "par exemple 17,50"),
        ("1000000000000", "trop grand : vérifiez le nombre de chiffres"),
        ("1 000 000 000 000,00 €", "trop grand : vérifiez le nombre de chiffres"),
        ("17,505", "Deux chiffres au plus"),
        ("1.000", "Deux chiffres au plus"),
        ("17 $", "sans autre monnaie"),
        ("17 € ou 20 CHF", "sans autre monnaie"),
        ("0", "trop petit : 0,01 € au moins"),
        ("-3", "trop petit : 0,01 € au moins"),
        ("500,01", "trop grand : 500 € au plus"),
        ("१७", "par exemple 17,50"),
    ],
)
def test_what_is_no_amount_is_told_why(text: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        DUE.deserialize(DUE.typed(text))
