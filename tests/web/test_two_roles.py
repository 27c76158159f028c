"""Somebody with two roles sees with each what it shows, and no role lends its sight to another."""

import pytest
from sqlalchemy import select

from mobility.actions.structures import pick_structure
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Grant, LiaisonForm, Structure
from mobility.rights import Role
from mobility.web.viewer import viewer_of
from tests.house import House, make_beneficiary

OTHER = "Autre structure"


@pytest.fixture
def two_forms(house: House) -> tuple[int, int]:
    """A form of the prescriber's own structure, and one of another's about somebody else."""
    with house.writing():
        other = Structure(code="S02", name=OTHER, kind="CCAS")
        stranger = make_beneficiary(house.clock, number="P-09999", first_name="Odile", last_name="Ailleurs", identity_key="x", email=None)
        db.session.add_all([other, stranger])
        db.session.flush()
        pairs = ((house.beneficiary_id, house.structure_id), (stranger.id, other.id))
        forms = [
            LiaisonForm(
                number=f"FL-2026-000{n}",
                beneficiary_id=person,
                structure_id=structure,
                received_on=house.clock().date(),
                motive="job",
                status="received",
            )
            for n, (person, structure) in enumerate(pairs, 1)
        ]
        db.session.add_all(forms)
        db.session.flush()
        return forms[0].id, forms[1].id


def also(house: House, role: Role) -> None:
    """Give the prescriber one more role."""
    with house.writing():
        db.session.add(Grant(account_id=house.accounts[Role.PRESCRIBER], platform_id=house.platform_id, role=role))


@pytest.mark.parametrize(("more", "all_forms"), [(None, False), (Role.MECHANIC, False), (Role.ADVISER, True), (Role.MANAGER, True)])
def test_a_prescriber_reads_other_structures_forms_in_an_advisers_role_only(
    house: House, two_forms: tuple[int, int], more: Role | None, all_forms: bool
) -> None:
    own, others = two_forms
    if more is not None:
        also(house, more)
    browser = house.client(Role.PRESCRIBER)
    assert browser.get(house.page(f"liaison-forms/{own}")).status_code == 200
    seen = [browser.get(house.page(f"liaison-forms/{others}{end}")).status_code for end in ("", ".pdf")]
    assert seen[0] == (200 if all_forms else 404)
    assert (seen[1] == 404) or all_forms
    listed = browser.get(house.page("liaison-forms")).text
    assert "Camille" in listed and ("Odile" in listed) == all_forms
    assert (OTHER in browser.get(house.page("liaison-forms/new")).text) == all_forms


def test_a_mechanic_who_prescribes_sends_nothing_in_another_structures_name(house: House, two_forms: tuple[int, int]) -> None:
    also(house, Role.MECHANIC)
    with house.reading():
        who = viewer_of(house.accounts[Role.PRESCRIBER], "x", house.platform_id)
        other = db.session.scalars(select(Structure.id).filter(Structure.name == OTHER)).one()
        assert who.may(Role.MECHANIC)
        assert pick_structure(None, by=who, now=house.clock()).id == house.structure_id
        with pytest.raises(NotFound):
            pick_structure(other, by=who, now=house.clock())


def test_a_prescribers_token_reads_as_a_prescriber_whoever_holds_it(house: House, two_forms: tuple[int, int]) -> None:
    also(house, Role.ADVISER)
    client, asked = house.app.test_client(), house.api("liaison-forms")
    bearer = house.bearer(Role.PRESCRIBER)
    listed = client.get(asked, headers=bearer).text
    assert "FL-2026-0001" in listed and "FL-2026-0002" not in listed
    assert client.get(f"{asked}/{two_forms[1]}", headers=bearer).status_code == 404
