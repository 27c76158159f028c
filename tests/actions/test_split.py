"""A booking cut in two: the rest on another vehicle, held at once, or given back; one account, one contract's next version."""

import re
from datetime import timedelta

import pytest

from billing.models import BillingAccount, Deposit
from fleet.actions import blocks, bookings, cancellations, changes
from fleet.errors import VehicleTaken
from fleet.lifecycle import SPLIT, NotNow
from fleet.models import Booking, Contract, Occupancy
from fleet.queries.changes import preview
from fleet.queries.contracts import draft, is_current
from fleet.queries.parts import list_exchanges
from fleet.queries.rentals import get_rental
from mobility.errors import RuleBroken
from mobility.rights import Role
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import RentalDesk

CUT = at(16, 8)


class CutDesk(RentalDesk):
    """A rental of four weeks, another car, and somebody else who would like either."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        with house.writing():
            self.spare = make_vehicle(house, "Citadine 2", plate="BB-111-BB", insurer="Assurances du Littoral", excess_cents=45000).id
            self.other = make_person(house, 2).id
            clear_person(house, self.other)

    def cut(self) -> Booking:
        return self.on(changes.split, at=CUT, vehicle_id=self.spare)

    def held(self, vehicle_id: int) -> list[tuple[object, object, str]]:
        """What holds a vehicle for this booking, in order."""
        rows = [row for row in self.rows(Occupancy) if row.vehicle_id == vehicle_id and row.booking_id == self.booking_id]
        return sorted((row.starts_at, row.ends_at, row.status) for row in rows if row.status != "released")

    def take(self, vehicle_id: int, first: int, last: int) -> object:
        return self.act(bookings.book, self.other, vehicle_id, starts_at=at(first), ends_at=at(last))


@pytest.fixture
def desk(house: House) -> CutDesk:
    return CutDesk(house)


def test_the_rest_is_held_on_the_other_vehicle_and_the_first_is_free_from_the_cut(desk: CutDesk) -> None:
    desk.out()
    before = desk.booking()
    cut = desk.cut()
    assert (cut.ends_at, cut.price_sentence, cut.vehicle_id) == (before.ends_at, before.price_sentence, desk.car)
    assert desk.held(desk.car) == [(before.handed_over_at, CUT, "out")]
    assert desk.held(desk.spare) == [(CUT, before.ends_at, "confirmed")]
    assert len(desk.rows(BillingAccount)) == len(desk.rows(Deposit)) == 1, "one account, one deposit"
    first, second = desk.rows(Contract)
    assert (second.signed_at, second.terms["then_vehicle"]["label"]) == (None, "Citadine 2")
    with desk.house.reading():
        rental = get_rental(desk.booking_id, desk.by)
        assert is_current(second, rental) and not is_current(first, rental)
        assert draft(rental, number="x", adviser="y", now=desk.house.clock()).then_from_at == CUT
    desk.take(desk.car, 17, 20)
    with pytest.raises(VehicleTaken):
        desk.take(desk.spare, 17, 20)


def test_the_keys_are_exchanged_as_agreed_and_both_pasts_stay(desk: CutDesk) -> None:
    desk.out()
    desk.cut()
    desk.house.clock.set(CUT + timedelta(hours=1))
    with desk.house.reading():
        ((booking, vehicle, _, from_at),) = list_exchanges(CUT.date())
        assert (booking.id, vehicle.id, from_at) == (desk.booking_id, desk.spare, CUT)
    desk.on(changes.swap, vehicle_id=desk.spare, returned_km=48_300, handed_km=12_000)
    assert [(starts, status) for starts, _, status in desk.held(desk.spare)] == [(desk.house.clock(), "out")]
    with desk.house.reading():
        assert not list_exchanges(CUT.date())
        assert is_current(desk.rows(Contract)[-1], get_rental(desk.booking_id, desk.by)), "what was agreed was done"
    desk.later(days=1)
    desk.take_back(12_100)
    assert desk.mileage().chain.driven_km == 400  # type: ignore[union-attr]


def test_the_board_moves_each_part_by_what_may_change(desk: CutDesk) -> None:
    """The first part's end is no return, the second's vehicle is not held yet; a part given back moves no more, and is away no longer."""
    client, page = desk.house.client(Role.ADVISER), desk.house.page("board")
    desk.out()
    desk.cut()
    shown = re.findall(r'<td colspan="\d+" class="\w+"( data-id[^>]*)>', client.get(page).text)
    assert sorted(shown) == [f' data-id="{desk.booking_id}"', f' data-id="{desk.booking_id}" data-ends="2026-03-30T00:00" data-next']
    desk.house.clock.set(CUT + timedelta(hours=1))
    desk.on(changes.swap, vehicle_id=desk.spare, returned_km=48_300, handed_km=12_000)
    desk.later(days=3)
    cells = [cell for cell in client.get(page).text.split("<td ") if f"/bookings/{desk.booking_id}" in cell]
    assert ["data-id" in cell for cell in cells] == [False, True] and "rendue" in cells[0], "given back, then out"
    assert 'colspan="1"' in cells[0], "of this week it was away on the first morning"


@pytest.mark.parametrize("way", ["returned", "cancelled", "swapped", "shortened"])
def test_whatever_ends_the_plan_lets_go_of_the_second_part(desk: CutDesk, way: str) -> None:
    if way in ("returned", "swapped"):
        desk.out()
    desk.cut()
    if way == "returned":
        desk.house.clock.set(CUT + timedelta(days=2))  # with the first vehicle, never exchanged
        desk.take_back(48_500)
        assert desk.held(desk.car)[0][1] == desk.house.clock(), "it was away until it came back"
    elif way == "cancelled":
        desk.on(bookings.cancel, reason="mistake")
    elif way == "swapped":
        with desk.house.writing():
            third = make_vehicle(desk.house, "Citadine 3").id
        desk.on(changes.swap, vehicle_id=third, returned_km=48_100, handed_km=10)
    else:
        desk.on(changes.shorten, ends_at=at(10))
    assert desk.held(desk.spare) == []
    desk.take(desk.spare, 19, 24)


def test_a_cut_booking_cancelled_by_mistake_comes_back_on_both_its_vehicles(desk: CutDesk) -> None:
    desk.cut()
    before = {car: desk.held(car) for car in (desk.car, desk.spare)}
    assert all(before.values())
    desk.on(bookings.cancel, reason="mistake")
    assert not desk.held(desk.car) and not desk.held(desk.spare)
    assert desk.on(cancellations.reopen).status == "confirmed"
    assert {car: desk.held(car) for car in before} == before
    desk.on(bookings.cancel, reason="mistake")
    desk.take(desk.spare, 19, 24)
    with pytest.raises(VehicleTaken):
        desk.on(cancellations.reopen)
    assert not desk.held(desk.car), "it comes back whole, or not at all"


def test_a_booking_swapped_whole_after_the_cut_comes_back_whole(desk: CutDesk) -> None:
    desk.cut()
    with desk.house.writing():
        third = make_vehicle(desk.house, "Citadine 3", insurer="Assurances du Littoral", excess_cents=45000).id
    desk.on(changes.swap, vehicle_id=third)
    whole = desk.held(third)
    desk.on(bookings.cancel, reason="mistake")
    desk.on(cancellations.reopen)
    assert desk.held(third) == whole and not desk.held(desk.spare) and not desk.held(desk.car)


def test_a_cut_booking_is_prolonged_where_it_ends_and_the_workshop_gives_back_its_own_part_only(desk: CutDesk) -> None:
    desk.out()
    desk.cut()
    longer = desk.on(changes.extend, ends_at=at(2, month=4))
    assert desk.held(desk.spare) == [(CUT, longer.ends_at, "confirmed")]
    blocked = desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(10), ends_at=at(20))
    account = desk.rows(BillingAccount)[0]
    assert account.out_of_service[-1][1] <= CUT.date().isoformat(), "on the other vehicle days count"
    desk.act(blocks.lift, blocked.id)
    assert max(end for _, end, _ in desk.held(desk.car)) == CUT
    for refused in (lambda: desk.cut(), lambda: desk.on(changes.split, at=at(20))):
        with pytest.raises(NotNow, match="déjà coupée"):
            refused()


def test_what_is_refused_and_what_the_preview_says_first(desk: CutDesk) -> None:
    def said(**asked: object) -> object:
        with desk.house.reading():
            return preview(desk.booking_id, act=SPLIT, viewer=desk.by, now=desk.house.clock(), **asked)  # type: ignore[arg-type]

    on_another, given_back = said(at=CUT, vehicle_id=desk.spare), said(at=CUT)
    assert (on_another.price.difference_cents, given_back.price.difference_cents) == (0, -7_000)  # type: ignore[attr-defined]
    with desk.house.writing():
        bike = make_vehicle(desk.house, "Vélo", kind="bike").id
    desk.take(desk.spare, 17, 20)
    for error, field, asked in (
        (RuleBroken, "at", {"at": at(1), "vehicle_id": desk.spare}),
        (RuleBroken, "vehicle_id", {"at": CUT, "vehicle_id": bike}),
        (RuleBroken, "vehicle_id", {"at": CUT, "vehicle_id": desk.car}),
        (VehicleTaken, "vehicle_id", {"at": CUT, "vehicle_id": desk.spare}),
    ):
        for way in (said, lambda **wish: desk.on(changes.split, **wish)):
            with pytest.raises(error) as refused:
                way(**asked)
            assert refused.value.field == field or error is VehicleTaken
    assert desk.on(changes.split, at=CUT).price_sentence == "Voiture à 5 €, 14 jours : 70 €", "given back"
