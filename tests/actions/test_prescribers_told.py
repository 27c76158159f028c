"""What the prescriber is told of a booking, act by act: each step once, and its page says the same."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from billing.terms import TRIAL
from fleet.actions import bookings, cancellations, changes
from mobility.db import db
from mobility.models import LiaisonForm, Message, Structure
from mobility.queries.timeline import timeline_of
from mobility.steps import TITLES
from tests.garage import at
from tests.house import House
from tests.rental import RentalDesk

UNTOLD = re.compile(r"€|\bkm\b|caution|contrat|\d\d:\d\d|Citadine|AA-000", re.IGNORECASE)


def cancel(desk: RentalDesk) -> None:
    desk.on(bookings.cancel, reason="mistake")


def cancel_and_reopen(desk: RentalDesk) -> None:
    cancel(desk)
    desk.on(cancellations.reopen)


def nobody_comes(desk: RentalDesk) -> None:
    desk.later(days=1)
    desk.on(cancellations.no_show)


def change(desk: RentalDesk) -> None:
    desk.on(changes.extend, ends_at=at(31))
    desk.on(changes.shift, starts_at=at(3), ends_at=at(31))


def out_and_back(desk: RentalDesk) -> None:
    desk.out()
    desk.later(days=2)
    desk.take_back(48_100)


def keep_and_let_go(desk: RentalDesk) -> None:
    """An option is nobody else's affair yet, nor is a test ride a step of a path."""
    option = desk.act(bookings.hold, desk.house.beneficiary_id, desk.car, starts_at=at(1, month=4), ends_at=at(4, month=4))
    desk.act(bookings.cancel, option.id, reason="mistake")
    ride = {"starts_at": at(1, month=4), "ends_at": at(1, 11, month=4), "programme": TRIAL}
    desk.act(bookings.cancel, desk.act(bookings.book, desk.house.beneficiary_id, desk.car, **ride).id, reason="mistake")


STEPS = [
    (cancel, ["véhicule réservé", "réservation annulée"], None),
    (cancel_and_reopen, ["véhicule réservé", "réservation annulée", "véhicule réservé"], ["véhicule réservé"]),
    (nobody_comes, ["véhicule réservé", "véhicule non retiré"], None),
    (change, ["véhicule réservé"], None),
    (out_and_back, ["véhicule réservé", "véhicule remis", "véhicule rendu"], None),
    (keep_and_let_go, ["véhicule réservé"], None),
]


@pytest.mark.parametrize(("lived", "mailed", "shown"), STEPS, ids=[case[0].__name__ for case in STEPS])
def test_each_step_is_told_once(house: House, lived: Callable[[RentalDesk], None], mailed: list[str], shown: list[str] | None) -> None:
    desk = RentalDesk(house)
    lived(desk)
    news = [mail for mail in desk.rows(Message) if mail.recipient == "referente@example.org"]
    assert [mail.subject.partition(" : ")[2] for mail in news] == mailed
    assert not [mail.body for mail in news if UNTOLD.search(mail.body)]
    with house.writing():
        form = db.session.get_one(LiaisonForm, desk.rows(LiaisonForm)[0].id)
        form.decided_at = house.clock() - timedelta(days=1)
        steps = [moment.step for moment in timeline_of(form)]
    assert [TITLES[step] for step in steps if TITLES[step].startswith(("véhicule", "réservation"))] == (shown or mailed)


def test_who_prescribed_before_reads_nothing_of_what_another_structure_prescribed(house: House) -> None:
    """The first form's rental is over when another structure's form is accepted: its mails go there, and so do the steps."""
    desk = RentalDesk(house).out()
    desk.later(days=2)
    desk.take_back(48_100)
    with house.writing():
        first = db.session.get_one(LiaisonForm, desk.rows(LiaisonForm)[0].id)
        first.decided_at = house.clock() - timedelta(days=3)
        own = [moment.step for moment in timeline_of(first)]
        other = Structure(code="S-2", name="Autre structure", kind="CCAS", email="autre@example.org")
        db.session.add(other)
        db.session.flush()
        told = {"number": "L-2026-0002", "beneficiary_id": house.beneficiary_id, "structure_id": other.id, "motive": "job"}
        second = LiaisonForm(**told, received_on=house.clock().date(), status="accepted", decided_at=house.clock())
        db.session.add(second)
    desk.act(bookings.book, house.beneficiary_id, desk.car, starts_at=at(20), ends_at=at(27))
    assert desk.rows(Message)[-1].recipient == "autre@example.org"
    with house.reading():
        forms = db.session.query(LiaisonForm).order_by(LiaisonForm.id)
        steps = [[moment.step for moment in timeline_of(form)] for form in forms]
    assert steps == [own, ["received", "accepted", "booked"]]
