from datetime import time

import pytest

from fleet.kinds import get_kind
from fleet.ways import Missing, Standing, Work, judge, say_transit
from mobility.geo.places import RoadDistance

LICENCE = Missing(sentence="Il faut le permis B.", remedy="Préparez-le ensemble.")


def standing(**more: object) -> Standing:
    return Standing(**({"reach_km": 7, "licence": None, "clearance": None, "free": 1} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begins", "ends", "at_night", "reason"),
    [
        (time(8), time(17), False, "office hours"),
        (time(6), time(21), False, "the edges of the day"),
        (time(5), time(13), True, "a morning shift"),
        (time(13), time(22), True, "an evening shift"),
        (time(22), time(6), True, "over midnight"),
    ],
)
def test_a_shift_at_night_warns_two_wheels_and_the_lines(begins: time, ends: time, at_night: bool, reason: str) -> None:
    work = Work(one_way_tenths=50, begins=begins, ends=ends)
    warned = judge(get_kind("bike"), work, standing()).notes
    assert (work.is_at_night, bool(warned), "peu de lignes" in say_transit(work)) == (at_night,) * 3, reason
    assert judge(get_kind("car"), work, standing(reach_km=None)).notes == ()


@pytest.mark.parametrize(
    ("tenths", "reach_km", "fits", "reason"),
    [
        (70, 7, True, "as far as it reaches"),
        (71, 7, False, "a hundred metres further"),
        (400, None, True, "no reach is known: any"),
        (400, 0, True, "chosen with the person, never refused for its reach"),
        (None, 7, True, "not known: said, not refused"),
    ],
)
def test_the_reach(tenths: int | None, reach_km: int | None, fits: bool, reason: str) -> None:
    way = judge(get_kind("bike"), Work(one_way_tenths=tenths, begins=time(8), ends=time(17)), standing(reach_km=reach_km))
    assert way.fits is fits, reason
    assert ("Distance à vérifier" in " ".join(way.notes)) is (tenths is None)


def test_everything_that_is_missing_is_named_with_its_remedy() -> None:
    work = Work(one_way_tenths=182, begins=time(8), ends=time(17))
    way = judge(get_kind("bike"), work, standing(licence=LICENCE, free=0))
    assert [missing.sentence for missing in way.missing] == [
        "Le trajet fait 18 km à l’aller ; un vélo convient jusqu’à 7 km.",
        "Il faut le permis B.",
        "Aucun n’est libre sur ces dates.",
    ]
    assert all(missing.remedy for missing in way.missing)


def test_the_nearest_is_said_to_be_an_estimate() -> None:
    near = standing(nearest=RoadDistance(km=4.2, is_estimate=True))
    way = judge(get_kind("bike"), Work(one_way_tenths=50, begins=time(8), ends=time(17)), near)
    assert way.notes == ("Le plus proche attend à environ 4,2 km, estimation à vol d’oiseau, du domicile.",)
