"""The worked examples of domain.md §10, by the API alone: what a person reads there is what they are charged."""

from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from billing.actions.charge_runs import post_due_charges
from mobility.periods import instant_of
from mobility.rights import Role
from tests.garage import at
from tests.house import House
from tests.rental import FINE_CAR, RentalDesk

TO_MONDAY = instant_of(date(2026, 3, 9))


class Mouth:
    """An adviser's bearer token, and a rental to act on."""

    def __init__(self, desk: RentalDesk) -> None:
        self.desk, self.house = desk, desk.house
        self.client, self.headers = desk.house.app.test_client(), desk.house.bearer(Role.ADVISER)

    def ask(self, path: str) -> Any:
        answer = self.client.get(self.house.api(path), headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json

    def send(self, path: str, **body: Any) -> TestResponse:
        return self.client.post(self.house.api(path), json=body, headers=self.headers)

    def on(self, path: str, **body: Any) -> TestResponse:
        answer = self.send(f"bookings/{self.desk.booking_id}/{path}", **body)
        assert answer.status_code in (200, 201), answer.text
        return answer

    def prove(self, tier: str, **days: str) -> None:
        answer = self.send(f"people/{self.house.beneficiary_id}/rights", tier=tier, **days)
        assert answer.status_code == 201, answer.text

    def give_back(self, km: int = 48_200) -> None:
        self.on("check-in", odometer_km=km, zones=FINE_CAR, fuel="full")

    def account(self) -> Any:
        return self.ask(f"money/accounts/{self.desk.booking().account_id}")

    def post_weeks(self) -> None:
        with self.house.writing():
            post_due_charges(now=self.house.clock())


@pytest.mark.parametrize(
    ("qpv", "rsa", "cents", "sentence"),
    [
        (True, None, 1750, "Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €"),
        (False, {"from_on": "2026-01-01", "to_on": "2026-03-04"}, 2000, "3 jours gratuits (RSA) et 4 jours au plein tarif, 7 jours : 20 €"),
        (True, {"from_on": "2026-01-01"}, 0, "gratuité RSA, 7 jours : 0 €"),
    ],
    ids=["QPV, 7 days", "RSA until Wednesday", "free wins"],
)
def test_a_week_of_a_car(house: House, qpv: bool, rsa: dict[str, str] | None, cents: int, sentence: str) -> None:
    """§10.1, §10.2: Monday to Sunday, back on Monday before noon, a day that is not counted."""
    api = Mouth(RentalDesk(house, qpv=qpv, ends_at=TO_MONDAY).out())
    if rsa:
        api.prove("rsa", **rsa)
    house.clock.set(at(9, 10))
    api.give_back()
    account = api.account()
    assert (account["charged_cents"], account["balance_cents"]) == (cents, cents)
    (charge,) = account["charges"]
    assert charge["sentence"].endswith(sentence)


def test_a_right_proven_late_gives_back_what_was_charged_and_a_week_is_charged_once(house: House) -> None:
    """§9 "RSA" and §10.1: posted in arrears, once; backdated to the 5th, four days of the first week come back."""
    api = Mouth(RentalDesk(house).out())
    house.clock.forward(days=7)
    api.post_weeks()
    api.post_weeks()
    assert api.account()["charged_cents"] == 3500
    api.prove("rsa", from_on="2026-03-05")
    assert api.account()["charged_cents"] == 1500
    assert api.account()["charges"][-1]["sentence"].endswith("4 jours déjà comptés, 20 € en moins")


def test_amie_ends_inside_a_month(house: House) -> None:
    """§10.3: from 2 March, back on 11 April: month 1 is free, month 2 is 46 € × 10 days held / 30 days."""
    api = Mouth(RentalDesk(house, programme="amie", ends_at=at(1, 18, month=8)).out())
    assert api.ask(f"bookings/{api.desk.booking_id}/mileage")["is_capped"] is False
    house.clock.set(at(11, 15, month=4))
    api.give_back(49_000)
    assert [charge["cents"] for charge in api.account()["charges"]] == [0, 1533]


def test_the_cap_of_five_days_and_a_doubtful_odometer_that_holds_up_no_money(house: House) -> None:
    """§10.4: 1.2 × 36 × 5 = 216 km, near from 80 %; §10.5: a reading below the last stands aside until confirmed."""
    api = Mouth(RentalDesk(house).out())
    house.clock.forward(days=7)
    held = api.on("point-etapes", mode="pole", odometer_km=47_000, means="cheque", cents=2000, job_state="working", next_step="licence")
    assert held.json is not None and held.json["payment_id"], "the money was taken all the same"
    doubtful = api.ask(f"bookings/{api.desk.booking_id}/readings")[-1]
    assert doubtful["status"] == "doubtful" and doubtful["explanation"]
    api.on(f"readings/{doubtful['id']}/correction", odometer_km=48_180, reason="chiffres lus à l’envers")
    interval = api.ask(f"bookings/{api.desk.booking_id}/mileage")["interval"]
    assert (interval["driven_km"], interval["cap_km"], interval["state"]) == (180.0, 216.0, "near")
    assert api.send(f"bookings/{api.desk.booking_id}/readings", odometer_km=48_180.5).status_code == 422
