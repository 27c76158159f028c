"""What somebody types, and the commune they mean."""

from pathlib import Path

import pytest

from mobility.geo.gazetteer import fold, match, read_communes

COMMUNES = read_communes()


def names(typed: str, limit: int = 5) -> list[str]:
    return [place.commune for place in match(typed, COMMUNES, limit=limit)]


def test_the_twenty_communes_are_packaged() -> None:
    assert len(COMMUNES) == 20
    assert len({place.insee for place in COMMUNES}) == 20


@pytest.mark.parametrize(
    ("typed", "first", "why"),
    [
        ("Gémenos", "Gémenos", "as written"),
        ("GEMENOS", "Gémenos", "neither accents nor case"),
        ("13260", "Cassis", "a postcode alone"),
        ("roquefort la bedoule", "Roquefort-la-Bédoule", "spaces for hyphens"),
        ("12 rue de Cassis, 13400 Aubagne", "Aubagne", "a street named after another town"),
        ("12 rue de Cassis, Aubagne", "Aubagne", "the town is named last"),
        ("3 chemin Blin 13600 Ceyreste", "Ceyreste", "two communes share the postcode: the name decides"),
        ("13999 Aubagne", "Aubagne", "a mistyped postcode does not hide the name"),
        ("carn", "Carnoux-en-Provence", "the beginning of a name"),
        ("penne huv", "La Penne-sur-Huveaune", "the beginnings of its words"),
        ("1326", "Cassis", "the beginning of a postcode"),
    ],
)
def test_the_commune_that_is_meant_comes_first(typed: str, first: str, why: str) -> None:
    assert names(typed)[0] == first, why


def test_a_shared_postcode_gives_both_communes() -> None:
    assert names("13600") == ["Ceyreste", "La Ciotat"]


@pytest.mark.parametrize("typed", ["", " ", "a", "Sedan", "'; --", "\x00\ud800", "75001"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert names(typed) == []


def test_the_limit_holds() -> None:
    assert len(names("la", limit=2)) == 2
    assert names("la", limit=0) == []


def test_saint_is_one_word_however_short() -> None:
    assert fold("St-Jean-d’Aulps") == "saint jean d aulps"


def test_another_layout_is_not_read_in_silence(tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("ville;lat\nAubagne;43\n", encoding="utf-8")
    with pytest.raises(KeyError):
        read_communes(tmp_path / "wrong.csv")
