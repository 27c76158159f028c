"""Priority districts: how a code reads, which perimeter it belongs to, and when that one is in force (domain.md §9 "QPV")."""

from datetime import date
from typing import Any

import pytest

from billing.districts import perimeter_of, read_code, read_district, say_district
from mobility.errors import RuleBroken

TODAY = date(2026, 3, 2)
SEEN: dict[str, Any] = {"typed": "QN01334M", "seen_how": "map", "seen_on": TODAY, "from_on": date(2025, 9, 1), "today": TODAY}

PERIMETERS = [
    ("QN01334M", 2024, date(2023, 12, 31), False, "mainland: drawn anew for 2024"),
    ("QN01334M", 2024, date(2024, 1, 1), True, "its first day"),
    ("QP013001", 2015, date(2023, 12, 31), True, "the last day of the perimeters of 2015 on the mainland"),
    ("QP013001", 2015, date(2024, 1, 1), False, "replaced"),
    ("QP971001", 2015, date(2024, 12, 31), True, "overseas they lasted a year longer"),
    ("QN97103I", 2025, date(2024, 12, 31), False, "overseas: drawn anew for 2025"),
    ("QN97103I", 2025, date(2025, 1, 1), True, "its first day"),
    ("QN02A01M", 2024, date(2026, 3, 2), True, "Corsica's department is written with a letter"),
]


@pytest.mark.parametrize(("code", "year", "day", "holds", "why"), PERIMETERS, ids=[case[-1] for case in PERIMETERS])
def test_a_perimeter_counts_from_its_day_on(code: str, year: int, day: date, holds: bool, why: str) -> None:
    found = perimeter_of(read_code(code))
    assert (found.year, found.holds_on(day)) == (year, holds)


@pytest.mark.parametrize("typed", ["qn01334m", " QN 013 34 M "])
def test_a_code_reads_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "QN01334M"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"typed": None}, "district"),  # nothing but a tick
        ({"typed": "QN1334M"}, "district"),  # a digit short
        ({"typed": "QP01334M"}, "district"),  # the letters of 2015 with the form of 2024
        ({"typed": "QN01334"}, "district"),  # the last letter is missing
        ({"typed": "QN0१334M"}, "district"),  # another script's digit
        ({"typed": "les Cigales"}, "district"),  # a name
        ({"seen_how": None}, "seen_how"),
        ({"seen_on": None}, "seen_on"),
        ({"seen_on": date(2026, 3, 3)}, "seen_on"),  # tomorrow
        ({"from_on": date(2023, 12, 31)}, "from_on"),  # before its perimeter was in force
        ({"typed": "QP013001"}, "from_on"),  # after its perimeter was replaced
    ],
    ids=str,
)
def test_what_proves_nothing_is_refused_beside_its_field(told: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_district(**SEEN | told)
    assert refused.value.field == field


def test_a_district_is_said_with_its_perimeter_and_its_day() -> None:
    assert say_district(read_district(**SEEN)) == "QN01334M, périmètre 2024, adresse vérifiée le 2 mars 2026"
