"""A booking made soon after a return goes on with the chain: its days, its kilometres, its contracts; or begins anew with a reason."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from fleet.actions import bookings, changes
from fleet.models import Booking
from fleet.renewal import APART
from mobility.actions.settings import set_setting
from mobility.errors import RuleBroken
from mobility.models import AuditEntry
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at
from tests.house import House
from tests.journeys.pages import plain
from tests.rental import RentalDesk

LAST = at(3, 9, month=6)  # ninety days, less the twenty-five before


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """A rental of twenty-five days and 900 km, returned three days ago."""
    desk = RentalDesk(house).out(48_000)
    house.clock.set(at(27))
    desk.take_back(48_900)
    house.clock.set(at(30))
    return desk


def book(desk: RentalDesk, ends_at: datetime, **more: Any) -> Booking:
    wish = {"starts_at": desk.house.clock(), "ends_at": ends_at} | more
    booked: Booking = desk.act(bookings.book, desk.house.beneficiary_id, desk.car, **wish)
    desk.booking_id = booked.id
    return booked


def test_it_goes_on_with_the_days_the_kilometres_and_the_contracts(desk: RentalDesk) -> None:
    with pytest.raises(RuleBroken, match="25 jours comptent déjà") as refused:
        book(desk, at(4, month=6))
    assert refused.value.field == "ends_at"
    assert "jusqu’au 3 juin 2026. Cette réservation continue R-2026-0001, 3 jours après son retour" in refused.value.sentence
    book(desk, at(13, month=4))
    with pytest.raises(RuleBroken, match="25 jours comptent déjà"):
        desk.on(changes.extend, ends_at=at(4, month=6))
    assert desk.sign().number == "C-2026-0001-2", "numbered on"
    desk.hand_over(48_900)
    desk.later(days=7)
    desk.read(49_200)
    mileage = desk.mileage()
    assert mileage.rental is not None and mileage.chain is not None
    assert (mileage.rental.driven_km, mileage.rental.cap_km) == (Decimal(300), Decimal(216))
    assert (mileage.chain.driven_km, mileage.chain.cap_km) == (Decimal(1_200), Decimal("1036.8")), "twenty-four days worked in all"


def test_the_page_and_the_api_tell_it_and_a_reason_begins_anew(desk: RentalDesk) -> None:
    browser, token = desk.house.client(Role.ADVISER), desk.house.bearer(Role.ADVISER)
    search = desk.house.page(f"people/{desk.house.beneficiary_id}/bookings/new")
    wish = {"kind": "car", "programme": "daily", "starts_at": "2026-03-30T10:00", "ends_at": "2026-06-20T09:00"}
    refused = plain(browser.get(search, query_string=wish).text)
    assert "Cette réservation continue R-2026-0001" in refused and "Commencer plutôt une nouvelle suite" in refused
    assert "Choisir" in plain(browser.get(search, query_string=wish | {"new_chain": "new_job"}).text)

    first = book(desk, LAST)
    said = "Cette réservation continue R-2026-0001, 3 jours après son retour (jusqu’à 7 jours, c’est la même suite de contrats)"
    said += " : 25 jours et 900 km comptent déjà."
    assert said in plain(browser.get(desk.house.page(f"bookings/{first.id}")).text)
    chain = browser.get(desk.house.api(f"bookings/{first.id}/chain"), headers=token).get_json()
    assert chain["continues"] == said
    assert (chain["days_held"], chain["km_before"], chain["last_on"]) == (25, 900, "2026-06-03")
    assert [one["number"] for one in chain["earlier"]] == ["R-2026-0001"]

    desk.on(bookings.cancel, reason="mistake")
    body = {"beneficiary_id": desk.house.beneficiary_id, "vehicle_id": desk.car, "new_chain": "new_job"}
    body |= {"starts_at": desk.house.clock().isoformat(), "ends_at": at(20, month=6).isoformat()}
    made = browser.post(desk.house.api("bookings"), json=body, headers=token).get_json()
    assert made["new_chain_reason"] == "new_job"
    page = plain(browser.get(desk.house.page(f"bookings/{made['id']}")).text)
    assert "Une nouvelle suite de contrats commence ici : un nouvel emploi" in page


def test_a_reason_found_later_begins_anew_too_once_what_changes_was_seen(desk: RentalDesk) -> None:
    browser, token = desk.house.client(Role.ADVISER), desk.house.bearer(Role.ADVISER)
    ways = desk.house.page(f"people/{desk.house.beneficiary_id}/ways")
    far = {"starts_at": "2026-03-30T12:00", "ends_at": "2026-06-20T09:00"}
    refused = plain(browser.get(ways, query_string=far).text)
    assert "25 jours comptent déjà" in refused and "Commencer plutôt une nouvelle suite" in refused
    assert browser.get(ways, query_string=far | {"new_chain": "new_job"}).status_code == 200
    booked = book(desk, LAST)
    desk.sign()
    desk.hand_over(48_900)
    desk.later(days=7)
    desk.read(49_200)
    with pytest.raises(RuleBroken, match="25 jours"):
        desk.on(changes.extend, ends_at=at(4, month=6))
    page, change = desk.house.page(f"bookings/{booked.id}"), desk.house.page(f"bookings/{booked.id}/change")
    assert "Commencer une nouvelle suite de contrats" in plain(browser.get(page).text)
    assert browser.get(change, query_string={"act": "new_chain", "reason": "whim"}).status_code == 422
    seen = plain(browser.get(change, query_string={"act": "new_chain", "reason": "new_job"}).text)
    notes = [
        "Le dernier jour possible passe du 3 juin 2026 au 28 juin 2026.",
        "Ce qui précède ne compte plus : 25 jours et 900 km.",
        "Le plafond ne compte plus que ses kilomètres : 300 km sur 216 autorisés : 84 km de trop. Parlons-en à votre point-étape.",
        "Le prix ne change pas.",
    ]
    assert all(note in seen for note in notes) and desk.booking().new_chain_reason is None, "looking writes nothing"
    asked = {"act": "new_chain", "reason": "new_job"}
    said = browser.get(desk.house.api(f"bookings/{booked.id}/change"), query_string=asked, headers=token).get_json()
    assert (said["notes"], said["difference_cents"]) == (notes, 0)
    told = {"reason": "new_job", "version": str(desk.booking().version)}
    assert post(browser, f"{page}/new_chain", told | {"reason": ""}).status_code == 422
    assert post(browser, f"{page}/new_chain", told).status_code == 303
    assert post(browser, f"{page}/new_chain", told).status_code == 409, "a second click"
    again = browser.post(desk.house.api(f"bookings/{booked.id}/new-chain"), json={"reason": "agreed"}, headers=token)
    assert again.status_code == 409 and "ne continue aucune autre" in again.get_json()["detail"]
    assert desk.rows(AuditEntry)[-1].changes["fields"] == ["new_chain_reason", "version"]
    mileage = desk.mileage()
    assert mileage.chain is not None and mileage.chain.driven_km == 300
    assert "Une nouvelle suite de contrats commence ici : un nouvel emploi" in plain(browser.get(page).text)
    desk.on(changes.extend, ends_at=at(28, month=6))


def test_what_is_booked_ahead_is_not_pushed_beyond_either(desk: RentalDesk) -> None:
    first = book(desk, at(20, month=4)).id
    with pytest.raises(RuleBroken, match="46 jours comptent déjà"):
        book(desk, at(9, month=6), starts_at=at(25, month=4))
    ahead = book(desk, at(8, month=6), starts_at=at(25, month=4)).number  # ninety days in all, to the day
    desk.booking_id = first
    with pytest.raises(RuleBroken, match=f"{ahead} en est déjà la suite"):
        desk.on(changes.extend, ends_at=at(21, month=4))


def test_the_platform_says_how_soon(desk: RentalDesk) -> None:
    with desk.house.writing():
        set_setting(APART, 2, from_on=at(30).date(), by=desk.house.viewer(Role.MANAGER), now=desk.house.clock())
    assert book(desk, at(20, month=6)).new_chain_reason is None, "three days after is a chain of its own there"
