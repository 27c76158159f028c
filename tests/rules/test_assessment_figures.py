"""The year's figures of assessments: means, how sure they are, and none of a public that is a few people."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assessments.figures import FEWEST, PUBLICS, Held, count_year, gained_by_public, pairs_of, publics_of

potentials = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=12)


def held_by(ways: list[tuple[int, int]]) -> list[Held]:
    return [
        Held(person=person, kind=kind, version="2026.1", held_on=date(2026, month, 1), potential=potential)
        for person, way in enumerate(ways)
        for kind, month, potential in zip(("entry", "exit"), (1, 6), way, strict=True)
    ]


@given(potentials)
def test_a_mean_lies_among_the_gains_and_few_people_have_no_margin(ways: list[tuple[int, int]]) -> None:
    figures, gained = count_year(held_by(ways), 2026), [after - before for before, after in ways]
    assert (figures.entries, figures.exits, figures.compared) == (len(ways), len(ways), len(ways))
    if not ways:
        assert figures.effectiveness is figures.potential_at_entry is None
    else:
        assert figures.effectiveness is not None and min(gained) <= figures.effectiveness <= max(gained)
    if len(ways) < FEWEST:
        assert figures.margin is None
    else:
        assert figures.margin is not None and 0 <= figures.margin <= 100
        assert figures.margin == 0 or len(set(gained)) > 1


def test_ten_people_who_gained_ten_to_twenty_eight_points_gained_nineteen_give_or_take_four() -> None:
    figures = count_year(held_by([(40, 50 + 2 * number) for number in range(10)]), 2026)
    assert (figures.potential_at_entry, figures.effectiveness, figures.margin) == (40, 19, 4)


def test_each_public_has_its_own_mean_and_few_people_none() -> None:
    pairs = pairs_of(held_by([(50, 50 + number) for number in range(8)]), 2026)
    publics = {person: ["Femmes"] if person < 6 else ["Hommes"] for person in range(8)}
    assert gained_by_public(pairs, publics) == {"Femmes (6 personnes)": 3, "Hommes (moins de 5 personnes)": None}


def test_publics_follow_what_is_known() -> None:
    assert publics_of(sex="F", age=25, has_rsa=True, lives_in_qpv=False) == ["Femmes", "Moins de 26 ans", "Au RSA"]
    assert publics_of(sex="M", age=26, has_rsa=False, lives_in_qpv=True) == ["Hommes", "26 à 49 ans", "Quartier prioritaire"]
    assert publics_of(sex=None, age=50, has_rsa=False, lives_in_qpv=False) == ["50 ans et plus"]
    assert publics_of(sex=None, age=None, has_rsa=False, lives_in_qpv=False) == []
    assert len(PUBLICS) == len(set(PUBLICS))
