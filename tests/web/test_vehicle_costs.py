"""What a vehicle costs: noted with its bill, brought by a closed work order, told per kilometre and per day, carried away."""

from datetime import date
from io import BytesIO

from PIL import Image

from fleet.actions import work_orders
from fleet.models import Vehicle, VehicleCost
from mobility.db import db
from mobility.models import Attachment
from mobility.rights import Role
from tests.browsing import post
from tests.garage import make_vehicle
from tests.house import House


def a_bill() -> BytesIO:
    kept = BytesIO()
    Image.new("RGB", (300, 400), "white").save(kept, "JPEG")
    kept.seek(0)
    return kept


def test_an_expense_and_a_closed_work_order_make_the_figures_of_a_vehicle(house: House) -> None:
    with house.writing():
        by, now = house.viewer(Role.MECHANIC), house.clock()
        vehicle_id = make_vehicle(house).id
        order = work_orders.open_order(vehicle_id, subject="service", by=by, now=now)
        work_orders.add_part(order.id, label="Filtre", quantity=2, unit_cents=1_250, by=by, now=now)
        work_orders.close_order(order.id, by=by, now=now)
        empty = work_orders.open_order(vehicle_id, subject="service", by=by, now=now)
        work_orders.close_order(empty.id, by=by, now=now)
    client, page = house.client(Role.TREASURER), house.page(f"vehicles/{vehicle_id}/costs")
    typed = {"on": "2026-03-01", "kind": "fuel", "cents": "40,50", "document_number": "T-12", "bill": (a_bill(), "ticket.jpg")}
    assert post(client, page, typed, content_type="multipart/form-data").status_code == 303
    assert post(client, page, {"on": "2026-03-03", "kind": "fuel", "cents": "10"}).status_code == 422
    with house.reading():
        costs = db.session.query(VehicleCost).order_by(VehicleCost.id).all()
        assert [(c.kind, c.cents, c.document_number) for c in costs] == [("workshop", 2_500, order.number), ("fuel", 4_050, "T-12")]
        assert db.session.get_one(Attachment, costs[1].attachment_id).claimed_at is not None
    shown = client.get(page).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "65,50 €" in shown and order.number in shown
    told = house.client(None).get(house.api(f"vehicles/{vehicle_id}/costs"), headers=house.bearer(Role.ADVISER)).json
    assert (told["cents"], told["by_kind"], told["days"], told["day_cents"], told["km_cents"]) == (
        6_550,
        {"workshop": 2_500, "fuel": 4_050},
        365,
        18,
        None,
    )
    with house.writing():
        bought = db.session.get_one(Vehicle, vehicle_id)
        bought.purchase_cents, bought.in_service_on = 730_000, date(2022, 3, 2)
    told = house.client(None).get(house.api(f"vehicles/{vehicle_id}/costs"), headers=house.bearer(Role.ADVISER)).json
    # 1 826 days of five years, 365 of them looked at
    assert told["by_kind"]["purchase"] == 145_920 and told["cents"] == 6_550 + 145_920
    shown = client.get(page).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "7 300 €, est réparti à parts égales par jour du 2 mars 2022 au 1er mars 2027" in shown and "Part du prix d’achat" in shown
    assert client.get(house.page("vehicle-costs?cost=fuel")).text.count("<tr>") == 2
    assert post(client, f"{page}/{costs[0].id}/drop", {}).status_code == 409
    head = house.bearer(Role.TREASURER)
    assert house.client(None).delete(house.api(f"vehicles/{vehicle_id}/costs/{costs[1].id}"), headers=head).status_code == 204
    assert client.get(page + "?since=2026-03-02&until=2026-03-01").status_code == 422
