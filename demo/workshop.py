"""The workshop: a garage near by, a service done and paid last month, tyres to change next week, two defects told."""

from datetime import timedelta

from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.costs import note_cost
from fleet.actions.defects import judge_defect, tell_defect
from fleet.actions.garages import add_garage
from fleet.actions.rescue import send_another_way
from fleet.actions.upkeep import note_done, set_rhythm
from fleet.actions.work_orders import add_labour, add_part, close_order, finish_order, open_order, plan_order, start_order
from fleet.queries.readings import last_km
from fleet.queries.rentals import list_rentals
from fleet.queries.rescue import list_stranded
from mobility.rights import Role, Viewer

DAY = timedelta(days=1)


def workshop(stage: Stage) -> Story:
    """Two vehicles that nobody rides go through the mechanic’s hands."""
    yield stage.at(-30, 8, 15)
    by, scooter, moped = stage.staff[Role.MECHANIC], stage.vehicles["scooter"][1], stage.vehicles["moped"][0]
    reached = {"phone": "04 65 71 00 90", "email": "moulin@example.org"}
    garage = add_garage(name="Garage solidaire du Moulin", is_solidarity=True, **reached, by=by, now=stage.now)
    order = open_order(scooter, subject="service", description="Révision annuelle", garage_id=garage.id, by=by, now=stage.now)
    start_order(order.id, ends_at=stage.now + 3 * DAY, by=by, now=stage.now)
    for bike in (*stage.vehicles["bike"], stage.vehicles["ebike"][0]):
        note_done(bike, item="service", done_on=stage.day(-40), by=by, now=stage.now)
    car = stage.vehicles["car"][0]
    note_done(car, item="service", done_on=stage.day(-30), km=last_km(car), by=by, now=stage.now)
    set_rhythm(car, item="service", every_km=1_500, by=by, now=stage.now)  # it is driven hard
    yield stage.at(-29, 16, 40)
    add_part(order.id, label="Bougie", quantity=1, unit_cents=890, by=by, now=stage.now)
    add_part(order.id, label="Huile, le litre", quantity=2, unit_cents=1_150, by=by, now=stage.now)
    add_labour(order.id, label="Révision", quarters=6, hour_cents=3_800, by=by, now=stage.now)
    finish_order(order.id, by=by, now=stage.now)
    close_order(order.id, by=by, now=stage.now)
    note_cost(car, on=stage.day(-29), kind="insurance", cents=41_200, document_number="A-2291", by=by, now=stage.now)
    note_cost(car, on=stage.day(-30), kind="fuel", cents=5_840, note="Plein avant le départ", by=by, now=stage.now)
    yield stage.at(-1, 8, 30)
    worn = "Pneu arrière usé au témoin"
    order = open_order(moped, subject="tyres", description=worn, garage_id=garage.id, by=by, now=stage.now)
    plan_order(order.id, starts_at=stage.at(6, 8), ends_at=stage.at(6, 18), by=by, now=stage.now)
    ebike = next(rental.vehicle.id for rental in list_rentals() if rental.vehicle.kind == "ebike")
    for hit in list_stranded(ebike, until=stage.now + DAY, now=stage.now):
        send_another_way(ebike, hit.booking.id, way="bus", note="ligne 30, 7 h 10, arrêt du Port", by=stage.adviser, now=stage.now)
    for rental, (part, words, answer) in zip(list_rentals(), _TOLD, strict=False):
        own = Viewer(name=rental.name, roles=frozenset({Role.BENEFICIARY}), beneficiary_id=rental.person.id)
        told = tell_defect(rental.booking.id, part=part, words=words, by=own, now=stage.now)
        if answer:
            judge_defect(told.id, state="notice", answer=answer, by=by, now=stage.now)


_TOLD = (
    ("brakes", "Ça grince en freinant, surtout le matin", "Plaquettes encore bonnes ; on les change au prochain passage."),
    ("lights", "Le feu arrière clignote sur les pavés", None),
)
