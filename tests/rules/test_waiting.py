"""Who comes first: each criterion alone, then the order, then the acts; pure, so no database."""

from datetime import date, timedelta
from typing import Any

import pytest

from fleet.waiting import (
    BACK,
    CRITERIA,
    EXPIRED,
    FIRST,
    PAUSE,
    PAUSED,
    RESUME,
    SERVED,
    WAITING,
    WITHDRAW,
    WITHDRAWN,
    Rules,
    Waiter,
    after,
    may,
    rank,
    weigh,
)
from mobility.errors import Conflict
from mobility.periods import instant_of

TODAY = date(2026, 3, 2)
RULES = Rules(points={criterion.code: criterion.points for criterion in CRITERIA}, soon_days=14, far_km=15)


def make_waiter(number: int = 1, *, days_ago: int = 0, **more: Any) -> Waiter:
    on = TODAY - timedelta(days=days_ago)
    return Waiter(id=number, **({"kind": "car", "asked_at": instant_of(on), "asked_on": on} | more))


NOTED = "un contrat, une promesse d’embauche ou une formation est noté"
CASES: list[tuple[str, dict[str, Any], list[tuple[str, int, str]]]] = [
    ("nothing known gives nothing", {}, []),
    (
        "a job that starts in 14 days is soon, and is noted",
        {"has_job": True, "job_starts_on": date(2026, 3, 16)},
        [
            ("soon", 40, "l’emploi commence le 16 mars 2026"),
            ("contract", 20, NOTED),
        ],
    ),
    (
        "in 15 days it is only noted",
        {"has_job": True, "job_starts_on": date(2026, 3, 17)},
        [("contract", 20, NOTED)],
    ),
    (
        "one that began without a vehicle presses as much",
        {"has_job": True, "job_starts_on": date(2026, 2, 20)},
        [
            ("soon", 40, "l’emploi a commencé le 20 février 2026"),
            ("contract", 20, NOTED),
        ],
    ),
    ("a day without a job is no start", {"job_starts_on": date(2026, 3, 3)}, []),
    ("hours when few lines run", {"at_night": True}, [("hours", 20, "peu de lignes circulent à ces heures")]),
    ("15 km is far", {"one_way_tenths": 150}, [("far", 10, "le travail est à 15 km")]),
    ("14,9 km is not", {"one_way_tenths": 149}, []),
    ("children", {"with_children": True}, [("children", 10, "des enfants à charge, sans autre adulte")]),
    ("six days are no week yet", {"days_ago": 6}, []),
    ("each week counts", {"days_ago": 22}, [("week", 6, "3 semaines d’attente")]),
]


@pytest.mark.parametrize(("case", "facts", "reasons"), CASES, ids=[case for case, *_ in CASES])
def test_each_criterion_says_its_points_and_its_words(case: str, facts: dict[str, Any], reasons: list[tuple[str, int, str]]) -> None:
    assert [(r.code, r.points, r.sentence) for r in weigh(make_waiter(**facts), RULES, TODAY)] == reasons


def test_a_criterion_worth_nothing_is_not_said() -> None:
    rules = Rules(points={**RULES.points, "children": 0}, soon_days=14, far_km=15)
    assert weigh(make_waiter(with_children=True), rules, TODAY) == ()


def test_each_kind_has_its_queue_by_points_then_by_age_and_whom_an_adviser_put_first_leads() -> None:
    put_at = instant_of(TODAY)
    waiters = [
        make_waiter(1, at_night=True),
        make_waiter(2, days_ago=5),
        make_waiter(3, days_ago=6),
        make_waiter(4, first_for="employer", first_at=put_at),
        make_waiter(5, first_for="breakdown", first_at=put_at - timedelta(hours=1)),
        make_waiter(6, kind="bike"),
    ]
    found = rank(waiters, RULES, TODAY)
    assert {id_: standing.place for id_, standing in found.items()} == {5: 1, 4: 2, 1: 3, 3: 4, 2: 5, 6: 1}
    assert found == rank(reversed(waiters), RULES, TODAY), "the order given decides nothing"
    assert [found[id_].said for id_ in (5, 4, 6)] == ["1re place sur 5", "2e place sur 5", "seule demande"]
    assert found[4].why == "passe en premier : l’employeur ne peut plus attendre"
    assert found[2].why == "aucun critère pour l’instant"


def test_only_what_waits_can_move_and_nothing_comes_back_from_the_end() -> None:
    acts, states = (PAUSE, RESUME, FIRST, BACK, WITHDRAW), (WAITING, PAUSED, WITHDRAWN, SERVED, EXPIRED)
    allowed = {(act, state) for act in acts for state in states if may(act, state)}
    assert allowed == {(PAUSE, WAITING), (FIRST, WAITING), (BACK, WAITING), (WITHDRAW, WAITING), (RESUME, PAUSED), (WITHDRAW, PAUSED)}
    with pytest.raises(Conflict, match="véhicule trouvé"):
        after(WITHDRAW, SERVED)
