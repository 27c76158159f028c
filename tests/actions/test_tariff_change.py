"""A new tariff reprices the bookings to come that no contract binds, says which beforehand, and leaves every other one its own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from billing.actions.tariffs import add_version
from billing.models import BillingAccount, TariffVersion
from billing.scales import Scale
from billing.terms import thaw
from fleet.actions import bookings, contracts, tariff_change
from fleet.models import Booking
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import instant_of
from mobility.rights import Role
from tests.house import House
from tests.rental import RentalDesk
from tests.web.test_money import NB, post

DAYS = timedelta(days=1)
TYPED = {"label": "Tarif d’avril", "from_on": "2026-04-01", "car": "6", "car_week": "35", "return_hour": "10:00"}


def book(desk: RentalDesk, first_on: date, days: int) -> int:
    starts_at = instant_of(first_on) + timedelta(hours=9)
    return desk.act(
        bookings.book, desk.house.beneficiary_id, desk.car, starts_at=starts_at, ends_at=starts_at + timedelta(days=days, hours=2)
    ).id


def test_what_a_new_tariff_changes_is_said_first_then_done(house: House) -> None:
    desk = RentalDesk(house, ends_at=instant_of(date(2026, 3, 30)))  # runs from March: keeps its price
    bound, free, later = (book(desk, day, 7) for day in (date(2026, 4, 1), date(2026, 4, 13), date(2026, 6, 1)))
    desk.act(contracts.make_contract, bound)
    desk.act(add_version, label="L’été", from_on=date(2026, 6, 1), day_cents={"car": 700})
    assert 'href="' + house.page(f"bookings/{free}") in post(house, Role.MANAGER, "money/tariffs/preview", **TYPED).text
    told = house.app.test_client().post(
        house.api("money/tariffs/preview"), json=TYPED | {"car": 600, "car_week": 3500}, headers=house.bearer(Role.MANAGER)
    )
    (move,) = told.json
    assert (move["before_cents"], move["after_cents"], move["difference_cents"]) == (3500, 4100, 600)
    assert move["sentence"] == "Voiture à 6 €, 35 € la semaine, 8 jours : 41 €"  # back at eleven: the eighth day counts from ten on
    page = post(house, Role.MANAGER, "money/tariffs/preview", **TYPED).text
    assert "1 réservation change de prix" in page and f"+6{NB}€" in page and 'value="35"' in page
    with house.reading():
        assert db.session.query(TariffVersion).count() == 1  # nothing was written
    assert post(house, Role.MANAGER, "money/tariffs", **TYPED).status_code == 303
    with house.reading():
        said = {each: db.session.get_one(Booking, each).price_sentence for each in (desk.booking_id, bound, free, later)}
        assert said[free] == move["sentence"]
        assert ["à 5 €" in said[each] for each in (desk.booking_id, bound)] == [True, True]
        assert said[later].startswith("Voiture à 7 €")
        account = db.session.get_one(BillingAccount, db.session.get_one(Booking, free).account_id)
        assert thaw(account.terms).tariff.scales == {"car": Scale(week_cents=3500)}
        assert (account.last_on - account.first_on).days == 7
        april = db.session.scalars(select(TariffVersion.id).filter(TariffVersion.label == TYPED["label"])).one()
    again = post(house, Role.MANAGER, "money/tariffs/preview", **TYPED | {"from_on": "2026-04-02"}).text
    assert "Aucune réservation ne change de prix" in again  # the same prices from another day
    assert post(house, Role.MANAGER, f"money/tariffs/{april}/withdraw").status_code == 303  # it binds nobody: what followed goes back
    with house.reading():
        assert "à 5 €" in db.session.get_one(Booking, free).price_sentence
        account = db.session.get_one(BillingAccount, db.session.get_one(Booking, free).account_id)
        assert (account.tariff_version_id, thaw(account.terms).tariff.scales) == (None, {})
        assert [version.label for version in db.session.query(TariffVersion)] == ["L’été"]


def test_what_became_of_a_booking_while_its_person_was_waited_for_is_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody moves one and cancels another between the look and the lock: each is taken as it is then."""
    desk = RentalDesk(house, ends_at=instant_of(date(2026, 3, 30)))
    moved, gone = (book(desk, day, 7) for day in (date(2026, 4, 1), date(2026, 4, 13)))
    later = instant_of(date(2026, 5, 4)) + timedelta(hours=9)

    def wait(beneficiary_id: int) -> Beneficiary:
        ends = {"starts_at": later, "ends_at": later + timedelta(days=7, hours=2)}
        account_id = select(Booking.account_id).where(Booking.id == gone).scalar_subquery()
        for table, id_, told in (
            (Booking, moved, ends),
            (Booking, gone, {"status": "cancelled"}),
            (BillingAccount, account_id, {"closed_at": later}),
        ):
            db.session.connection().execute(update(table.__table__).where(table.__table__.c.id == id_).values(**told))
        return lock_beneficiary(beneficiary_id)

    monkeypatch.setattr(tariff_change, "lock_beneficiary", wait)
    desk.act(add_version, label="Tarif d’avril", from_on=date(2026, 4, 1), day_cents={"car": 600})
    with house.reading():
        bookings_now = [db.session.get_one(Booking, each) for each in (moved, gone)]
        assert ["à 6 €" in booking.price_sentence for booking in bookings_now] == [True, False]
        assert db.session.get_one(BillingAccount, bookings_now[0].account_id).first_on == date(2026, 5, 4)
