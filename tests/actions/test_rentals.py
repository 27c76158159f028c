"""From the signed contract to the outcome, through the actions (domain.md §2.4 to §2.7)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from billing.actions.deposits import defer_deposit
from billing.models import BillingAccount, Charge, Deposit
from fleet.actions import bookings, changes
from fleet.actions.contracts import make_contract, sign_contract
from fleet.actions.outcomes import record_outcome
from fleet.documents.contract import ContractPaper, contract_pdf
from fleet.documents.frozen import thaw
from fleet.errors import StalePage
from fleet.lifecycle import NotNow
from fleet.models import ConditionReport, Contract, Occupancy, PointEtape, Vehicle
from fleet.queries.contracts import paper_of
from fleet.queries.rentals import compared
from fleet.queries.year import rentals_in
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Action, Meeting, Message
from mobility.periods import paris_day
from tests.garage import at
from tests.house import House, make_house
from tests.rental import FINE_CAR, RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house)


def test_a_contract_states_everything_and_stays_as_printed(desk: RentalDesk) -> None:
    contract = desk.sign()
    assert contract.number == "C-2026-0001"
    paper = thaw(ContractPaper, contract.terms)
    assert (paper.vehicle.label, paper.vehicle.plate) == ("Citadine 1", "AA-000-AA")
    assert (paper.insurance.insurer, paper.insurance.excess_cents) == ("Assurances du Littoral", 45000)
    assert paper.drivers == ("Camille Essai",)
    assert paper.price.sentence == "Voiture à 5 €, 28 jours : 140 €."
    assert paper.price.tier == "plein tarif"
    assert paper.price.rule == "Tarif de référence, en vigueur depuis le 1er janvier 2007", "the version that it freezes"
    assert "espèces" not in paper.price.means, "a car is no longer paid in cash (domain.md §9)"
    assert paper.cap_sentence == "216 km par semaine de 5 jours travaillés, soit 120 % du trajet domicile–travail"
    assert (paper.deposit.kind, paper.deposit.amount_cents) == ("chèque non encaissé", 30000)
    assert paper.longest_on == date(2026, 5, 31)
    with desk.house.reading():
        signed = paper_of(db.session.get_one(Contract, contract.id))
    assert signed.signatures[1].path is not None
    assert contract_pdf(signed) == contract_pdf(signed)


def test_a_new_version_replaces_and_only_the_last_one_is_signed(desk: RentalDesk) -> None:
    first = desk.on(make_contract)
    second = desk.on(make_contract)
    assert (first.number, second.number) == ("C-2026-0001", "C-2026-0001-2")
    with pytest.raises(Conflict, match="nouvelle version"):
        desk.on(sign_contract, first.number, signer_name="Camille Essai", agreed=True)
    desk.on(sign_contract, second.number, signer_name="Camille Essai", agreed=True, how="paper")
    with pytest.raises(Conflict, match="déjà signé"):
        desk.on(sign_contract, second.number, signer_name="Camille Essai", agreed=True)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"agreed": False}, "agreed"), ({"signature": "M0 0 <script>"}, "signature")],
)
def test_a_signature_is_a_ticked_box_and_a_drawing_and_nothing_else(desk: RentalDesk, values: dict[str, Any], field: str) -> None:
    contract = desk.on(make_contract)
    with pytest.raises(RuleBroken) as refused:
        desk.on(sign_contract, contract.number, **({"signer_name": "Camille Essai", "agreed": True} | values))
    assert refused.value.field == field


def test_no_keys_without_a_signed_contract_that_is_the_bookings_own(desk: RentalDesk) -> None:
    with pytest.raises(RuleBroken, match="pas encore signé"):
        desk.hand_over()
    desk.ready()
    desk.on(changes.extend, ends_at=at(6, month=4))
    with pytest.raises(RuleBroken, match="pas encore signé"):
        desk.hand_over()
    desk.sign()
    assert desk.hand_over().status == "out"


def test_the_deposit_is_held_or_deferred_so_that_no_job_start_is_blocked(desk: RentalDesk) -> None:
    desk.sign()
    with pytest.raises(RuleBroken, match="différez-la"):
        desk.hand_over()
    (deposit,) = desk.rows(Deposit)
    desk.act(defer_deposit, deposit.id, reason="first_wage", instalments=3)
    assert desk.hand_over().status == "out"


def test_the_keys_go_out_and_everything_follows(desk: RentalDesk) -> None:
    desk.ready()
    now = desk.house.clock()
    booking = desk.hand_over()
    assert (booking.status, booking.handed_over_at) == ("out", now)
    (step,) = desk.rows(PointEtape)
    assert step.planned_at == now + timedelta(days=7)
    (meeting,) = desk.rows(Meeting)
    assert (meeting.kind, meeting.starts_at) == ("point_etape", step.planned_at)
    assert desk.rows(BillingAccount)[0].started_at == now
    news = desk.rows(Message)[-1]
    assert (news.recipient, "dispose maintenant d’un véhicule" in news.body) == ("referente@example.org", True)
    with pytest.raises(NotNow):
        desk.hand_over()


@pytest.mark.parametrize(
    ("values", "fields", "reason"),
    [
        ({"odometer_km": None}, "odometer_km", "a car has an odometer"),
        (
            {"odometer_km": None, "fuel": None, "zones": {}},
            "odometer_km fuel " + " ".join(f"zone_{code}" for code in FINE_CAR),
            "all at once",
        ),
        ({"zones": {**FINE_CAR, "left": "splendid"}}, "zone_left", "no such state"),
        ({"fuel": None}, "fuel", "a car burns fuel"),
        ({"odometer_km": -1}, "odometer_km", "no odometer shows this"),
        ({"note": "x" * 301}, "note", "a note is short"),
    ],
)
def test_a_check_out_that_is_not_whole_writes_nothing(desk: RentalDesk, values: dict[str, Any], fields: str, reason: str) -> None:
    desk.ready()
    with pytest.raises(RuleBroken) as refused:
        desk.hand_over(**values)
    assert list(getattr(refused.value, "messages", {refused.value.field: ""})) == fields.split(), reason
    assert desk.booking().status == "confirmed"
    assert desk.rows(ConditionReport) == []


def test_a_stale_page_hands_over_nothing(desk: RentalDesk) -> None:
    desk.ready()
    with pytest.raises(StalePage):
        desk.hand_over(version=desk.booking().version - 1)


def test_the_return_frees_the_vehicle_charges_the_days_and_dates_the_deposit(desk: RentalDesk) -> None:
    desk.out(48_000)
    now = desk.later(days=7, hours=-2)  # Monday 10:00: before noon, that day is not charged
    booking = desk.take_back(48_200, zones={**FINE_CAR, "left": "marked"})
    assert (booking.status, booking.returned_at) == ("returned", now)
    assert [row.ends_at for row in desk.rows(Occupancy)] == [now], "the vehicle is free from this instant"
    assert sum(charge.cents for charge in desk.rows(Charge)) == 7 * 500
    assert desk.rows(Deposit)[0].release_on == paris_day(now) + timedelta(days=45)
    assert desk.rows(Action)[0].ended_on == paris_day(now)
    assert desk.rows(Meeting)[0].cancelled_at == now
    with desk.house.reading():
        report = db.session.scalars(select(ConditionReport).filter(ConditionReport.moment == "check_in")).one()
        zones = {zone.code: zone.is_new for zone in compared(report, db.session.get_one(Vehicle, desk.car))}
    assert (zones["left"], zones["right"]) == (True, False)
    desk.act(bookings.book, desk.house.beneficiary_id, desk.car, starts_at=now + timedelta(minutes=1), ends_at=at(20))
    with desk.house.reading():
        assert rentals_in(2026)["car"] == (2, 7), "of the one that ended, the dates that were charged"


def test_the_amie_programme_is_prorated_and_has_no_cap(house: House) -> None:
    desk = RentalDesk(house, programme="amie", ends_at=at(30, month=7)).out()
    desk.later(days=31 + 15)  # 17 April: month 1 is free, month 2 runs from 2 April to 1 May, 16 of its 30 days held
    desk.take_back(52_000)
    assert sum(charge.cents for charge in desk.rows(Charge)) == (4600 * 16 * 2 + 30) // 60
    interval = desk.mileage().interval
    assert interval is not None and interval.cap_km is None
    paper = thaw(ContractPaper, desk.rows(Contract)[0].terms)
    assert [month.rent_cents for month in paper.price.months] == [0, 4600, 10400, 16200, 22000]
    assert (paper.cap_sentence, paper.longest_on) == (None, None)


def test_the_outcome_is_said_once_after_the_return_and_told(desk: RentalDesk) -> None:
    said = {"reason": "own_vehicle", "job_kind": "permanent", "lasting_solution": "own_car"}
    desk.out()
    with pytest.raises(NotNow):
        desk.on(record_outcome, **said)
    desk.later(days=3)
    desk.take_back(48_100)
    with pytest.raises(RuleBroken) as refused:
        desk.on(record_outcome, **(said | {"lasting_solution": "teleport"}))
    assert refused.value.field == "lasting_solution"
    outcome = desk.on(record_outcome, **said)
    assert (outcome.end_reason, outcome.job_kind) == ("own_vehicle", "permanent")
    news = desk.rows(Message)[-1]
    assert "terminée. À la sortie : CDI, une voiture à soi." in news.body
    assert not any(word in news.body for word in ("km", "€"))
    with pytest.raises(Conflict):
        desk.on(record_outcome, **said)


def test_a_booking_of_another_platform_is_not_there(desk: RentalDesk) -> None:
    other = make_house(desk.house.app, desk.house.clock, "autre")
    with other.writing(), pytest.raises(NotFound):
        make_contract(desk.booking_id, by=desk.by, now=desk.house.clock())
