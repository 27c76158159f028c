"""A paper whose last day nobody has noted: not known is not none. It is told as a doubt, and the platform says whether it is offered."""

import re
from datetime import date
from typing import Any

import pytest

from fleet.actions import bookings, changes
from fleet.availability import INSPECTION, INSURANCE, OFFERS_UNKNOWN
from mobility.actions.settings import set_setting
from mobility.errors import RuleBroken
from mobility.rights import Role
from tests.garage import at, clear_person, make_vehicle
from tests.house import House

ASKED = {"kind": "car", "starts_at": at(12).isoformat(), "ends_at": at(14).isoformat()}
KNOWN = {"inspection_until": date(2027, 1, 1), "insured_until": date(2027, 1, 1)}
NO_INSPECTION = "Date du contrôle technique inconnue : notez-la sur sa fiche."
NO_INSURANCE = "Date d’assurance inconnue : notez-la sur sa fiche."


def say(house: House, **offered: bool) -> None:
    with house.writing():
        for code, value in offered.items():
            key = OFFERS_UNKNOWN[code]
            set_setting(key, value, from_on=date(2026, 3, 2), by=house.viewer(Role.MANAGER), now=house.clock())


def test_a_date_that_nobody_noted_is_a_doubt_and_the_platform_says_what_follows(house: House) -> None:
    with house.writing():
        clear_person(house, house.beneficiary_id)
        make_vehicle(house, "Citadine 1", **KNOWN)
        undated = make_vehicle(house, "Citadine 2", **(KNOWN | {"inspection_until": None})).id
        owned = make_vehicle(house, "Citadine 3", **(KNOWN | {"insured_until": None})).id
        hired_id = make_vehicle(house, "Citadine 4", **(KNOWN | {"insured_until": None}), ownership="hired", lessor="Loueur d’essai").id
        make_vehicle(house, "Vélo 1", "bike")
        book: dict[str, Any] = {"by": house.viewer(Role.ADVISER), "now": house.clock()}
        running = bookings.book(house.beneficiary_id, owned, starts_at=at(3), ends_at=at(5), **book).id
    client, headers, browser = house.app.test_client(), house.bearer(Role.ADVISER), house.client(Role.ADVISER)

    def offered() -> list[tuple[str, list[str]]]:
        answer = client.get(house.api("free-vehicles"), query_string={**ASKED, "beneficiary_id": house.beneficiary_id}, headers=headers)
        return [(one["label"], one["doubts"]) for one in answer.get_json()]

    known, hired = [("Citadine 1", []), ("Citadine 2", [NO_INSPECTION])], [("Citadine 4", [NO_INSURANCE])]
    assert offered() == [*known, ("Citadine 3", [NO_INSURANCE]), *hired]
    say(house, **{INSURANCE: False})
    assert offered() == [*known, *hired], "the lessor insures its own"
    page = browser.get(house.page(f"people/{house.beneficiary_id}/bookings/new"), query_string=ASKED | {"programme": "daily"}).text
    assert NO_INSPECTION in page.replace("\xa0", " ") and "Citadine 3" not in page
    with house.writing(), pytest.raises(RuleBroken, match="Date d’assurance inconnue"):
        bookings.book(house.beneficiary_id, owned, starts_at=at(12), ends_at=at(14), **book)
    with house.writing():
        assert changes.extend(running, ends_at=at(6), **book).ends_at == at(6), "whoever has it goes on with it"
    say(house, **{INSPECTION: False})
    assert offered() == [("Citadine 1", []), *hired]
    assert NO_INSURANCE in browser.get(house.page(f"vehicles/{owned}")).text.replace("\xa0", " ")
    desk = house.client(Role.MECHANIC).get(house.page("desk")).text
    told = {int(id_) for id_ in re.findall(r"/vehicles/(\d+)/edit", desk)}
    assert told == {undated, owned, hired_id}, "what is known is not asked for, and a bike has neither"
