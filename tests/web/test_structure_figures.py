"""A structure's own figures: what became of those it sent, and never another structure's (domain.md §8)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.models import Outcome
from mobility.codes import OTHER_OFFERS, REFUSALS
from mobility.db import db
from mobility.liaison import EXPIRED, STATUSES
from mobility.models import LiaisonForm, Structure
from mobility.rights import Role
from mobility.structure_figures import Answered, count
from tests.garage import make_person
from tests.house import House

DAY = date(2026, 3, 2)
answered = st.builds(
    Answered,
    st.integers(1, 9),
    st.just(DAY),
    st.none() | st.integers(0, 60).map(lambda days: DAY + timedelta(days=days)),
    st.sampled_from(sorted(STATUSES)),
    st.none() | st.sampled_from(sorted(REFUSALS)),
    st.none() | st.sampled_from(sorted(OTHER_OFFERS)),
)


@given(forms=st.lists(answered))
def test_every_form_is_counted_once_among_its_answers(forms: list[Answered]) -> None:
    forms = [form._replace(reason=None, other_offer=None) if form.is_waiting or form.status == EXPIRED else form for form in forms]
    told = count(2026, forms, {})
    assert told.sent == told.waiting + told.expired + told.accepted + sum(told.redirected.values()) + sum(told.refused.values())
    assert told.met <= told.sent and (told.days is None) == (told.met == 0)


def test_the_middle_of_the_days_to_the_meeting_is_told() -> None:
    met = [Answered(1, DAY, DAY + timedelta(days=days), "met", None, None) for days in (1, 2, 40)]
    assert count(2026, met, {}).days == 2
    assert dict(count(2026, met[:1], {}).rows())["De la fiche à la rencontre"] == "1 jour"


@pytest.fixture
def sent(house: House) -> House:
    """Two forms of the house's structure, one accepted with its way out, one refused; and one of another structure."""
    with house.writing():
        other = Structure(code="AUTRE", name="CCAS des Collines", kind="ccas")
        db.session.add(other)
        db.session.flush()
        stranger = make_person(house, 7).id
        told: list[dict[str, Any]] = [
            {"beneficiary_id": house.beneficiary_id, "status": "accepted", "met_on": date(2026, 2, 24)},
            {"beneficiary_id": make_person(house, 8).id, "status": "refused", "reason": "full", "other_offer": "network"},
            {"beneficiary_id": stranger, "status": "accepted", "structure_id": other.id},
        ]
        for place, form in enumerate(told, 1):
            plain = {"number": f"L-2026-{place:04d}", "structure_id": house.structure_id, "received_on": date(2026, 2, 20), "motive": "job"}
            db.session.add(LiaisonForm(**(plain | form)))
        for person, way_out in ((house.beneficiary_id, "none"), (house.beneficiary_id, "own_car"), (stranger, "transit")):
            plain = {"recorded_on": date(2026, 3, 1), "end_reason": "end_of_contract", "job_kind": "permanent"}
            db.session.add(Outcome(beneficiary_id=person, lasting_solution=way_out, **plain))
            db.session.flush()
    return house


def test_a_prescriber_reads_their_own_structures_figures_only(sent: House) -> None:
    api, by = sent.app.test_client(), sent.bearer(Role.PRESCRIBER)
    told = api.get(sent.api("liaison-forms/figures?year=2026"), headers=by).json
    assert (told["sent"], told["met"], told["accepted"], told["days"], told["waiting"]) == (2, 1, 1, 4, 0)
    assert told["refused"] == {REFUSALS["full"]: 1} and told["redirected"] == {}
    assert told["outcomes"] == {"une voiture à soi": 1}, "the last one noted of each person, and nobody else's"
    page = sent.client(Role.PRESCRIBER).get(sent.page("liaison-forms/figures")).text
    assert "une voiture à soi" in page and "les transports en commun" not in page and "CCAS des Collines" not in page
    with sent.reading():
        (other,) = db.session.query(Structure.id).filter(Structure.code == "AUTRE").one()
    assert api.get(sent.api(f"liaison-forms/figures?structure_id={other}"), headers=by).status_code == 404


def test_an_adviser_reads_any_structures_and_another_year_is_empty(sent: House) -> None:
    api, by = sent.app.test_client(), sent.bearer(Role.ADVISER)
    assert api.get(sent.api("liaison-forms/figures?year=2026"), headers=by).json["sent"] == 3
    assert api.get(sent.api(f"liaison-forms/figures?year=2026&structure_id={sent.structure_id}"), headers=by).json["sent"] == 2
    client = sent.client(Role.ADVISER)
    assert "Aucune fiche en 2025" in client.get(sent.page("liaison-forms/figures?year=2025")).text
    wrong = client.get(sent.page("liaison-forms/figures?year=demain"))
    assert wrong.status_code == 422 and 'value="demain"' in wrong.text
