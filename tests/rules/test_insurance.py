"""What a contract cannot be made without (domain.md §9 "Contracts")."""

from typing import Any

import pytest

from fleet.insurance import check_gaps, list_gaps
from mobility.errors import RuleBroken

KNOWN = {"breakdown_phone": "08 00 00 00 99", "insurer": "Assurances d’essai", "excess_cents": 45_000}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"breakdown_phone": " "}, "Il manque le numéro d’assistance en cas de panne : votre responsable le note dans « Règles »."),
        ({"excess_cents": None}, "Il manque la franchise : votre responsable la note dans « Règles », ou sur la fiche du véhicule."),
        (
            {"insurer": "", "excess_cents": None},
            "Il manque l’assureur et la franchise : votre responsable les note dans « Règles », ou sur la fiche du véhicule.",
        ),
    ],
)
def test_every_gap_is_named_with_the_place_to_fill_it(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_gaps(list_gaps(**(KNOWN | said)))
    assert refused.value.sentence == f"Le contrat ne peut pas encore se faire. {sentence}"


def test_an_excess_of_nothing_is_known() -> None:
    assert list_gaps(**(KNOWN | {"excess_cents": 0})) == ()
