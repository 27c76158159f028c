"""Stops as typed, and seats by leg: never more aboard than there are seats, and a seat left serves who gets on there."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.errors import RuleBroken
from mobility.group_trips import Leg, Stop, aboard, as_data, check_leg, from_data, has_room, minutes_of, read_stops

STOPS = read_stops("7:10 Gare\n7h25  Place du  Marché\n\n8 h 05 Zone du Port")


def test_stops_are_read_as_people_type_them() -> None:
    assert (
        Stop(at=time(7, 10), place="Gare"),
        Stop(at=time(7, 25), place="Place du Marché"),
        Stop(at=time(8, 5), place="Zone du Port"),
    ) == STOPS
    assert minutes_of(STOPS) == 55 and from_data(as_data(STOPS)) == STOPS and from_data(None) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Deux arrêts au moins"),
        ("7:10 Gare", "Deux arrêts au moins"),
        ("7:10 Gare\nPort", "Ligne 2 : commencez par l’heure"),
        ("7:10 Gare\n7:10 Port", "Ligne 2 : cet arrêt vient après"),
        ("7:10 Gare\n25:10 Port", "Ligne 2 : cette heure"),
        ("7:10 Gare\n8:00 " + "x" * 81, "Ligne 2 : un lieu"),
        ("\n".join(f"{hour}:00 Lieu" for hour in range(13)), "12 au plus"),
    ],
)
def test_what_is_no_stop_is_named_by_its_line(typed: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        read_stops(typed)


@pytest.mark.parametrize("leg", [(1, 1), (2, 1), (0, 3), (-1, 1)])
def test_nobody_gets_off_before_they_get_on(leg: Leg) -> None:
    with pytest.raises(RuleBroken):
        check_leg(STOPS, leg)


LEGS = st.tuples(st.integers(0, 4), st.integers(1, 5)).filter(lambda leg: leg[0] < leg[1])


@given(st.lists(LEGS, max_size=20), st.integers(1, 4))
def test_asked_one_after_the_other_no_part_of_the_way_has_more_aboard_than_seats(wanted: list[Leg], places: int) -> None:
    taken: list[Leg] = []
    for leg in wanted:
        if has_room(taken, leg, places):
            taken.append(leg)
        else:
            assert max(aboard(taken, 6)[leg[0] : leg[1]]) == places, "refused only where a part of the way is full"
    assert max(aboard(taken, 6)) <= places
