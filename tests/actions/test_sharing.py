"""Two people share one vehicle, each in their own hours: each a booking, a contract, kilometres and a cap of their own (docs/adr/0016)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from billing.actions.charge_runs import post_due_charges
from billing.actions.deposits import receive_deposit
from billing.models import BillingAccount, Deposit
from billing.queries.accounts import list_charges
from billing.queries.statement import forecast
from fleet.actions import blocks, bookings, cancellations, changes, point_etape
from fleet.documents.contract import contract_pdf
from fleet.errors import VehicleTaken
from fleet.holders import NOBODY, PERSON
from fleet.jobs import mark_late
from fleet.lifecycle import NotNow
from fleet.models import Booking, ConditionReport, Occupancy
from fleet.queries.applicants import driver_of
from fleet.queries.bookings import list_holders
from fleet.queries.changes import preview
from fleet.queries.condition_papers import report_paper
from fleet.queries.contracts import draft
from fleet.queries.free import free_vehicles
from fleet.queries.holders import who_had
from fleet.queries.mileage import mileage_of
from fleet.queries.rentals import get_rental
from fleet.turnaround import key_of
from mobility.actions.settings import set_setting
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import PARIS, Period, instant_of
from mobility.rights import Role
from tests.garage import MONDAY, at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import RentalDesk
from tests.statements import counted

EARLY, LATE = "12345 05:00-14:00", "12345 14:00-23:00"


class SharedDesk(RentalDesk):
    """Monday noon: the car is Camille's from 5 to 14 h for four weeks, ready for the keys; somebody else would have it from 14 to 23 h."""

    def __init__(self, house: House) -> None:
        super().__init__(house, pattern=EARLY)
        with house.writing():
            set_setting(key_of("car"), 30, from_on=MONDAY, by=house.viewer(Role.MANAGER), now=house.clock())
            self.noa = make_person(house, 2, first_name="Noa").id
            clear_person(house, self.noa)

    def share(self, pattern: str | None, first: int = 2, last: int = 30, *, verb: Callable[..., Booking] = bookings.book) -> Booking:
        return self.act(verb, self.noa, self.car, starts_at=at(first), ends_at=at(last), pattern=pattern)

    def held(self, booking: Booking, vehicle_id: int | None = None) -> list[Occupancy]:
        rows = [row for row in self.rows(Occupancy) if row.booking_id == booking.id and row.vehicle_id == (vehicle_id or self.car)]
        return sorted((row for row in rows if row.status != "released"), key=lambda row: row.starts_at)

    def says(self, booking: Booking, vehicle_id: int | None = None) -> list[str]:
        """Its stretches as days of March and hours."""
        return [f"{row.starts_at.astimezone(PARIS):%d %H}–{row.ends_at.astimezone(PARIS):%H}" for row in self.held(booking, vehicle_id)]


@pytest.fixture
def desk(house: House) -> SharedDesk:
    return SharedDesk(house)


def test_hours_cut_by_the_end_are_whole_again_once_it_is_later(desk: SharedDesk) -> None:
    noa = desk.act(bookings.book, desk.noa, desk.car, starts_at=at(2), ends_at=at(4, 18), pattern=LATE)
    assert desk.says(noa) == ["02 14–23", "03 14–23", "04 14–18"]
    desk.act(changes.extend, noa.id, ends_at=at(6))
    assert desk.says(noa) == ["02 14–23", "03 14–23", "04 14–23", "05 14–23"]


def test_opposite_hours_are_two_bookings_of_one_vehicle_and_what_meets_is_refused(desk: SharedDesk) -> None:
    noa, camille = desk.share(LATE), desk.booking()
    assert (camille.starts_at, camille.ends_at) == (at(2, 12), at(27, 14)), "from the first hour to the last"
    assert len(desk.held(camille)) == len(desk.held(noa)) == 20 and desk.says(noa)[:2] == ["02 14–23", "03 14–23"]
    assert {row.used_until for row in desk.rows(Occupancy)} == {None}, "it passes from hand to hand, without a turnaround"
    assert noa.price_sentence == "Voiture à 5 €, 20 jours : 100 € (seuls les jours du partage sont comptés)"
    for pattern in (LATE, "3 13:00-15:00", "12345 14:00-23:00 05:00-14:00 2026-03-02", None):
        with pytest.raises(VehicleTaken):
            desk.share(pattern)
    assert len(desk.held(desk.share("67 08:00-20:00"))) == 8, "a third one, at the weekend"
    with pytest.raises(RuleBroken, match="92 jours"):
        desk.share("12345 23:00-23:30", last=110)
    with desk.house.reading():
        lines = list_holders(desk.car, desk.house.clock())
        assert len(lines) == len({row[1].id for row in lines}) == 3, "one line a person, not one a shift"


def test_the_search_answers_for_the_hours_and_so_does_the_guarded_path(desk: SharedDesk) -> None:
    with desk.house.reading():
        driver, period = driver_of(db.session.get_one(Beneficiary, desk.noa)), Period(starts_at=at(2), ends_at=at(30))
        for pattern, free in ((LATE, True), ("67 00:00-23:00", True), ("1 13:59-15:00", False), ("4 04:00-05:01", False), (None, False)):
            offers = free_vehicles("car", None, period, driver=driver, now=desk.house.clock(), pattern=pattern)
            assert bool(offers) is free, pattern


def test_one_look_and_one_write_however_many_shifts(desk: SharedDesk) -> None:
    for last in (9, 30):
        with counted(desk.house.app) as statements, desk.house.writing():
            wish: dict[str, Any] = {"starts_at": at(2), "ends_at": at(last), "pattern": LATE, "by": desk.by, "now": desk.house.clock()}
            made = bookings.hold(desk.noa, desk.car, **wish)
        looks, writes = ([one for one in statements if word in one] for word in ("FROM occupancy", "INSERT INTO occupancy"))
        assert len(looks) == 1 and (len(writes) == 1 or db_is_a_file(desk)), (looks, writes)
        desk.act(bookings.cancel, made.id, reason="mistake")


def db_is_a_file(desk: SharedDesk) -> bool:
    """Where a statement crosses no network, each row is one."""
    return str(desk.house.app.extensions["settings"].database_url).startswith("sqlite")


def test_every_act_keeps_to_the_hours(desk: SharedDesk) -> None:
    noa = desk.share(LATE, last=14)
    assert desk.says(noa)[-1] == "13 14–23"
    with desk.house.reading():
        found = preview(noa.id, act="extend", ends_at=at(19, 16), viewer=desk.by, now=desk.house.clock())
        assert (found.change.ends_at, found.price.difference_cents) == (at(19, 16), 4 * 500)
    assert desk.act(changes.extend, noa.id, ends_at=at(22)).ends_at == at(20, 23)
    assert (len(desk.held(noa)), desk.rows(BillingAccount)[-1].last_on) == (15, date(2026, 3, 20))
    desk.act(changes.shorten, noa.id, ends_at=at(12))
    assert (desk.says(noa)[-1], desk.booking().ends_at) == ("11 14–23", at(27, 14))
    moved = desk.act(changes.shift, noa.id, starts_at=at(9), ends_at=at(14))
    assert (moved.starts_at, desk.says(noa)) == (at(9, 14), [f"{day:02d} 14–23" for day in range(9, 14)])
    with desk.house.writing():
        spare = make_vehicle(desk.house, "Citadine 2").id
    desk.act(changes.swap, noa.id, vehicle_id=spare)
    assert desk.says(noa) == [] and len(desk.held(noa, spare)) == 5
    desk.act(changes.swap, noa.id, vehicle_id=desk.car)
    desk.act(bookings.cancel, noa.id, reason="mistake")
    assert desk.says(noa) == []
    desk.act(cancellations.reopen, noa.id)
    assert len(desk.says(noa)) == 5
    for refused, why in (
        (lambda: desk.act(changes.split, noa.id, at=at(11)), "ne se coupe pas"),
        (lambda: desk.act(changes.extend, noa.id, ends_at=at(15)), "Aucune de ces heures"),
    ):
        with pytest.raises((NotNow, RuleBroken), match=why):
            refused()


def test_an_option_of_many_shifts_runs_out_once(desk: SharedDesk) -> None:
    option = desk.share(LATE, verb=bookings.hold)
    desk.later(days=3)
    assert desk.share(LATE, first=5, last=20).status == "confirmed"
    with desk.house.reading():
        assert (db.session.get_one(Booking, option.id).status, desk.held(option)) == ("expired", [])


def both_out(desk: SharedDesk) -> Booking:
    """Camille has the keys from Monday noon, at 48,000 km; Noa from 15 h, at 48,030."""
    desk.out(48_000)
    noa = desk.share(LATE)
    desk.later(hours=3)
    deposit = desk.rows(Deposit)[-1]
    desk.act(receive_deposit, deposit.id, cents=deposit.due_cents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "booking_id", noa.id)
        desk.sign()
        desk.hand_over(48_030)
    return noa


def test_keys_go_out_in_ones_own_hours_only_and_shifts_missed_are_free(desk: SharedDesk) -> None:
    desk.ready()
    noa = desk.share(LATE)
    desk.house.clock.set(at(4, 15))  # Noa's hour, two of Camille's shifts gone by
    with pytest.raises(VehicleTaken, match="de 14 h à 23 h"):
        desk.hand_over(48_000)
    desk.house.clock.set(at(4, 23))
    desk.hand_over(48_000)
    assert desk.says(desk.booking())[:2] == ["04 23–14", "06 05–14"]
    assert {row.status for row in desk.held(noa)} == {"confirmed"}


def test_a_fine_finds_whoever_had_the_hours_late_returns_included(desk: SharedDesk) -> None:
    noa, camille = both_out(desk), desk.booking()

    def had(when: datetime) -> tuple[str, int | None]:
        with desk.house.reading():
            holder = who_had(desk.car, when)
        return holder.state, holder.booking_id

    desk.house.clock.set(at(30, 9))
    for when, answer in (
        (at(3, 6), (PERSON, camille.id)),
        (at(3, 14), (PERSON, noa.id)),
        (at(4, 2), (NOBODY, None)),  # between two shifts; the page names who came before and after
        (at(7, 10), (NOBODY, None)),
        (at(27, 20), (PERSON, noa.id)),  # Camille has not given the keys back: whoever took it last
    ):
        assert had(when) == answer, when


def test_a_return_lets_go_of_the_shifts_to_come_and_keeps_those_driven(desk: SharedDesk) -> None:
    noa = both_out(desk)
    desk.house.clock.set(at(5, 10))
    desk.take_back(48_200)
    camille = desk.booking()
    assert (camille.status, desk.says(camille)) == ("returned", ["02 12–14", "03 05–14", "04 05–14", "05 05–10"])
    assert desk.held(camille)[-1].ends_at == at(5, 10) + timedelta(minutes=30), "back at the pole it is looked over"
    assert len(desk.held(noa)) == 20
    assert len(desk.held(desk.share("12345 05:00-14:00", first=6))) == 17, "Noa herself would take the mornings too"
    account = desk.rows(BillingAccount)[0]
    with desk.house.reading():
        assert sum(charge.cents for charge in list_charges(account.id)) == 4 * 500, "Monday to Thursday"


def test_only_the_days_of_the_hours_are_charged_week_after_week(desk: SharedDesk) -> None:
    both_out(desk)
    desk.house.clock.set(at(16, 9))
    with desk.house.writing():
        post_due_charges(now=desk.house.clock())
    for account in desk.rows(BillingAccount):
        with desk.house.reading():
            charges, ahead = list_charges(account.id), forecast(account)
        assert [charge.cents for charge in charges] == [2500, 2500] and ahead is not None and ahead.cents == 10 * 500
        assert {date.fromisoformat(day["day"]).weekday() for charge in charges for day in charge.days} == set(range(5))
    renewed = desk.on(changes.renew)
    assert (renewed.ends_at, len(desk.held(renewed))) == (at(10, 14, month=4), 30), "5 h and 14 h on the wall, on both sides of the change"
    assert {row.starts_at.astimezone(PARIS).hour for row in desk.held(renewed)[1:]} == {5}


def test_the_workshop_takes_both_out_and_gives_each_their_hours_back(desk: SharedDesk) -> None:
    noa, camille = both_out(desk), desk.booking_id
    before = [desk.says(desk.booking()), desk.says(noa)]
    made = desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(3, 8), ends_at=at(5, 18))
    assert (desk.says(desk.booking())[:3], desk.says(noa)[:3]) == (
        ["02 12–14", "03 05–08", "06 05–14"],
        ["02 14–23", "05 18–23", "06 14–23"],
    )
    desk.house.clock.set(at(4, 4))
    desk.act(blocks.lift, made.id)
    after = [desk.says(desk.booking()), desk.says(noa)]
    assert [set(was) - set(now) for was, now in zip(before, after, strict=True)] == [{"03 05–14"}, {"03 14–23", "05 14–23"}]
    assert "05 14–18" in after[1] and camille == desk.booking_id


def test_each_has_their_own_kilometres_and_what_nobody_read_is_nobodys(desk: SharedDesk) -> None:
    noa = both_out(desk)

    def read(booking_id: int, when: datetime, km: int) -> None:
        desk.house.clock.set(when)
        desk.act(point_etape.note_reading, booking_id, odometer_km=km)

    def driven() -> list[tuple[int | None, int]]:
        with desk.house.reading():
            found = [mileage_of(db.session.get_one(Booking, id_)) for id_ in (desk.booking_id, noa.id)]
        return [(int(one.chain.driven_km) if one.chain else None, one.unshared_km) for one in found]

    read(noa.id, at(2, 23), 48_080)  # 30 until 15 h, partly Camille's and partly Noa's; then 50 are Noa's
    read(desk.booking_id, at(3, 14), 48_120)  # 40 of Camille's
    read(noa.id, at(3, 23), 48_165)  # 45 of Noa's
    assert driven() == [(40, 30), (95, 0)]
    read(desk.booking_id, at(4, 14), 48_205)
    read(desk.booking_id, at(5, 14), 48_290)  # Noa's evening in between was not read
    assert driven() == [(80, 115), (95, 85)]
    with desk.house.reading():
        mileage = mileage_of(db.session.get_one(Booking, desk.booking_id))
        assert mileage.interval is not None and mileage.interval.cap_km == mileage.chain.cap_km, "a week of readings, not the last hours"  # type: ignore[union-attr]


def test_the_contract_says_the_hours_in_words(desk: SharedDesk) -> None:
    with desk.house.reading():
        paper = draft(get_rental(desk.booking_id, desk.by), number="x", adviser="y", now=desk.house.clock())
    assert paper.hours == "du lundi au vendredi, de 5 h à 14 h" and b"%PDF" in contract_pdf(paper)[:8]


def test_the_paper_of_the_return_says_what_this_person_drove(desk: SharedDesk) -> None:
    noa = both_out(desk)
    for booking_id, when, km in ((noa.id, at(2, 23), 48_080), (desk.booking_id, at(3, 14), 48_120), (noa.id, at(3, 23), 48_165)):
        desk.house.clock.set(when)
        desk.act(point_etape.note_reading, booking_id, odometer_km=km)
    desk.house.clock.set(at(4, 14))
    desk.take_back(48_200)
    with desk.house.reading():
        report = db.session.scalars(select(ConditionReport).order_by(ConditionReport.id.desc())).first()
        assert report is not None
        paper = report_paper(report, get_rental(desk.booking_id, desk.by))
    assert (paper.left_with_km, paper.vehicle.odometer_km, paper.driven_km) == (48_000, 48_200, 40 + 35)


def test_who_is_late_holds_on_only_where_the_other_does_not_and_may_still_extend(desk: SharedDesk) -> None:
    noa, camille = both_out(desk), desk.booking()
    desk.house.clock.set(at(28, 9))
    with desk.house.writing():
        mark_late(now=desk.house.clock())
    assert (desk.booking().status, desk.held(camille)[-1].ends_at) == ("late", at(27, 14)), "Noa had it right after"
    assert desk.held(noa)[-1].ends_at == instant_of(date(2026, 3, 30))
    extended = desk.on(changes.extend, ends_at=instant_of(date(2026, 4, 4)))
    assert (extended.status, extended.ends_at, len(desk.held(camille))) == ("out", instant_of(date(2026, 4, 3), time(14)), 25)
