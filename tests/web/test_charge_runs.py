"""The weekly charges asked for before the night, on the page and in JSON: how many wait, what was charged, and nothing twice."""

from mobility.rights import Role
from tests.actions.test_billing_accounts import make_account
from tests.house import House
from tests.web.test_money import post


def test_the_treasurer_charges_before_the_night_does_and_nothing_twice(house: House) -> None:
    path, by = house.api("money/charge-runs"), house.bearer(Role.TREASURER)
    with house.writing():
        make_account(house)
    house.clock.forward(days=7)
    client = house.client(Role.MANAGER)
    before = client.get(house.page("money/charge-runs")).text.replace("\u00a0", " ")
    assert "1 location a peut-être une semaine" in before and "Rien n’a encore été compté" in before
    assert post(house, Role.MANAGER, "money/charge-runs").status_code == 303
    after = client.get(house.page("money/charge-runs")).text.replace("\u00a0", " ")
    assert "Tout est compté" in after and "1 sur 1" in after and "35 €" in after
    api = house.app.test_client()
    assert api.post(path, headers=by).json == {"charges": 0, "cents": 0}
    (run,) = api.get(path, headers=by).json["rows"]
    assert (run["state"], run["rentals"], run["done"], run["charges"], run["cents"]) == ("done", 1, 1, 1, 3500)
    house.clock.forward(days=7)
    assert api.post(path, headers=by).json == {"charges": 1, "cents": 3500}
