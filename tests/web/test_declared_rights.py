"""What a liaison form says of a person's situation, and the right to a rate that follows when an adviser says so."""

from typing import Any

import pytest
from sqlalchemy import select

from billing.actions.tariffs import add_tier
from billing.declared import tier_for
from billing.models import TierProof
from billing.queries.declared import list_declared
from mobility.actions.liaison import send_liaison_form
from mobility.actions.liaison_papers import add_paper
from mobility.db import db
from mobility.models import Beneficiary, LiaisonForm
from mobility.periods import paris_day
from mobility.rights import Role
from tests.browsing import post
from tests.house import House


def send(house: House, **said: Any) -> int:
    """A form about the house's person."""
    with house.reading():
        known = db.session.get_one(Beneficiary, house.beneficiary_id)
        person = {name: getattr(known, name) for name in ("first_name", "last_name", "birth_on", "phone")}
    with house.writing():
        by = house.viewer(Role.PRESCRIBER)
        return send_liaison_form(person=person, motive="job", consent=True, **said, by=by, now=house.clock()).id


def own_tier(house: House, label: str) -> str:
    with house.writing():
        by = house.viewer(Role.MANAGER)
        return add_tier(
            label=label, from_on=paris_day(house.clock()), share_numerator=1, share_denominator=2, by=by, now=house.clock()
        ).code


def declared(house: House) -> list[tuple[str, str | None, bool]]:
    with house.reading():
        found = list_declared(house.beneficiary_id, paris_day(house.clock()))
        return [(one.code, one.tier, one.seen_on is not None) for one in found]


@pytest.mark.parametrize(
    ("code", "tiers", "tier"),
    [
        ("rsa", {"full": "plein tarif", "rsa": "RSA"}, "rsa"),
        ("aah", {"allocataires-aah": "Allocataires AAH"}, "allocataires-aah"),
        ("cej", {"garantie": "Jeunes en CEJ"}, "garantie"),
        ("temp_work", {"interim": "Intérimaires"}, "interim"),
        ("ass", {"assurance": "Assurance maladie"}, None),
        ("aah", {}, None),
    ],
)
def test_the_tier_is_the_one_whose_words_name_the_situation(code: str, tiers: dict[str, str], tier: str | None) -> None:
    assert tier_for(code, tiers) == tier


def test_a_form_says_it_and_an_adviser_notes_it(house: House) -> None:
    form_id = send(house, rsa_declared=True, rsa_seen=True, situations=["aah", "cej", "aah"])
    tier = own_tier(house, "Allocataires AAH")
    assert declared(house) == [("rsa", "rsa", True), ("cej", None, False), ("aah", tier, False)]
    with house.writing():
        add_paper(form_id, kind="aah", seen_on=paris_day(house.clock()), by=house.viewer(Role.PRESCRIBER), now=house.clock())
    assert ("aah", tier, True) in declared(house)
    adviser, page = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/rights")
    told = adviser.get(page).text
    assert "Déclaré, pas encore noté" in told and "Aucun palier de la plateforme ne porte ce nom" in told and "pièce vue le" in told
    assert "checked" in adviser.get(f"{page}?tier={tier}").text
    assert "droit à noter" in adviser.get(house.page(f"people/{house.beneficiary_id}/bookings/new")).text
    with house.reading():
        assert not db.session.scalars(select(TierProof)).all(), "proposed, never applied by itself"
    assert post(adviser, page, {"tier": tier, "from_on": "2026-03-02"}).status_code == 303
    assert [code for code, *_ in declared(house)] == ["rsa", "cej"]


def test_the_form_asks_it_on_the_page_in_json_and_on_paper(house: House) -> None:
    prescriber = house.client(Role.PRESCRIBER)
    page = prescriber.get(house.page("liaison-forms/new")).text
    assert 'name="situations"' in page and "Est-elle dans une de ces situations" in page
    typed = {"first_name": "Lou", "last_name": "Voisin", "birth_on": "1990-01-02", "contact_by": "phone", "motive": "job", "consent": "yes"}
    typed |= {"phone": "0639980011"}
    answer = post(prescriber, house.page("liaison-forms/new"), typed | {"situations": ["ass", "qpv", "temp_work"]})
    assert answer.status_code == 303, answer.text
    with house.reading():
        form = db.session.scalars(select(LiaisonForm).order_by(LiaisonForm.id.desc())).first()
        assert form is not None and (form.situations, form.qpv_declared) == (["ass", "temp_work"], True)
    shown = house.client(Role.ADVISER).get(answer.location).text
    assert "allocation de solidarité spécifique (ASS), en mission d" in shown.replace("\xa0", " ")
    missing = house.client(Role.ADVISER).get(f"{answer.location}/papers").text.replace("\xa0", " ")
    assert "Déclaré sans justificatif vu : notification ASS" in missing
    wrong = post(prescriber, house.page("liaison-forms/new"), typed | {"situations": ["rich"], "first_name": "Milo"})
    assert wrong.status_code == 422 and "Choisissez une des réponses proposées" in wrong.text
