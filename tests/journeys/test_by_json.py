"""The same way by another program: a prescriber's and an adviser's tokens, a bike for a month, JSON alone."""

from typing import Any

from mobility.jobs import run_daily
from mobility.rights import Role
from tests.garage import at
from tests.house import House

FINE_BIKE = dict.fromkeys(("front", "rear", "frame", "lights", "lock"), "fine")
PERSON = {"first_name": "Malik", "last_name": "Essai Haut", "birth_on": "1996-02-03", "phone": "06 11 22 33 55", "sex": "M"}


class Program:
    """A program with one role's token."""

    def __init__(self, house: House, role: Role) -> None:
        self._house, self._headers, self._client = house, house.bearer(role), house.app.test_client()

    def ask(self, path: str, **query: Any) -> Any:
        """Read."""
        answer = self._client.get(self._house.api(path), query_string=query, headers=self._headers)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def tell(self, path: str, method: str = "POST", **body: Any) -> Any:
        """Write."""
        answer = self._client.open(self._house.api(path), method=method, json=body, headers=self._headers)
        assert answer.status_code in (200, 201), f"{answer.status_code} {path}: {answer.text}"
        return answer.get_json()

    def refused(self, path: str, **body: Any) -> Any:
        """Write what must not be taken; the problem told."""
        answer = self._client.post(self._house.api(path), json=body, headers=self._headers)
        assert answer.status_code in (409, 422) and answer.content_type == "application/problem+json", answer.text
        return answer.get_json()


def test_the_whole_way_in_json(house: House) -> None:
    referent, adviser, treasurer = Program(house, Role.PRESCRIBER), Program(house, Role.ADVISER), Program(house, Role.TREASURER)
    vehicle = Program(house, Role.MANAGER).tell(
        "vehicles", kind="bike", label="Vélo rouge", site_id=house.site_id, in_service_on="2025-01-01"
    )
    form = referent.tell("liaison-forms", **PERSON, motive="job_search", consent=True)
    assert form["number"] == "FL-2026-0001"
    person_id = welcome(adviser, form["id"])
    booking = book(adviser, person_id, vehicle["id"])
    hand_over(adviser, booking)
    week_paid(house, adviser, booking)
    assert brought_back(house, adviser, person_id, booking["id"]) > 0
    deposit_back(house, treasurer, booking["account_id"])
    assert referent.ask(f"liaison-forms/{form['id']}")["status"] == "accepted"
    report = Program(house, Role.MANAGER).ask("report", year=2026)
    assert (report["prescriptions"], report["people_met"], report["men"], report["actions"], report["beneficiaries"]) == (1, 1, 1, 1, 1)


def welcome(adviser: Program, form_id: int) -> int:
    adviser.tell(f"liaison-forms/{form_id}/meet", met_on="2026-03-02")
    person_id: int = adviser.tell(f"liaison-forms/{form_id}/accept")["beneficiary_id"]
    assess(adviser, person_id, "entry", 3)
    adviser.tell(f"beneficiaries/{person_id}/jobs", kind="permanent", starts_on="2026-03-02", one_way_tenths=45)
    for paper in ("identity", "home", "membership"):
        adviser.tell(f"beneficiaries/{person_id}/documents", kind=paper, issued_on="2026-02-20", valid_until="2026-12-31")
    return person_id


def assess(adviser: Program, person_id: int, kind: str, level: int) -> dict[str, Any]:
    items = [item["code"] for dimension in adviser.ask("grids/current")["dimensions"] for item in dimension["items"]]
    assert len(items) == 30
    held = adviser.tell(f"people/{person_id}/assessments", kind=kind)
    adviser.tell(f"assessments/{held['id']}/answers", "PATCH", **dict.fromkeys(items, level))
    result: dict[str, Any] = adviser.tell(f"assessments/{held['id']}/finish")
    return result


def book(adviser: Program, person_id: int, vehicle_id: int) -> dict[str, Any]:
    wish = {"starts_at": "2026-03-02T13:00:00+01:00", "ends_at": "2026-03-16T09:00:00+01:00"}
    told = adviser.ask("eligibility", beneficiary_id=person_id, vehicle_id=vehicle_id, **wish)
    assert {condition["state"] for condition in told["conditions"]} == {"met"}
    assert told["price_sentence"] == "Vélo à 1 €, 14 jours : 14 €"
    booking: dict[str, Any] = adviser.tell("bookings", beneficiary_id=person_id, vehicle_id=vehicle_id, **wish)
    again = adviser.refused("bookings", beneficiary_id=person_id, vehicle_id=vehicle_id, **wish)
    assert again["status"] == 409
    return booking


def hand_over(adviser: Program, booking: dict[str, Any]) -> None:
    path = f"bookings/{booking['id']}"
    number = adviser.tell(f"{path}/contract")["number"]
    adviser.tell(f"{path}/signature", number=number, signer_name="Malik Essai Haut", agreed=True, how="screen")
    assert adviser.refused(f"{path}/check-out", zones=FINE_BIKE)["title"].startswith("La caution")
    (deposit,) = adviser.ask("deposits")["rows"]
    adviser.tell(f"deposits/{deposit['id']}/receive", cents=deposit["due_cents"])
    adviser.tell(f"{path}/check-out", zones=FINE_BIKE)


def week_paid(house: House, adviser: Program, booking: dict[str, Any]) -> None:
    house.clock.set(at(9, 10))
    assert run_daily(house.app) == []
    adviser.refused(f"bookings/{booking['id']}/point-etapes", mode="pole", means="transfer", cents=700)
    adviser.tell(f"bookings/{booking['id']}/point-etapes", mode="pole", means="cash", cents=700, job_state="working", next_step="none")
    assert adviser.ask("receipts/1")["cents"] == 700
    assert adviser.ask(f"money/accounts/{booking['account_id']}")["due"]["cents"] == 0


def brought_back(house: House, adviser: Program, person_id: int, booking_id: int) -> int:
    house.clock.set(at(12, 9))
    adviser.tell(f"bookings/{booking_id}/check-in", zones=FINE_BIKE)
    adviser.tell(f"bookings/{booking_id}/outcome", reason="own_vehicle", job_kind="permanent", lasting_solution="own_two_wheeler")
    effectiveness: int = assess(adviser, person_id, "exit", 4)["effectiveness"]
    return effectiveness


def deposit_back(house: House, treasurer: Program, account_id: int) -> None:
    """Three more days are owed: 9 to 11 March, the return at nine in the morning not counted."""
    assert treasurer.ask(f"money/accounts/{account_id}")["due"]["cents"] == 300
    (deposit,) = treasurer.ask("deposits")["rows"]
    treasurer.tell(f"deposits/{deposit['id']}/keep", cents=300, why="unpaid", reason="Dernière semaine")
    house.clock.set(at(30, 9, month=4))
    assert treasurer.tell(f"deposits/{deposit['id']}/release")["held_cents"] == 0
