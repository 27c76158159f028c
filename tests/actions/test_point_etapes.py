"""The point-étape: parts that stand alone, odometers that are doubted, caps that are talked about (domain.md §10.4, §10.5)."""

from datetime import date, timedelta
from typing import Any

import pytest

from billing.actions.charge_runs import post_due_charges
from billing.models import Payment, Receipt
from fleet.actions.caps import decide, grant_trip
from fleet.actions.point_etape import hold_point_etape, note_job, note_state, take_money
from fleet.actions.readings import confirm_reading, correct_reading
from fleet.lifecycle import NotNow
from fleet.models import CapDecision, GrantedTrip, OdometerReading, PointEtape
from fleet.queries.mileage import needs_decision
from mobility.actions.meetings import miss_meeting
from mobility.errors import Conflict, RuleBroken
from mobility.models import Meeting
from tests.house import House
from tests.rental import RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """The keys out since Monday 2 March at 48,000 km, a week ago."""
    desk = RentalDesk(house).out()
    desk.later(days=7)
    return desk


@pytest.mark.parametrize(
    ("driven", "state", "reason"),
    [
        (172, "fine", "18 km one way, 5 days: 1.2 × 36 × 5 = 216 km; 80 % is 172.8"),
        (173, "near", "from 80 %"),
        (216, "near", "at the cap it is not passed"),
        (217, "over", "above it it is"),
    ],
)
def test_the_cap_of_a_week(desk: RentalDesk, driven: int, state: str, reason: str) -> None:
    desk.read(48_000 + driven)
    interval = desk.mileage().interval
    assert interval is not None
    assert (interval.cap_km, interval.state) == (216, state), reason


def test_the_interval_and_the_chain_are_told_apart(desk: RentalDesk) -> None:
    desk.read(48_100)
    desk.later(days=7)
    desk.read(48_350)
    mileage = desk.mileage()
    assert mileage.interval is not None and mileage.chain is not None
    assert (mileage.interval.driven_km, mileage.interval.cap_km, mileage.interval.state) == (250, 216, "over")
    assert (mileage.chain.driven_km, mileage.chain.cap_km, mileage.chain.state) == (350, 432, "near")


@pytest.mark.parametrize(
    ("km", "words"),
    [(47_000, "en dessous"), (55_001, "1 000 km par jour")],
    ids=["going down", "more than 1,000 km a day"],
)
def test_a_doubtful_reading_stands_aside_until_confirmed_with_a_reason(desk: RentalDesk, km: int, words: str) -> None:
    reading = desk.read(km)
    assert reading.status == "doubtful"
    assert words in reading.explanation
    assert desk.mileage().interval is None, "it does not count"
    with pytest.raises(RuleBroken) as refused:
        desk.on(confirm_reading, reading.id, reason=" ")
    assert refused.value.field == "reason"
    desk.on(confirm_reading, reading.id, reason="compteur remplacé au garage")
    assert desk.mileage().interval is not None, "now it does"
    with pytest.raises(Conflict):
        desk.on(confirm_reading, reading.id, reason="encore")


def test_a_replaced_meter_drives_no_kilometre_back(desk: RentalDesk) -> None:
    reading = desk.read(120)
    desk.on(confirm_reading, reading.id, reason="compteur remplacé au garage")
    interval = desk.mileage().interval
    assert interval is not None and interval.driven_km == 0


def test_a_correction_supersedes_stays_in_the_history_and_the_kilometres_are_derived_anew(desk: RentalDesk) -> None:
    wrong = desk.read(48_900)
    desk.on(correct_reading, wrong.id, odometer_km=48_190, reason="un 9 lu pour un 1")
    interval = desk.mileage().interval
    assert interval is not None and interval.driven_km == 190
    kept = [(row.km, row.status, row.supersedes_id) for row in desk.rows(OdometerReading)]
    assert kept == [(48_000, "accepted", None), (48_900, "accepted", None), (48_190, "accepted", wrong.id)]
    with pytest.raises(Conflict):
        desk.on(correct_reading, wrong.id, odometer_km=48_191, reason="encore")


def test_a_doubtful_odometer_never_holds_up_money(desk: RentalDesk) -> None:
    with desk.house.writing():
        post_due_charges(now=desk.house.clock())
    desk.on(hold_point_etape, mode="pole", odometer_km=12, means="cheque", cents=3500, note_given=True)
    (receipt,) = desk.rows(Receipt)
    assert (receipt.number, receipt.cents) == (1, 3500)
    assert desk.rows(OdometerReading)[-1].status == "doubtful"


def test_each_part_stands_alone_and_the_button_does_the_rest(desk: RentalDesk) -> None:
    desk.on(take_money, means="cheque", cents=1000)
    desk.on(note_state, zones={"left": "marked"})
    desk.on(note_job, job_state="working", next_step="licence")
    (step,) = desk.rows(PointEtape)
    assert step.payment_id == desk.rows(Payment)[0].id
    assert (step.held_at, step.job_state, step.next_step) == (None, "working", "licence")
    desk.on(hold_point_etape, mode="phone", odometer_km=48_300)
    held, following = desk.rows(PointEtape)
    assert (held.mode, held.cap["state"], held.payment_id) == ("phone", "over", step.payment_id)
    assert following.planned_at == desk.house.clock() + timedelta(days=7)
    assert [meeting.held_at is not None for meeting in desk.rows(Meeting)] == [True, False]


def test_who_was_noted_absent_and_came_after_all_was_not_absent(desk: RentalDesk) -> None:
    (meeting,) = desk.rows(Meeting)
    desk.act(miss_meeting, meeting.id)
    desk.on(hold_point_etape, mode="pole", odometer_km=48_100)
    held = desk.rows(Meeting)[0]
    assert held.held_at is not None and held.missed_at is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mode": "telepathy"}, "mode"),
        ({"mode": "pole", "cents": 500}, "means"),
        ({"mode": "pole", "means": "cheque"}, "cents"),
        ({"mode": "pole", "means": "cash", "cents": 500}, "means"),
        ({"mode": "pole", "means": "cheque", "cents": 2500}, "note_given"),
        ({"mode": "pole", "means": "transfer", "cents": 500}, "means"),
        ({"mode": "pole", "job_state": "rich"}, "job_state"),
        ({"mode": "pole", "zones": {"wings": "fine"}}, "zone_wings"),
    ],
)
def test_a_wrong_part_is_named_and_nothing_is_half_written(desk: RentalDesk, values: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        desk.on(hold_point_etape, **({"odometer_km": 48_100} | values))
    assert refused.value.field == field
    assert len(desk.rows(OdometerReading)) == 1
    assert desk.rows(PointEtape)[0].held_at is None


def test_over_the_cap_is_talked_about_and_decided_never_cut(desk: RentalDesk) -> None:
    desk.read(48_250)
    with desk.house.reading():
        assert needs_decision(desk.booking())
    with pytest.raises(RuleBroken) as refused:
        desk.on(decide, decision="adjust", added_km=40)
    assert refused.value.field == "reason"
    desk.on(decide, decision="adjust", reason="le chantier a changé de place", added_km=40)
    interval = desk.mileage().interval
    assert interval is not None and (interval.cap_km, interval.state) == (256, "near")
    with pytest.raises(RuleBroken) as refused:
        desk.on(decide, decision="warn")
    assert refused.value.field == "decision", "there is nothing left to decide"
    assert desk.booking().status == "out"


def test_even_stop_ends_nothing_by_itself(desk: RentalDesk) -> None:
    desk.read(49_000)
    desk.on(decide, decision="stop", reason="usage privé répété")
    assert desk.booking().status == "out"
    (decision,) = desk.rows(CapDecision)
    assert (decision.cap_tenths, decision.driven_km) == (2160, 1000)
    with desk.house.reading():
        assert not needs_decision(desk.booking())


def test_a_granted_trip_widens_the_cap_of_its_week(desk: RentalDesk) -> None:
    desk.on(grant_trip, km=30, on=date(2026, 3, 4), purpose="health")
    desk.read(48_240)
    interval = desk.mileage().interval
    assert interval is not None and interval.cap_km == 246
    with pytest.raises(RuleBroken) as refused:
        desk.on(grant_trip, km=30, on=date(2026, 3, 4), purpose="holiday")
    assert refused.value.field == "purpose"
    assert len(desk.rows(GrantedTrip)) == 1


def test_without_a_known_distance_there_is_no_cap_to_pass(house: House) -> None:
    desk = RentalDesk(house, one_way_tenths=None).out()
    desk.later(days=7)
    desk.read(49_000)
    mileage = desk.mileage()
    assert not mileage.is_capped
    assert mileage.interval is not None and mileage.interval.state == "fine"


def test_there_is_no_point_etape_once_the_vehicle_is_back(desk: RentalDesk) -> None:
    desk.take_back(48_100)
    with pytest.raises(NotNow):
        desk.read(48_200)
