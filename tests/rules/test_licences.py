from datetime import date
from typing import Any

import pytest

from fleet.kinds import get_kind
from fleet.licences import Driver, Licence, may_drive, years_held

FIRST, LAST = date(2026, 3, 2), date(2026, 5, 29)


def make_licence(**changes: Any) -> Licence:
    return Licence(**{"category": "B", "obtained_on": date(2020, 6, 1), **changes})


def make_driver(*licences: Licence, born_on: date = date(1995, 4, 3)) -> Driver:
    return Driver(born_on=born_on, licences=licences)


TRAINED = make_licence(category="B125", obtained_on=date(2025, 9, 1))
LATER = make_licence(category="B125", obtained_on=date(2026, 3, 3))
ABROAD = {"origin": "other", "resident_since_on": date(2025, 5, 29)}


@pytest.mark.parametrize(
    ("driver", "kind", "gearbox", "allowed", "reason"),
    [
        (make_driver(), "bike", "manual", True, "a bike asks for nothing"),
        (make_driver(), "ebike", "manual", True, "nor does an e-bike"),
        (make_driver(), "scooter", "automatic", False, "born after 1988 without AM"),
        (make_driver(born_on=date(1988, 1, 1)), "moped", "automatic", False, "born on the day itself: AM needed"),
        (make_driver(born_on=date(1987, 12, 31)), "moped", "automatic", True, "born the day before: nothing needed"),
        (make_driver(make_licence(category="AM")), "scooter", "automatic", True, "the AM itself"),
        (make_driver(make_licence()), "scooter", "automatic", True, "any B also allows it"),
        (make_driver(make_licence(restrictions=frozenset({"78"}))), "scooter", "manual", True, "code 78 does not concern a scooter"),
        (make_driver(make_licence(category="AM")), "car", "manual", False, "an AM is no B"),
        (make_driver(), "cargo_bike", "manual", True, "a cargo bike asks for nothing"),
        (make_driver(make_licence(category="AM")), "quadricycle", "automatic", True, "a light quadricycle is driven with an AM"),
        (make_driver(), "quadricycle", "automatic", False, "born after 1988 without AM"),
        (make_driver(make_licence(category="A1")), "scooter125", "automatic", True, "the A1 itself"),
        (make_driver(make_licence(category="A2")), "scooter125", "automatic", True, "a greater one"),
        (make_driver(make_licence()), "scooter125", "automatic", False, "a B alone, without the training"),
        (make_driver(make_licence(), TRAINED), "scooter125", "automatic", True, "a B of five years and the training"),
        (make_driver(make_licence(obtained_on=date(2024, 3, 3)), TRAINED), "scooter125", "automatic", False, "a day short of two years"),
        (make_driver(TRAINED), "scooter125", "automatic", False, "the training without the B"),
        (make_driver(make_licence(), LATER), "scooter125", "automatic", False, "the training comes after the handover"),
        (make_driver(make_licence()), "car", "manual", True, "a plain B"),
        (make_driver(make_licence(restrictions=frozenset({"78"}))), "car", "manual", False, "78: automatic only"),
        (make_driver(make_licence(restrictions=frozenset({"78"}))), "car", "automatic", True, "78 with an automatic"),
        (make_driver(make_licence(valid_until_on=LAST)), "car", "manual", True, "valid to the last day"),
        (make_driver(make_licence(valid_until_on=date(2026, 5, 28))), "car", "manual", False, "ends a day too early"),
        (make_driver(make_licence(obtained_on=date(2026, 3, 3))), "car", "manual", False, "not yet obtained at the handover"),
        (make_driver(make_licence(**ABROAD)), "car", "manual", True, "the year ends on the last day"),
        (make_driver(make_licence(**{**ABROAD, "resident_since_on": date(2025, 5, 28)})), "car", "manual", False, "the year ends before"),
        (make_driver(make_licence(origin="eu", valid_until_on=None)), "car", "manual", True, "a licence of the EU stays valid"),
        (
            make_driver(make_licence(**{**ABROAD, "resident_since_on": date(2024, 1, 1), "exception_until_on": date(2027, 1, 1)})),
            "car",
            "manual",
            True,
            "an exception in writing runs longer than the year",
        ),
        (make_driver(make_licence(origin="other")), "car", "manual", False, "no day of residence: the year cannot be counted"),
        (make_driver(make_licence(origin="other", exception_until_on=LAST)), "car", "manual", True, "an exception alone is enough"),
        (make_driver(make_licence(valid_until_on=date(2026, 1, 1)), make_licence()), "car", "manual", True, "one good licence is enough"),
    ],
)
def test_who_may_drive(driver: Driver, kind: str, gearbox: str, allowed: bool, reason: str) -> None:
    assert may_drive(driver, get_kind(kind), first_on=FIRST, last_on=LAST, gearbox=gearbox).allowed is allowed, reason


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        (make_licence(valid_until_on=date(2026, 3, 1)), "n’est plus valable depuis le 1er mars 2026"),
        (make_licence(valid_until_on=date(2026, 4, 1)), "s’arrête avant la fin de la location, le 1er avril 2026"),
        (make_licence(**{**ABROAD, "resident_since_on": date(2025, 3, 10)}), "demandez son échange"),
        (make_licence(restrictions=frozenset({"78"})), "boîte automatique"),
        (make_licence(origin="other"), "notez depuis quand cette personne réside en France"),
    ],
)
def test_a_refusal_says_what_to_do(licence: Licence, words: str) -> None:
    answer = may_drive(make_driver(licence), get_kind("car"), first_on=FIRST, last_on=LAST)
    assert words in answer.sentence


def test_years_are_completed_years() -> None:
    assert years_held(make_licence(obtained_on=date(2025, 3, 3)), FIRST) == 0
    assert years_held(make_licence(obtained_on=date(2025, 3, 2)), FIRST) == 1
