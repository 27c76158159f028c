"""Bookings through their actions: hold, book, confirm, change, swap, cancel, block, lift."""

import pytest
from sqlalchemy import select

from billing.models import BillingAccount
from fleet.actions import blocks, bookings, changes, occupancy
from fleet.eligibility import NotCleared, Waiver
from fleet.errors import StalePage, VehicleTaken
from fleet.lifecycle import NotNow
from fleet.models import Booking, Occupancy
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Action, AuditEntry, Document
from mobility.rights import Role, Viewer
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House, make_house


class Desk:
    """An adviser with a cleared person, a second one, and two cars."""

    def __init__(self, house: House) -> None:
        self.house = house
        with house.writing():
            clear_person(house, house.beneficiary_id)
            self.other = make_person(house, 2, first_name="Noa").id
            clear_person(house, self.other)
            self.car, self.spare = make_vehicle(house).id, make_vehicle(house, "Citadine 2").id
            self.by: Viewer = house.viewer(Role.ADVISER)

    def act(self, verb: object, *args: object, **values: object) -> Booking:
        """One act in its own transaction, as the edge gives it."""
        with self.house.writing():
            return verb(*args, **values, by=self.by, now=self.house.clock())  # type: ignore[operator]

    def book(self, first: int = 3, last: int = 10, *, car: int | None = None, person: int | None = None, **more: object) -> Booking:
        beneficiary_id, vehicle_id = person or self.house.beneficiary_id, car or self.car
        return self.act(bookings.book, beneficiary_id, vehicle_id, starts_at=at(first), ends_at=at(last), **more)

    def hand_over(self, booking: Booking) -> None:
        """What the rental's handover does to the occupancy."""
        with self.house.writing():
            row = db.session.get_one(Booking, booking.id)
            row.status = "out"
            occupancy.go_out(row, occupancy.lock_vehicle(row.vehicle_id), "out", at=self.house.clock(), now=self.house.clock())

    def stretches(self, vehicle_id: int) -> list[tuple[object, object, str]]:
        """What holds or held a vehicle, in order."""
        with self.house.reading():
            rows = db.session.scalars(
                select(Occupancy).filter(Occupancy.vehicle_id == vehicle_id).order_by(Occupancy.starts_at, Occupancy.id)
            )
            return [(row.starts_at, row.ends_at, row.status) for row in rows if row.status != "released"]


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def test_a_booking_holds_the_vehicle_and_says_its_price(desk: Desk) -> None:
    booking = desk.book()
    assert (booking.status, booking.number) == ("confirmed", "R-2026-0001")
    assert booking.price_sentence == "Voiture à 5 €, 7 jours : 35 €"
    assert desk.stretches(desk.car) == [(at(3), at(10), "confirmed")]
    assert {c["state"] for c in booking.eligibility} == {"met"}
    with desk.house.reading():
        account = db.session.get_one(BillingAccount, booking.account_id)
        assert (account.reference, account.label, account.first_on, account.last_on) == (
            f"booking:{booking.id}", "Citadine 1", at(3).date(), at(9).date(),
        )  # fmt: skip
        assert db.session.get_one(Action, booking.action_id).kind == "rental_car"
        verbs = db.session.scalars(select(AuditEntry.verb).filter(AuditEntry.table_name == "booking").order_by(AuditEntry.id)).all()
    assert verbs == ["hold", "confirm"]


def test_a_taken_vehicle_says_when_never_for_whom(desk: Desk) -> None:
    desk.book()
    with pytest.raises(VehicleTaken) as refused:
        desk.book(9, 12, person=desk.other)
    assert refused.value.sentence == ("Ce véhicule est déjà réservé du 3 au 10 mars 2026. Choisissez d’autres dates ou un autre véhicule.")
    desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(20, 14), ends_at=at(20, 16))
    with pytest.raises(VehicleTaken, match="n’est pas utilisable le 20 mars 2026 de 14 h à 16 h"):
        desk.book(19, 22, person=desk.other)
    assert desk.book(10, 12, person=desk.other).number == "R-2026-0002", "the refused booking took no number with it"


def test_a_hold_that_ran_out_is_released_by_the_next_booker(desk: Desk) -> None:
    held = desk.act(bookings.hold, desk.house.beneficiary_id, desk.car, starts_at=at(5), ends_at=at(9))
    with pytest.raises(VehicleTaken):
        desk.book(5, 9, person=desk.other)
    desk.house.clock.forward(hours=48)
    taken = desk.book(5, 9, person=desk.other)
    with pytest.raises(NotNow, match="expiré"):
        desk.act(bookings.confirm, held.id)
    with desk.house.reading():
        assert db.session.get_one(Booking, held.id).status == "expired"
        assert db.session.get_one(Booking, taken.id).status == "confirmed"


def test_missing_conditions_are_all_named_and_a_dispense_is_kept_with_its_class(desk: Desk) -> None:
    with desk.house.writing():
        for paper in db.session.scalars(select(Document).filter(Document.kind.in_(("home", "membership")))):
            db.session.delete(paper)
    with pytest.raises(NotCleared) as refused:
        desk.book()
    assert {c.code for c in refused.value.missing} == {"membership", "paper_home"}
    dispense = (Waiver(code="membership", reason="job_starts"), Waiver(code="paper_home", reason="on_its_way"))
    booking = desk.book(waivers=dispense)
    assert {c["code"] for c in booking.eligibility if c["state"] == "waived"} == {"membership", "paper_home"}
    assert [(w["code"], w["class"], w["reason"]) for w in booking.waivers] == [
        ("membership", "association", "job_starts"),
        ("paper_home", "association", "on_its_way"),
    ]


def test_the_licence_is_never_waived(desk: Desk) -> None:
    with desk.house.writing():
        for paper in db.session.scalars(select(Document).filter(Document.kind == "licence")):
            db.session.delete(paper)
    with pytest.raises(RuleBroken, match="Aucune dispense"):
        desk.book(waivers=(Waiver(code="licence", reason="job_starts"),))
    held = desk.act(bookings.hold, desk.house.beneficiary_id, desk.car, starts_at=at(5), ends_at=at(9))
    with pytest.raises(NotCleared, match="permis"):
        desk.act(bookings.confirm, held.id)


def test_extend_shorten_and_shift_move_what_is_held_and_the_price(desk: Desk) -> None:
    booking = desk.book(3, 10)
    later = desk.book(12, 15, person=desk.other)
    with pytest.raises(VehicleTaken):
        desk.act(changes.extend, booking.id, ends_at=at(13))
    longer = desk.act(changes.extend, booking.id, ends_at=at(12))
    assert (longer.price_sentence, longer.version) == ("Voiture à 5 €, 9 jours : 45 €", 3)
    assert desk.act(changes.shorten, booking.id, ends_at=at(8)).price_sentence == "Voiture à 5 €, 5 jours : 25 €"
    desk.act(changes.shift, later.id, starts_at=at(8), ends_at=at(11))
    assert desk.stretches(desk.car) == [(at(3), at(8), "confirmed"), (at(8), at(11), "confirmed")]


def test_a_stale_page_is_told_so(desk: Desk) -> None:
    booking = desk.book()
    desk.act(changes.extend, booking.id, ends_at=at(12), version=booking.version)
    with pytest.raises(StalePage):
        desk.act(changes.shorten, booking.id, ends_at=at(5), version=booking.version)


def test_a_swap_before_the_keys_frees_the_first_vehicle(desk: Desk) -> None:
    booking = desk.book()
    desk.act(changes.swap, booking.id, vehicle_id=desk.spare)
    assert (desk.stretches(desk.car), desk.stretches(desk.spare)) == ([], [(at(3), at(10), "confirmed")])
    with pytest.raises(RuleBroken, match="déjà ce véhicule"):
        desk.act(changes.swap, booking.id, vehicle_id=desk.spare)
    with desk.house.writing():
        bike = make_vehicle(desk.house, "Vélo 1", "bike").id
    with pytest.raises(RuleBroken, match="autre type"):
        desk.act(changes.swap, booking.id, vehicle_id=bike)


def test_a_swap_mid_rental_keeps_the_past_on_the_first_vehicle(desk: Desk) -> None:
    booking = desk.book()
    desk.house.clock.set(at(3))
    desk.hand_over(booking)
    desk.house.clock.set(at(6))
    desk.act(changes.swap, booking.id, vehicle_id=desk.spare, returned_km=48_100, handed_km=12_000)
    assert desk.stretches(desk.car) == [(at(3), at(6), "out")]
    assert desk.stretches(desk.spare) == [(at(6), at(10), "out")]


def test_a_swap_onto_a_taken_vehicle_changes_nothing(desk: Desk) -> None:
    booking = desk.book()
    desk.book(9, 11, car=desk.spare, person=desk.other)
    with pytest.raises(VehicleTaken):
        desk.act(changes.swap, booking.id, vehicle_id=desk.spare)
    assert desk.stretches(desk.car) == [(at(3), at(10), "confirmed")]


def test_a_cancelled_slot_is_free_at_once(desk: Desk) -> None:
    booking = desk.book()
    with pytest.raises(RuleBroken):
        desk.act(bookings.cancel, booking.id, reason="because")
    assert desk.act(bookings.cancel, booking.id, reason="no_news").cancel_reason == "no_news"
    with desk.house.reading():
        assert db.session.get_one(BillingAccount, booking.account_id).closed_at is not None
        assert db.session.scalars(select(Action)).all() == [], "a path counts no rental that never began"
    assert desk.book(person=desk.other).status == "confirmed"
    with pytest.raises(NotNow, match="annulée"):
        desk.act(changes.extend, booking.id, ends_at=at(12))


def test_a_block_waits_for_bookings_and_makes_its_way_into_a_rental(desk: Desk) -> None:
    booking = desk.book()
    with pytest.raises(VehicleTaken):
        desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(4), ends_at=at(6))
    desk.house.clock.set(at(3))
    desk.hand_over(booking)
    made = desk.act(blocks.block, desk.car, reason="breakdown", starts_at=at(4), ends_at=at(6))
    assert desk.stretches(desk.car) == [(at(3), at(4), "out"), (at(4), at(6), "workshop"), (at(6), at(10), "out")]
    assert idle(desk, booking) == [["2026-03-04", "2026-03-05"]], "back at nine, the sixth counts"
    desk.house.clock.set(at(5))
    desk.act(blocks.lift, made.id)
    assert idle(desk, booking) == [["2026-03-04", "2026-03-04"]]
    assert desk.stretches(desk.car) == [(at(3), at(4), "out"), (at(4), at(5), "workshop"), (at(5), at(10), "out")]
    with pytest.raises(Conflict, match="déjà terminée"):
        desk.act(blocks.lift, made.id)
    never = desk.act(blocks.block, desk.car, reason="breakdown", starts_at=at(7), ends_at=at(8))
    desk.act(blocks.lift, never.id)
    assert desk.stretches(desk.car)[2:] == [(at(5), at(10), "out")], "one that never began leaves no seam"


def idle(desk: Desk, booking: Booking) -> list[list[str]]:
    """The days the booking's account does not charge."""
    with desk.house.reading():
        return db.session.get_one(BillingAccount, booking.account_id).out_of_service


def test_another_vehicle_ends_the_days_out_of_service(desk: Desk) -> None:
    booking = desk.book()
    desk.house.clock.set(at(3))
    desk.hand_over(booking)
    desk.act(blocks.block, desk.car, reason="breakdown", starts_at=at(4), ends_at=at(30))
    desk.house.clock.set(at(5, 15))
    desk.act(changes.swap, booking.id, vehicle_id=desk.spare, returned_km=48_100, handed_km=12_000)
    assert idle(desk, booking) == [["2026-03-04", "2026-03-05"]], "the vehicle came after the hour of return: the fifth is lost"


def test_amie_says_its_rents(desk: Desk) -> None:
    booking = desk.act(bookings.hold, desk.house.beneficiary_id, desk.car, starts_at=at(2, 14), ends_at=at(10, month=4), programme="amie")
    assert booking.price_sentence.startswith("AMIE 2008, mois 1 : 0 €, mois 2 : 12,27 €, total")
    assert {c["code"] for c in booking.eligibility if c["state"] == "missing"} == {"job", "followed"}


def test_a_block_over_the_end_of_a_rental_is_extended_past(desk: Desk) -> None:
    booking = desk.book()
    desk.house.clock.set(at(3))
    desk.hand_over(booking)
    desk.act(blocks.block, desk.car, reason="breakdown", starts_at=at(8), ends_at=at(10))
    desk.act(changes.extend, booking.id, ends_at=at(14))
    assert desk.stretches(desk.car) == [(at(3), at(8), "out"), (at(8), at(10), "workshop"), (at(10), at(14), "out")]


def test_a_return_truncates_and_a_late_one_holds_until_it_came(desk: Desk) -> None:
    early, late = desk.book(3, 10), desk.book(3, 10, car=desk.spare, person=desk.other)
    desk.house.clock.set(at(3))
    desk.hand_over(early)
    desk.hand_over(late)
    with desk.house.writing():
        occupancy.come_back(db.session.get_one(Booking, early.id), at=at(7))
        occupancy.come_back(db.session.get_one(Booking, late.id), at=at(11))
    assert desk.stretches(desk.car) == [(at(3), at(7), "out")]
    assert desk.stretches(desk.spare) == [(at(3), at(11), "out")]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"inspection_until": at(9).date()}, "contrôle technique"),
        ({"insured_until": at(9).date()}, "assurance"),
        ({"out_of_service_on": at(10).date()}, "quitté le parc"),
    ],
)
def test_a_vehicle_whose_papers_end_before_the_return_is_refused(desk: Desk, more: dict[str, object], sentence: str) -> None:
    with desk.house.writing():
        car = make_vehicle(desk.house, "Citadine 3", **more).id
    with pytest.raises(RuleBroken, match=sentence):
        desk.book(car=car)


def test_nothing_of_another_platform_can_be_booked(desk: Desk) -> None:
    other = make_house(desk.house.app, desk.house.clock, "autre")
    with other.writing():
        car = make_vehicle(other).id
    with pytest.raises(NotFound):
        desk.book(car=car)
    with pytest.raises(NotFound):
        desk.book(person=other.beneficiary_id)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(10, 3, "ends_at"), (5, 5, "ends_at"), (1, 5, "starts_at"), (3, 3 + 400, "ends_at")],
)
def test_impossible_dates_are_refused_beside_their_field(desk: Desk, first: int, last: int, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        desk.book(first, last)
    assert refused.value.field == field
