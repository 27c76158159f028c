"""Some hours of one day: a test ride, the way to an interview. A day's price or a gift, a short agreement, no week."""

from datetime import timedelta

import pytest

from billing.models import Charge, Deposit
from billing.terms import INTERVIEW, TRIAL, gift_key
from fleet.actions import bookings, changes
from fleet.documents.contract import contract_pdf
from fleet.lifecycle import RENEW, NotNow
from fleet.models import Contract, PointEtape
from fleet.queries.changes import preview
from fleet.queries.contracts import paper_of
from fleet.queries.rentals import list_without_outcome
from mobility.actions.settings import set_setting
from mobility.errors import RuleBroken
from mobility.models import Action, Outbox
from mobility.rights import Role
from tests.garage import MONDAY, at
from tests.house import House
from tests.ports.read_pdf import words
from tests.rental import RentalDesk


def test_an_interview_goes_out_and_comes_back_without_a_week_a_cap_or_a_deposit(house: House) -> None:
    desk = RentalDesk(house, programme=INTERVIEW, ends_at=at(2, 18))
    booking = desk.booking()
    assert (booking.price_sentence, booking.cap_applies, booking.action_id) == ("Voiture à 5 €, 1 jour : 5 €", False, None)
    desk.sign()
    told = len(desk.rows(Outbox))
    desk.hand_over()
    with pytest.raises(NotNow, match="n’a pas de point-étape"):
        desk.read(48_010)
    desk.later(hours=2)
    desk.take_back(48_030)
    assert [row.cents for row in desk.rows(Charge)] == [500], "a day at least (domain.md §10.1)"
    assert (desk.rows(Deposit), desk.rows(PointEtape), desk.rows(Action)) == ([], [], [])
    assert len(desk.rows(Outbox)) == told, "no step of the path, no mail"
    (contract,) = desk.rows(Contract)
    with house.reading():
        assert list_without_outcome() == []
        said = words(contract_pdf(paper_of(contract)))
    assert "Accord de prêt" in said and "Aucune" in said.title()
    assert "Le point-étape" not in said and "Kilomètres autorisés" not in said


def test_a_trial_that_the_platform_gives_costs_nothing(house: House) -> None:
    with house.writing():
        set_setting(gift_key(TRIAL), True, from_on=MONDAY, by=house.viewer(Role.MANAGER), now=house.clock())
    desk = RentalDesk(house, programme=TRIAL, ends_at=at(2, 18))
    assert desk.booking().price_sentence == "Voiture, prêt gratuit, 1 jour : 0 €"
    desk.sign()
    desk.hand_over()
    desk.later(hours=2)
    desk.take_back(48_030)
    assert sum(row.cents for row in desk.rows(Charge)) == 0


def test_it_never_leaves_its_day_nor_becomes_a_chain(house: House) -> None:
    desk = RentalDesk(house, programme=TRIAL, ends_at=at(2, 14))
    assert desk.on(changes.extend, ends_at=at(2, 16)).ends_at == at(2, 16)
    tries = {
        "longer": lambda: desk.on(changes.extend, ends_at=at(3, 9)),
        "moved": lambda: desk.on(changes.shift, starts_at=at(4, 20), ends_at=at(5, 8)),
        "booked": lambda: desk.act(
            bookings.book, house.beneficiary_id, desk.car, programme=INTERVIEW, starts_at=at(9), ends_at=at(9) + timedelta(minutes=14)
        ),
    }
    for name, attempt in tries.items():
        with pytest.raises(RuleBroken, match=r"le même jour|au moins un quart d’heure") as refused:
            attempt()
        assert refused.value.field == "ends_at", name
    desk.sign()
    desk.hand_over()
    with pytest.raises(NotNow, match="ne se renouvelle pas"), house.reading():
        preview(desk.booking_id, act=RENEW, viewer=desk.by, now=house.clock())
