"""Every kind of vehicle goes the whole way to a firm booking, once the platform gave it a price."""

import pytest

from billing.actions.tariffs import add_version
from fleet.actions.bookings import book
from fleet.kinds import KINDS
from mobility.db import db
from mobility.models import Action, Document
from mobility.rights import Role
from tests.garage import MONDAY, at, clear_person, make_vehicle
from tests.house import House


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_a_vehicle_of_any_kind_is_booked_and_begins_its_action(house: House, kind: str) -> None:
    with house.writing():
        prices = {kind.code: 300 for kind in KINDS}
        add_version(label="Tout type", from_on=MONDAY, day_cents=prices, by=house.viewer(Role.MANAGER), now=house.clock())
        vehicle = make_vehicle(house, "De chaque type", kind, gearbox="manual" if kind == "car" else None).id
        licence = Document(beneficiary_id=house.beneficiary_id, kind="licence", category="A1", issued_on=MONDAY, seen_at=house.clock())
        db.session.add(licence)
        clear_person(house, house.beneficiary_id)
        adviser = house.viewer(Role.ADVISER)
        action_id = book(house.beneficiary_id, vehicle, starts_at=at(3), ends_at=at(10), by=adviser, now=house.clock()).action_id
    with house.reading():
        assert db.session.get_one(Action, action_id).kind == f"rental_{kind}"
