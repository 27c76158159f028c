"""The price a booking says is the price it will be charged: frozen terms, aimed schedules, rights proven since; and the keys' own day."""

from datetime import date, timedelta

import pytest

from billing.actions.accounts import set_schedule
from billing.actions.tariffs import add_version
from billing.actions.tiers import record_tier_proof
from billing.models import BillingAccount
from fleet.actions import bookings, cancellations, changes, contracts
from fleet.documents.contract import ContractPaper
from fleet.documents.frozen import thaw
from fleet.lifecycle import RETURNED
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Action
from mobility.periods import instant_of
from tests.garage import at
from tests.house import House
from tests.rental import RentalDesk


def paper(desk: RentalDesk) -> ContractPaper:
    """What a contract made now would print."""
    return thaw(ContractPaper, desk.on(contracts.make_contract).terms)


def test_an_extension_is_said_at_the_tariff_the_account_froze(house: House) -> None:
    desk = RentalDesk(house, ends_at=instant_of(date(2026, 3, 9)))
    desk.on(contracts.make_contract)
    desk.act(add_version, label="Tarif de printemps", from_on=date(2026, 3, 2), day_cents={"car": 900})
    desk.on(changes.extend, ends_at=instant_of(date(2026, 3, 16)))
    assert desk.booking().price_sentence == "Voiture à 5 €, 14 jours : 70 €"


def test_a_right_proven_before_the_keys_is_in_the_booking_and_in_the_contract(house: House) -> None:
    desk = RentalDesk(house)
    assert paper(desk).price.sentence == "Voiture à 5 €, 28 jours : 140 €."
    desk.act(record_tier_proof, house.beneficiary_id, tier="rsa", from_on=date(2026, 3, 1))
    assert desk.booking().price_sentence == "Voiture à 5 €, gratuité RSA, 28 jours : 0 €"
    assert paper(desk).price.sentence == "Voiture à 5 €, gratuité RSA, 28 jours : 0 €."


def test_a_hold_is_said_anew_too(house: House) -> None:
    desk = RentalDesk(house)
    desk.on(bookings.cancel, reason="other_solution")
    held = desk.act(bookings.hold, house.beneficiary_id, desk.car, starts_at=house.clock(), ends_at=house.clock() + timedelta(days=2))
    desk.act(record_tier_proof, house.beneficiary_id, tier="rsa", from_on=date(2026, 3, 1))
    desk.booking_id = held.id
    assert "gratuité RSA" in desk.booking().price_sentence


def test_a_schedule_aimed_anew_asks_for_a_new_contract(house: House) -> None:
    desk = RentalDesk(house, programme="amie", ends_at=at(1, 18, month=8)).ready()
    account_id = desk.booking().account_id
    desk.act(set_schedule, account_id, first_rent_cents=0, second_rent_cents=4000, target_cents=10_000)
    assert "mois 5 : 100 €, total : 280 €" in desk.booking().price_sentence
    with pytest.raises(RuleBroken, match="n’est plus celui de cette réservation"):
        desk.hand_over()
    price = paper(desk).price
    assert [month.rent_cents for month in price.months] == [0, 4000, 6000, 8000, 10_000]
    assert price.sentence.endswith("total : 280 €.")


def test_a_start_moved_alone_asks_for_a_new_contract(house: House) -> None:
    desk = RentalDesk(house).ready()
    booking = desk.booking()
    desk.on(changes.shift, starts_at=booking.starts_at + timedelta(days=1), ends_at=booking.ends_at)
    with pytest.raises(RuleBroken, match="n’est pas encore signé"):
        desk.hand_over()


def test_keys_that_go_a_day_early_may_come_back_the_same_day(house: House) -> None:
    desk = RentalDesk(house)
    booking = desk.booking()
    desk.on(changes.shift, starts_at=booking.starts_at + timedelta(days=3), ends_at=booking.ends_at)
    desk.out()
    desk.later(hours=4)
    assert desk.take_back(48_010).status == RETURNED
    (action,) = desk.rows(Action)
    assert (action.started_on, action.ended_on) == (date(2026, 3, 2), date(2026, 3, 2))


def _lives_there(desk: RentalDesk, house: House, *, from_on: date) -> None:
    seen = {"district": "QN01334M", "seen_how": "map", "seen_on": house.clock().date()}
    desk.act(record_tier_proof, house.beneficiary_id, tier="qpv", from_on=from_on, **seen)


def _priced(desk: RentalDesk, house: House) -> tuple[bool, bool, bool]:
    """Whether the booking, its account and its sentence have the district's rate."""
    booking = desk.booking()
    with house.reading():
        account = db.session.get_one(BillingAccount, booking.account_id)
        return booking.qpv, account.qpv, "demi-tarif quartier prioritaire" in booking.price_sentence


def test_a_contract_that_comes_to_begin_where_a_district_is_proven_has_its_rate(house: House) -> None:
    """Proven from Wednesday on, for a booking from Monday: moved to Wednesday, or its keys fetched only then, it is of the district."""
    wednesday = at(4, 9)
    desk = RentalDesk(house)
    _lives_there(desk, house, from_on=date(2026, 3, 4))
    assert _priced(desk, house) == (False, False, False)
    desk.on(changes.shift, starts_at=wednesday, ends_at=desk.booking().ends_at)
    assert _priced(desk, house) == (True, True, True)


def test_keys_fetched_once_a_district_is_proven_have_its_rate(house: House) -> None:
    desk = RentalDesk(house).ready()
    _lives_there(desk, house, from_on=date(2026, 3, 4))
    house.clock.forward(days=2)
    desk.hand_over()
    assert _priced(desk, house) == (True, True, True)


def test_a_district_proven_while_a_booking_was_cancelled_counts_once_it_is_taken_up_again(house: House) -> None:
    desk = RentalDesk(house)
    desk.on(bookings.cancel, reason="other_solution")
    _lives_there(desk, house, from_on=date(2026, 3, 1))
    desk.on(cancellations.reopen)
    assert _priced(desk, house) == (True, True, True)
