"""How people's own spreadsheets are read: their headings, their words, their days and amounts."""

from datetime import date

import pytest

from fleet.takeover_fields import check_matching, guess
from fleet.takeover_words import find_deposit_kind, find_kind, find_programme, read_any_day, read_cents, read_km, read_past_day, split_name

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("headings", "cells", "remembered", "meant", "why"),
    [
        (("IMMAT.", "N° véhicule"), {}, {}, ("plate", "label"), "case, accents and full stops say nothing"),
        (("Nom", "Type"), {}, {}, ("label", "kind"), "alone it is the vehicle's name, as in the fleet's own spreadsheet"),
        (("Nom", "Prénom"), {}, {}, ("last_name", "first_name"), "beside a first name it is somebody's"),
        (("Plaque", "Immatriculation"), {}, {}, ("plate", None), "a field has one column, the first"),
        (("A", "B"), {"A": "AA-101-ZZ", "B": "06 61 38 54 35"}, {}, ("plate", "phone"), "what stands under it says it"),
        (("Réf",), {"Réf": "AA-101-ZZ"}, {"ref": ""}, (None,), "left aside once, left aside again"),
        (("Réf",), {"Réf": "x"}, {"ref": "model"}, ("model",), "as it was matched the last time"),
        (("Réf",), {"Réf": "x"}, {"ref": "gone"}, (None,), "a field that is no more"),
    ],
)
def test_what_a_heading_means(
    headings: tuple[str, ...], cells: dict[str, str], remembered: dict[str, str], meant: tuple[str | None, ...], why: str
) -> None:
    found = guess(headings, [cells], remembered)
    assert tuple(map(found.get, headings)) == meant, why


def test_a_matching_that_cannot_be_is_refused_by_column() -> None:
    faults = check_matching(("A", "B", "C"), {"A": "plate", "B": "plate", "C": "nothing", "D": "label"})
    assert faults.keys() == {"B", "C", "D"} and "déjà la colonne « A »" in faults["B"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("MARTEL Ysoline", "Ysoline", "MARTEL"),
        ("Jean-Luc LE GOFF", "Jean-Luc", "LE GOFF"),
        ("Mme Adama Sorel", "Adama", "Sorel"),
        ("Sorel", "", "Sorel"),
        ("YSOLINE MARTEL", "YSOLINE", "MARTEL"),
    ],
)
def test_a_name_typed_whole(text: str, first: str, last: str) -> None:
    assert split_name(text) == (first, last)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (find_kind, "Vélo à assistance électrique", "ebike"),
        (find_kind, "Citadine", "car"),
        (find_kind, "soucoupe", None),
        (find_deposit_kind, "Chèque n° 12", "uncashed_cheque"),
        (find_deposit_kind, "CB", "card_elsewhere"),
        (find_deposit_kind, "troc", None),
        (find_programme, "Échéancier 5 mois", "amie"),
        (find_programme, "Tarif journalier", "daily"),
        (find_programme, "troc", None),
        (read_cents, "1 250,5 €", 125_050),
        (read_cents, "-5", -500),
        (read_km, "48 210 km", 48_210),
        (read_km, "48210,0", 48_210),
        (lambda text: read_past_day(text, TODAY).day, "12/04/91", date(1991, 4, 12)),
        (lambda text: read_past_day(text, TODAY).day, "2026-02-16 00:00", date(2026, 2, 16)),
        (lambda text: read_any_day(text, TODAY).day, "01/06/27", date(2027, 6, 1)),
    ],
)
def test_a_cell_as_it_is_typed(read, text: str, value: object) -> None:  # type: ignore[no-untyped-def]
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [(read_cents, "1,250"), (read_cents, "douze"), (read_km, "300 miles"), (read_km, "beaucoup"), (read_km, "-3")],
)
def test_a_cell_that_means_nothing_says_so(read, text: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"miles|n’est pas"):
        read(text)
