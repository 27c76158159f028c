"""A change is priced before it is sent, by the terms of the act itself; a swap reads both odometers and keeps each day's vehicle."""

from datetime import datetime
from typing import Any

import pytest

from billing.actions.charge_runs import post_due_charges
from billing.actions.payments import take_payment
from billing.models import BillingAccount, Receipt
from billing.queries.accounts import charged_cents
from billing.queries.statement import due_now, forecast
from fleet.actions import blocks, bookings, changes, handover
from fleet.errors import VehicleTaken
from fleet.lifecycle import NotNow
from fleet.models import Booking, ConditionReport, OdometerReading
from fleet.queries.changes import Preview, preview
from fleet.queries.parts import looks_due
from fleet.queries.rentals import list_rentals
from mobility.db import db
from mobility.errors import InputRefused, RuleBroken
from mobility.models import Document
from mobility.periods import ONE_DAY
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import FINE_CAR, RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house)


def look_ahead(desk: RentalDesk, act: str, **asked: Any) -> Preview:
    with desk.house.reading():
        return preview(desk.booking_id, act=act, **asked, viewer=desk.by, now=desk.house.clock())


def spare_of(desk: RentalDesk, **more: Any) -> int:
    with desk.house.writing():
        return make_vehicle(desk.house, "Citadine bleue", **more).id


def shown(desk: RentalDesk) -> int:
    """What the account comes to: charged, and still to come."""
    with desk.house.reading():
        (account,) = db.session.query(BillingAccount).all()
        coming = forecast(account)
        assert coming is not None
        return charged_cents(account.id) + coming.cents


def weeks_pass(desk: RentalDesk) -> None:
    """Nine days with three in the workshop; the first week is charged."""
    desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(4), ends_at=at(6))
    desk.house.clock.set(at(11))
    with desk.house.writing():
        post_due_charges(now=desk.house.clock())


@pytest.mark.parametrize("programme", ["daily", "amie"])
@pytest.mark.parametrize(("act", "day"), [("extend", 40), ("shorten", 20)])
def test_what_was_previewed_is_what_the_account_shows(house: House, programme: str, act: str, day: int) -> None:
    desk = RentalDesk(house, programme=programme).out()
    weeks_pass(desk)
    before, price = shown(desk), look_ahead(desk, act, ends_at=at(day)).price
    desk.on(getattr(changes, act), ends_at=at(day))
    assert (price.before.cents, price.after.cents) == (before, shown(desk))
    assert price.before.charged_cents == price.after.charged_cents == (2500 if programme == "daily" else 0), "what is charged stays"
    assert (price.difference_cents > 0) == (act == "extend")


def test_a_shift_is_previewed_too_also_as_an_option(desk: RentalDesk) -> None:
    price = look_ahead(desk, "shift", starts_at=at(9), ends_at=at(12)).price
    desk.on(changes.shift, starts_at=at(9), ends_at=at(12))
    assert (price.before.cents, price.after.cents, shown(desk)) == (14_000, 1_500, 1_500)
    option = desk.act(bookings.hold, desk.house.beneficiary_id, spare_of(desk), starts_at=at(20), ends_at=at(22))
    desk.booking_id = option.id
    longer = look_ahead(desk, "extend", ends_at=at(25)).price
    assert desk.on(changes.extend, ends_at=at(25)).price_sentence == longer.after.ahead == "Voiture à 5 €, 5 jours : 25 €"
    assert (longer.before.cents, longer.after.cents) == (1_000, 2_500)


def test_the_preview_refuses_what_the_act_refuses(desk: RentalDesk) -> None:
    with desk.house.writing():
        other = make_person(desk.house, 2, first_name="Noa").id
        clear_person(desk.house, other)
    desk.act(bookings.book, other, desk.car, starts_at=at(31), ends_at=at(40))
    for asked in (lambda **said: look_ahead(desk, "extend", **said), lambda **said: desk.on(changes.extend, **said)):
        with pytest.raises(VehicleTaken):
            asked(ends_at=at(35))
        with pytest.raises(RuleBroken, match="plus tardif"):
            asked(ends_at=at(20))


def test_the_law_refuses_a_rental_past_the_licence(desk: RentalDesk) -> None:
    with desk.house.writing():
        (licence,) = db.session.query(Document).filter_by(beneficiary_id=desk.house.beneficiary_id, kind="licence").all()
        licence.valid_until = at(35).date()
    for asked in (lambda **said: look_ahead(desk, "extend", **said), lambda **said: desk.on(changes.extend, **said)):
        with pytest.raises(RuleBroken, match="permis"):
            asked(ends_at=at(38))


@pytest.mark.parametrize(
    ("programme", "first_day_too_many", "way_out"), [("daily", at(1, month=6), "aux réglages"), ("amie", at(2, month=8), "microcrédit")]
)
def test_nothing_goes_past_the_longest_chain(house: House, programme: str, first_day_too_many: datetime, way_out: str) -> None:
    desk = RentalDesk(house, programme=programme)
    today, spare = {"starts_at": house.clock()}, spare_of(desk)
    tries = (
        lambda ends_at: look_ahead(desk, "extend", ends_at=ends_at),
        lambda ends_at: desk.on(changes.extend, ends_at=ends_at),
        lambda ends_at: look_ahead(desk, "shift", ends_at=ends_at, **today),
        lambda ends_at: desk.on(changes.shift, ends_at=ends_at, **today),
        lambda ends_at: desk.act(bookings.book, house.beneficiary_id, spare, programme=programme, ends_at=ends_at, **today),
    )
    for asked in tries:
        with pytest.raises(RuleBroken, match=f"Préparez la suite avec la personne.*{way_out}") as refused:
            asked(first_day_too_many)
        assert refused.value.field == "ends_at"
    last = first_day_too_many - ONE_DAY
    assert desk.on(changes.extend, ends_at=last).ends_at == last
    moved = desk.on(changes.shift, starts_at=at(3), ends_at=first_day_too_many)
    assert moved.ends_at == first_day_too_many, "as long as before, a day later"


def test_what_would_be_passed_beyond_is_said_and_not_refused(desk: RentalDesk) -> None:
    desk.out(48_000)
    desk.later(days=7)
    desk.read(48_900)
    (too_far,) = look_ahead(desk, "shorten", ends_at=at(14)).warnings
    assert "900 km" in too_far
    with desk.house.writing():
        db.session.query(Document).filter_by(beneficiary_id=desk.house.beneficiary_id, kind="home").delete()
    assert any("domicile" in warning for warning in look_ahead(desk, "extend", ends_at=at(40)).warnings)


def test_a_swap_reads_both_odometers_and_kilometres_stay_whole(desk: RentalDesk) -> None:
    desk.out(48_000)
    spare = spare_of(desk)
    desk.later(days=4)
    for told in ({}, {"returned_km": 48_100}, {"handed_km": 12_000}):
        with pytest.raises(RuleBroken, match="deux véhicules"):
            desk.on(changes.swap, vehicle_id=spare, **told)
    marked = FINE_CAR | {"left": "marked"}
    with pytest.raises(InputRefused) as refused:
        desk.on(changes.swap, vehicle_id=spare, handed_km=12_000, zones={**marked, "front": "splendid"})
    assert list(refused.value.messages) == ["returned_km", "fuel", "zone_front"], "a look is whole, or left out"
    desk.on(changes.swap, vehicle_id=spare, returned_km=48_100, handed_km=12_000, zones=marked, fuel="half", checks={"keys": "done"})
    assert [(r.vehicle_id, r.km, r.source) for r in desk.rows(OdometerReading)[1:]] == [(desk.car, 48_100, "swap"), (spare, 12_000, "swap")]
    report = desk.rows(ConditionReport)[-1]
    assert (report.vehicle_id, report.moment, report.zones["left"], report.fuel) == (desk.car, "check_in", "marked", "half")
    interval = desk.mileage().interval
    assert interval is not None and interval.driven_km == 100, "what the first vehicle drove is not forgotten with it"
    desk.later(days=3)
    desk.read(12_080)
    mileage = desk.mileage()
    assert mileage.interval is not None and mileage.chain is not None
    assert (mileage.interval.driven_km, mileage.chain.driven_km, mileage.chain.cap_km) == (80, 180, 216)


def test_a_vehicle_taken_in_exchange_waits_for_its_look_each_time_it_goes(desk: RentalDesk) -> None:
    desk.out(48_000)
    spare = spare_of(desk)

    def waits() -> tuple[bool, list[int]]:
        with desk.house.reading():
            unseen = [rental.vehicle.id for rental in list_rentals() if rental.is_unseen]
            return looks_due(db.session.get_one(Booking, desk.booking_id))[0], unseen

    assert waits() == (False, []), "looked over with the keys"
    desk.later(days=2)
    desk.on(changes.swap, vehicle_id=spare, returned_km=48_100, handed_km=12_000)  # by the road: neither was looked over
    with desk.house.writing():
        clear_person(desk.house, other := make_person(desk.house, 2).id)
        third = make_vehicle(desk.house, "Citadine verte").id
        told = {"starts_at": at(20), "ends_at": at(22), "by": desk.by, "now": desk.house.clock()}
        theirs = bookings.book(other, third, **told)
        db.session.add(ConditionReport(booking_id=theirs.id, vehicle_id=third, moment="check_out", zones={}, at=desk.house.clock()))
    assert waits() == (True, [spare]), "another rental’s look is not this one’s"
    desk.later(hours=5)
    with pytest.raises(RuleBroken):
        desk.on(handover.hand_over, zones=FINE_CAR)
    desk.on(handover.hand_over, zones=FINE_CAR | {"left": "marked"}, fuel="full")
    assert waits() == (False, [])
    report = desk.rows(ConditionReport)[-1]
    assert (report.vehicle_id, report.moment, len(desk.rows(OdometerReading))) == (spare, "check_out", 3)
    with pytest.raises(NotNow):
        desk.hand_over()
    desk.later(days=1)
    desk.on(changes.swap, vehicle_id=desk.car, returned_km=12_100, handed_km=48_100)
    assert waits() == (True, [desk.car]), "the look of before the exchange is another one"
    desk.later(days=1)
    desk.take_back(48_150)
    assert waits() == (False, [])


def test_a_swap_before_the_keys_reads_nothing(desk: RentalDesk) -> None:
    spare = spare_of(desk)
    with pytest.raises(RuleBroken, match="à la remise des clés"):
        desk.on(changes.swap, vehicle_id=spare, handed_km=12_000)
    desk.on(changes.swap, vehicle_id=spare)
    (account,) = desk.rows(BillingAccount)
    assert (desk.rows(OdometerReading), account.label, account.names) == ([], "Citadine bleue", [])


def test_every_charged_day_keeps_the_vehicle_it_was_driven_with(desk: RentalDesk) -> None:
    desk.out(48_000)
    spare = spare_of(desk)
    desk.later(days=9)  # Wednesday of the second week
    desk.on(changes.swap, vehicle_id=spare, returned_km=48_200, handed_km=12_000)
    desk.later(days=12)  # Monday of the fourth
    with desk.house.writing():
        post_due_charges(now=desk.house.clock())
    (account,) = desk.rows(BillingAccount)
    assert account.label == "Citadine bleue"
    with desk.house.reading():
        told = [part.label.partition(", avec ")[2] for part in due_now(account.id).parts]
    assert told == ["Citadine 1, AA-000-AA", "Citadine 1, AA-000-AA, puis Citadine bleue", "Citadine bleue"]
    desk.act(take_payment, account.id, cents=7_000, means="cheque", reference="Chèque 0001")
    (receipt,) = desk.rows(Receipt)
    assert [line["label"].partition(", avec ")[2] for line in receipt.content["lines"]] == told[:2]
