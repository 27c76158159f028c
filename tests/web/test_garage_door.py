"""A garage by its mailed link: its own orders and nobody's name; it proposes, writes, says done; the workshop decides."""

import re

from sqlalchemy import select

from fleet.actions.garages import add_garage, change_garage
from fleet.actions.work_orders import open_order
from fleet.models import Block, Garage, WorkOrder
from mobility.db import db
from mobility.models import AuditEntry, Link, Message
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, make_vehicle
from tests.house import House


def make_orders(house: House) -> tuple[int, int, int]:
    """A garage with a mail address, its order, and one of another garage."""
    with house.writing():
        by, now = house.viewer(Role.MECHANIC), house.clock()
        garage = add_garage(name="Garage du Moulin", email="moulin@example.org", by=by, now=now)
        other = add_garage(name="Autre garage", by=by, now=now)
        mine = open_order(make_vehicle(house).id, subject="tyres", garage_id=garage.id, by=by, now=now)
        theirs = open_order(make_vehicle(house, "Citadine 2").id, subject="service", garage_id=other.id, by=by, now=now)
        return garage.id, mine.id, theirs.id


def mailed(house: House, garage_id: int) -> str:
    """The address in the mail that the mechanic has sent."""
    sent = post(house.client(Role.MECHANIC), house.page(f"garages/{garage_id}/link"))
    assert sent.status_code == 303
    with house.reading():
        body = db.session.scalars(select(Message.body).order_by(Message.id.desc())).first() or ""
        found = re.search(r"/p/\S+/garage/\S+", body)
        assert found
        token = found[0].rpartition("/")[2]
        assert token not in {link.token_hash for link in db.session.scalars(select(Link))}, "kept hashed"
    return found[0]


def test_a_garage_proposes_writes_and_says_done_and_the_workshop_decides(house: House) -> None:
    garage_id, mine, theirs = make_orders(house)
    door, client, mechanic = mailed(house, garage_id), house.client(None), house.client(Role.MECHANIC)
    listed = client.get(door)
    assert "Citadine 1" in listed.text and "Citadine 2" not in listed.text, "its own only"
    assert client.get(f"{door}/orders/{theirs}").status_code == 404
    for act in ("propose", "parts", "labour", "done"):
        sent = {"starts_at": "2026-03-04T08:00", "ends_at": "2026-03-05T18:00", "label": "x", "quantity": "1", "unit_cents": "1"}
        refused = post(client, f"{door}/orders/{theirs}/{act}", sent | {"quarters": "1", "hour_cents": "1"})
        assert refused.status_code in (404, 422), act
    backwards = post(client, f"{door}/orders/{mine}/propose", {"starts_at": "2026-03-05T08:00", "ends_at": "2026-03-04T18:00"})
    assert backwards.status_code == 422 and "La fin vient après le début" in backwards.text
    asked = {"starts_at": "2026-03-04T08:00", "ends_at": "2026-03-05T18:00"}
    assert post(client, f"{door}/orders/{mine}/propose", asked).status_code == 303
    assert post(client, f"{door}/orders/{mine}/parts", {"label": "Pneu", "quantity": "2", "unit_cents": "64,50"}).status_code == 303
    assert post(client, f"{door}/orders/{mine}/labour", {"label": "Pose", "quarters": "1,5", "hour_cents": "40"}).status_code == 303
    with house.reading():
        assert not db.session.scalars(select(Block)).all(), "a proposal holds nothing"
        assert db.session.scalars(select(AuditEntry.account_id).filter(AuditEntry.verb == "propose")).one() is None
    page = mechanic.get(house.page(f"work-orders/{mine}")).text.replace("\xa0", " ").replace("\u202f", " ")
    assert "Le garage propose une date" in page and "189 €" in page
    accepted = re.search(r'name="starts_at" value="(\S+?)"><input type="hidden" name="ends_at" value="(\S+?)"', page)
    assert accepted
    plan = {"starts_at": accepted[1], "ends_at": accepted[2]}
    assert post(mechanic, house.page(f"work-orders/{mine}/plan"), plan).status_code == 303
    with house.reading():
        assert db.session.scalars(select(Block)).one().starts_at == at(4, 8)
        assert db.session.get_one(WorkOrder, mine).proposed_starts_at is None, "answered"
    assert post(client, f"{door}/orders/{mine}/done").status_code == 303
    assert post(client, f"{door}/orders/{mine}/done").status_code == 409
    assert "le garage dit que c’est prêt" in mechanic.get(house.page("desk")).text.replace("\xa0", " ")
    with house.reading():
        assert db.session.get_one(WorkOrder, mine).status == "planned", "the vehicle is back when the workshop says so"


def test_a_link_ends_with_its_days_or_with_the_garage_and_needs_an_address(house: House) -> None:
    garage_id, mine, _ = make_orders(house)
    first, client = mailed(house, garage_id), house.client(None)
    assert client.get(first[:-4] + "aaaa").status_code == 404
    with house.writing():
        other = db.session.scalars(select(Garage.id).filter(Garage.email.is_(None))).one()
    headers = house.bearer(Role.MECHANIC)
    assert house.app.test_client().post(house.api(f"garages/{other}/link"), json={}, headers=headers).status_code == 422
    refused = post(house.client(Role.MECHANIC), house.page(f"garages/{other}/link"))
    assert refused.status_code == 422 and 'value="Autre garage"' in refused.text, "the page keeps what is known"
    assert house.app.test_client().post(house.api(f"garages/{garage_id}/link"), json={}, headers=headers).status_code == 200
    with house.writing():
        change_garage(garage_id, name="Garage du Moulin", is_open=False, by=house.viewer(Role.MANAGER), now=house.clock())
    assert client.get(first).status_code == 404, "it works for us no more"
    with house.writing():
        change_garage(garage_id, name="Garage du Moulin", is_open=True, by=house.viewer(Role.MANAGER), now=house.clock())
    assert client.get(f"{first}/orders/{mine}").status_code == 200
    house.clock.forward(days=61)
    assert client.get(first).status_code == 404
