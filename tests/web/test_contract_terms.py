"""A contract says everything domain.md §9 lists, or it is not made: the page, the API and the paper agree."""

from typing import Any

import pytest
from sqlalchemy import delete

from fleet.documents.contract import contract_pdf
from fleet.models import Contract, Vehicle
from fleet.queries.contracts import paper_of
from mobility.db import db
from mobility.models import Setting
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.ports.read_pdf import words
from tests.rental import RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house)


def forget(house: House, *keys: str) -> None:
    """The platform has not said these yet."""
    with house.writing():
        db.session.execute(delete(Setting).where(Setting.key.in_(keys)))


def test_the_page_says_what_is_missing_and_where_it_is_set(desk: RentalDesk) -> None:
    house = desk.house
    forget(house, "fleet.breakdown_phone")
    path = house.page(f"bookings/{desk.booking_id}/contract")
    adviser = house.client(Role.ADVISER)
    assert ("Le numéro d’assistance en cas de panne" in adviser.get(path).text, "Faire le contrat" in adviser.get(path).text) == (
        True,
        False,
    )
    refused = post(adviser, path, {})
    assert (refused.status_code, "Le contrat ne peut pas encore se faire." in refused.text) == (422, True)
    assert house.page("settings/fleet.breakdown_phone") in house.client(Role.MANAGER).get(path).text


def test_the_api_refuses_to_make_and_to_sign_with_the_sentence(desk: RentalDesk) -> None:
    house, head = desk.house, desk.house.bearer(Role.ADVISER)
    client, path = house.app.test_client(), house.api(f"bookings/{desk.booking_id}")

    def ask(what: str, body: dict[str, Any]) -> Any:
        return client.post(f"{path}/{what}", json=body, headers=head)

    waiting = ask("contract", {}).get_json()["number"]
    forget(house, "fleet.breakdown_phone")
    signed = {"number": waiting, "signer_name": "Camille Essai", "agreed": True}
    for refused in (ask("contract", {}), ask("signature", signed)):
        assert refused.status_code == 422
        assert "le numéro d’assistance en cas de panne : votre responsable le note dans « Règles »" in refused.get_json()["detail"]
    assert [contract.signed_at for contract in desk.rows(Contract)] == [None]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Assurances du Littoral", "insurer"),
        ("450 € au plus restent à votre charge", "excess"),
        ("Qui peut conduire Camille Essai", "authorised drivers"),
        ("appelez le 08 00 00 00 99", "breakdown number"),
        ("Carburant à votre charge", "fuel"),
        ("216 km par semaine", "cap"),
        ("300 €, chèque non encaissé", "deposit"),
        ("À remettre 300 € le 2 mars 2026", "when it is due"),
        ("Voiture à 5 €, 28 jours : 140 €", "price"),
        ("Votre palier plein tarif", "tier"),
        ("Tant que le véhicule n’est pas rendu, les jours sont comptés", "what happens when late"),
        ("Renouvelable d’un commun accord, jusqu’au 31 mai 2026", "the longest chain"),
    ],
)
def test_the_paper_states_all_that_the_domain_lists(desk: RentalDesk, said: str, what: str) -> None:
    contract = desk.sign()
    with desk.house.reading():
        text = words(contract_pdf(paper_of(db.session.get_one(Contract, contract.id))))
    assert said in text, what


@pytest.mark.parametrize(("energy", "said"), [("petrol", "Carburant"), ("electric", "Recharge"), ("none", None)])
def test_a_contract_speaks_of_fuel_only_where_there_is_some(desk: RentalDesk, energy: str, said: str | None) -> None:
    with desk.house.writing():
        db.session.get_one(Vehicle, desk.car).energy = energy
    contract = desk.sign()
    page = desk.house.client(Role.ADVISER).get(desk.house.page(f"bookings/{desk.booking_id}/contract")).text
    with desk.house.reading():
        text = words(contract_pdf(paper_of(db.session.get_one(Contract, contract.id))))
    for word in ("Carburant", "Recharge"):
        assert (f"<dt>{word}</dt>" in page, f"{word} à votre charge" in text) == (word == said,) * 2, word


def test_a_deposit_that_came_is_asked_for_no_more(desk: RentalDesk) -> None:
    desk.ready()
    with desk.house.reading():
        contract = db.session.query(Contract).order_by(Contract.id.desc()).first()
        assert contract is not None
        text = words(contract_pdf(paper_of(contract)))
    assert "Déjà remis 300 € Rendue" in text
