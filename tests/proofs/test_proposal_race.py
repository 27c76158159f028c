"""A freed vehicle is never proposed twice at once, not even for days that do not touch; without the second look it is."""

import pytest

from fleet.actions import proposals
from fleet.actions.waiting import ask
from fleet.queries.proposals import list_fits
from mobility.periods import ONE_DAY
from mobility.rights import Role
from tests.garage import MONDAY, clear_person, make_person, make_vehicle
from tests.house import House
from tests.racing import race

pytestmark = pytest.mark.race
CLIENTS = 3


@pytest.mark.parametrize("rounds", [2, pytest.param(40, marks=pytest.mark.proof)])
@pytest.mark.parametrize("guarded", [True, False])
def test_one_proposal_a_vehicle(house: House, monkeypatch: pytest.MonkeyPatch, guarded: bool, rounds: int) -> None:
    """Each client holds the vehicle of its round for another person, a week after the one before."""
    if not guarded:
        monkeypatch.setattr(proposals, "find_in_the_way", lambda *asked: None)
    with house.writing():
        by = house.viewer(Role.ADVISER)
        for client in range(CLIENTS):
            person = make_person(house, 100 + client).id
            clear_person(house, person)
            first_on = MONDAY + (7 + 7 * client) * ONE_DAY
            ask(person, kind="car", first_on=first_on, last_on=first_on + 4 * ONE_DAY, by=by, now=house.clock())
        cars = [make_vehicle(house, f"Libre {number}").id for number in range(rounds)]
    with house.reading():
        fits = {(fit.vehicle_id, fit.request_id): fit for fit in list_fits(house.clock())}
    requests = sorted({request_id for _, request_id in fits})

    def attempt(client: int, number: int) -> bool:
        with house.writing():
            return proposals.propose(fits[cars[number], requests[(client + number) % CLIENTS]], by=by, now=house.clock()) is not None

    tries = race(CLIENTS, rounds, attempt)
    assert not [t.answer for t in tries if isinstance(t.answer, Exception)]
    made = [sum(t.answer for t in tries if t.round == number) for number in range(rounds)]
    print(f"{CLIENTS} clients × {rounds} vehicles, second look {'on' if guarded else 'off'}: proposals a vehicle {made}")
    assert made[0] == (1 if guarded else CLIENTS)
    assert max(made) == (1 if guarded else CLIENTS)
