"""A rental renewed as a chain of contracts: one booking, one deposit, one cap, a contract for each stretch, up to the longest."""

import pytest

from billing.models import BillingAccount, Deposit
from fleet.actions import bookings, changes
from fleet.errors import VehicleTaken
from fleet.insurance import INSURER
from fleet.lifecycle import RENEW, NotNow
from fleet.models import Contract, Vehicle
from fleet.queries.changes import preview
from fleet.renewal import STEP
from mobility.actions.settings import set_setting
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.periods import instant_of
from mobility.rights import Role
from tests.garage import at, clear_person, make_person
from tests.house import House
from tests.rental import RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    desk = RentalDesk(house).out()
    desk.house.clock.set(at(25))
    return desk


def test_renewing_makes_the_next_contract_of_one_chain(desk: RentalDesk) -> None:
    with desk.house.reading():
        said = preview(desk.booking_id, act=RENEW, viewer=desk.by, now=desk.house.clock())
    renewed = desk.on(changes.renew)
    assert renewed.ends_at == said.change.ends_at == at(13, 0, month=4), "two weeks, at the same hour"
    assert (said.price.before.cents, said.price.after.cents) == (14_000, 21_000)
    assert len(desk.rows(Deposit)) == len(desk.rows(BillingAccount)) == 1, "one deposit, one account over the chain"
    first, second = desk.rows(Contract)
    assert first.signed_at is not None and second.signed_at is None, "the new version waits for its signature"
    assert second.terms["ends_at"] == renewed.ends_at.isoformat()


def test_what_a_month_is_the_platform_says(desk: RentalDesk) -> None:
    with desk.house.writing():
        set_setting(STEP, "month", from_on=at(25).date(), by=desk.house.viewer(Role.MANAGER), now=desk.house.clock())
    assert desk.on(changes.renew).ends_at == instant_of(at(30, month=4).date())


def test_the_last_stretch_is_shorter_and_then_the_way_out_is_named(desk: RentalDesk) -> None:
    ends = [desk.on(changes.renew).ends_at for _ in range(5)]
    assert ends[-2:] == [at(25, 0, month=5), at(31, 0, month=5)], "ninety days from the keys, not one more"
    with pytest.raises(RuleBroken) as refused:
        desk.on(changes.renew)
    assert "au plus 90 jours, renouvellements compris, jusqu’au 31 mai 2026. Préparez la suite avec la personne" in refused.value.sentence
    assert len(desk.rows(Contract)) == 6, "the refused renewal made none"


def test_a_renewal_takes_no_vehicle_from_anybody(desk: RentalDesk) -> None:
    with desk.house.writing():
        other = make_person(desk.house, 2).id
        clear_person(desk.house, other)
    desk.act(bookings.book, other, desk.car, starts_at=at(5, month=4), ends_at=at(8, month=4))
    with pytest.raises(VehicleTaken):
        desk.on(changes.renew)
    with desk.house.reading(), pytest.raises(VehicleTaken):
        preview(desk.booking_id, act=RENEW, viewer=desk.by, now=desk.house.clock())
    assert desk.booking().ends_at == instant_of(at(30).date()), "as it was"


def test_without_the_keys_or_an_insurer_nothing_is_renewed(house: House) -> None:
    desk = RentalDesk(house)
    with pytest.raises(NotNow, match="Impossible de renouveler"):
        desk.on(changes.renew)
    desk.out()
    with house.writing():
        db.session.get_one(Vehicle, desk.car).insurer = None
        set_setting(INSURER, "", from_on=at(3).date(), by=house.viewer(Role.MANAGER), now=house.clock())
    house.clock.set(at(3))
    with pytest.raises(RuleBroken, match="assureur"):
        desk.on(changes.renew)
    with house.reading(), pytest.raises(RuleBroken, match="assureur"):
        preview(desk.booking_id, act=RENEW, viewer=desk.by, now=house.clock())
