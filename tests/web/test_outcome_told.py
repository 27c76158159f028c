"""The outcome of a rental on the prescriber's status page and in the API: as the mail tells it, and nothing of money or kilometres."""

from datetime import timedelta

from fleet.actions.outcomes import record_outcome
from mobility.db import db
from mobility.models import LiaisonForm
from mobility.rights import Role
from tests.house import House
from tests.rental import RentalDesk

SAID = "À la sortie : CDI, une voiture à soi."


def returned(house: House) -> tuple[RentalDesk, int]:
    """A rental given back, and the form that prescribed it."""
    desk = RentalDesk(house).out()
    (form,) = desk.rows(LiaisonForm)
    with house.writing():
        db.session.get_one(LiaisonForm, form.id).decided_at = house.clock() - timedelta(days=1)
    desk.later(days=3)
    desk.take_back(48_100)
    return desk, form.id


def test_the_status_page_names_the_outcome_in_its_last_step(house: House) -> None:
    desk, form_id = returned(house)
    browser = house.client(Role.PRESCRIBER)
    before = browser.get(house.page(f"liaison-forms/{form_id}")).text
    assert "a rendu le véhicule." in before
    assert "est terminée." not in before, "nobody has said the outcome yet"
    desk.on(record_outcome, reason="own_vehicle", job_kind="permanent", lasting_solution="own_car")
    after = browser.get(house.page(f"liaison-forms/{form_id}")).text
    assert SAID in after.replace("\u00a0", " ").replace("\u202f", " ")
    road = after[after.index('<ol class="road">') : after.index("</ol>")]
    assert "€" not in road
    assert "km" not in road


def test_the_api_answers_with_the_same_steps(house: House) -> None:
    desk, form_id = returned(house)
    desk.on(record_outcome, reason="own_vehicle", job_kind="permanent", lasting_solution="own_car")
    answer = house.app.test_client().get(house.api(f"liaison-forms/{form_id}"), headers=house.bearer(Role.PRESCRIBER))
    steps = answer.json["steps"]
    assert [step["step"] for step in steps] == ["received", "accepted", "booked", "vehicle", "returned", "ended"]
    assert steps[-1]["outcome"] == "CDI, une voiture à soi"
    assert SAID in steps[-1]["text"]
    assert {step["outcome"] for step in steps[:-1]} == {None}
