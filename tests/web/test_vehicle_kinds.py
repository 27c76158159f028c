"""The rules of each kind of vehicle: on one page, from a day on, read by the rules themselves."""

import re
from datetime import timedelta

import pytest

from billing.models import Deposit
from fleet.kind_rules import KIND_RULES, deposit_kind_key, rule_key
from fleet.kinds import KIND_CODES
from fleet.marks import zones_key
from fleet.queries.kind_rules import keys_of, rules_on, usual_deposit_kind
from fleet.queries.marks import list_zones
from fleet.requirements import DEFAULTS, requirements_on
from mobility.errors import RuleBroken
from mobility.papers import LICENCE
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rental import RentalDesk

AGE, PAPERS = rule_key("least_age", "daily", "car"), rule_key("papers", "daily", "car")


def test_until_a_platform_says_otherwise_each_kind_keeps_the_usual_rules(house: House) -> None:
    day = house.clock().date()
    with house.reading():
        for programme in DEFAULTS:
            usual = requirements_on(programme, day)
            for kind in KIND_CODES:
                found = rules_on(programme, kind, day)
                assert found.papers[kind] == usual.papers[kind]
                assert found.least_age.get(kind) == usual.least_age.get(kind)
                assert found.least_licence_years.get(kind) == usual.least_licence_years.get(kind)
                assert (found.asked, found.contract_months) == (usual.asked, usual.contract_months)
        with pytest.raises(RuleBroken, match="Choisissez un de ces véhicules"):
            rules_on("daily", "van", day)


def test_a_new_rule_holds_for_its_kind_from_its_day_on_and_never_drops_the_law(house: House) -> None:
    client, today = house.client(Role.MANAGER), house.clock().date()
    later = today + timedelta(days=10)
    for key, value in ((AGE, "21"), (PAPERS, ["identity", "driving_rights"])):
        sent = post(client, house.page(f"/settings/{key}"), {"value": value, "from_on": later.isoformat()})
        assert sent.status_code == 303 and sent.headers["Location"].endswith("/vehicle-kinds#car")
    with house.reading():
        before, after, other = (rules_on("daily", kind, day) for kind, day in (("car", today), ("car", later), ("scooter", later)))
    assert (before.least_age["car"], after.least_age["car"], other.least_age["scooter"]) == (18, 21, 18)
    assert after.papers["car"] == ("identity", LICENCE, "driving_rights")
    page = client.get(house.page("/vehicle-kinds")).text.replace("\u00a0", " ")
    assert "à partir du 12 mars 2026 : 21" in page and "pièce d’identité, attestation de droits à conduire" in page


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        (PAPERS, ["identity", "identity"], "twice the same"),
        (PAPERS, ["licence"], "the licence is the law's"),
        (PAPERS, "identity", "one is not several"),
        (AGE, 100, "nobody lends to the over hundred alone"),
        (AGE, 17.5, "years are whole"),
    ],
)
def test_what_no_rule_can_be_is_refused(house: House, key: str, value: object, why: str) -> None:
    sent = house.client(None).post(
        house.api(f"/settings/{key}"), json={"value": value, "from_on": "2026-03-09"}, headers=house.bearer(Role.MANAGER)
    )
    assert sent.status_code == 422, why


def test_the_usual_deposit_and_the_zones_of_the_sketch_are_the_platforms(house: House) -> None:
    client, today = house.client(Role.MANAGER), house.clock().date().isoformat()
    for key, value in ((deposit_kind_key("car"), "guarantee_fund"), (zones_key("car"), ["front", "rear"])):
        assert post(client, house.page(f"/settings/{key}"), {"value": value, "from_on": today}).status_code == 303
    desk = RentalDesk(house)  # booked without a word on the deposit
    assert [deposit.kind for deposit in desk.rows(Deposit)] == ["guarantee_fund"]
    desk.sign()
    form = house.client(Role.ADVISER).get(house.page(f"bookings/{desk.booking_id}/check-out")).text
    zones = form.split('name="marks.0.zone"')[1].split("</select>")[0]
    assert re.findall(r'value="(\w+)"', zones) == ["front", "rear", "other"]
    with house.reading():
        assert "interior" not in dict(list_zones("bike", house.clock().date())), "a bike has none"
    assert post(client, house.page(f"/settings/{deposit_kind_key('scooter')}"), {"value": "card", "from_on": today}).status_code == 303
    with house.reading():
        assert usual_deposit_kind("scooter", house.clock().date()) == "uncashed_cheque", "no card is taken here"


def test_each_rule_of_a_kind_stands_on_its_page_and_no_longer_among_the_others(house: House) -> None:
    client = house.client(Role.MANAGER)
    kinds, others = client.get(house.page("/vehicle-kinds")).text, client.get(house.page("/settings")).text
    keys = [key for kind in KIND_RULES for key in keys_of(kind)]
    assert not [key for key in keys if house.page(f"/settings/{key}") not in kinds or house.page(f'/settings/{key}"') in others]
    assert house.page("/vehicle-kinds") in others
    told = house.client(None).get(house.api("/vehicle-kinds"), headers=house.bearer(Role.MANAGER)).json
    assert [rule["key"] for kind in told for rule in kind["rules"]] == keys
    assert {kind["kind"]: kind["day_cents"] for kind in told}["car"] == 500
