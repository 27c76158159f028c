"""What is read together is what each question reads alone, in its own order, for this person of this platform and nobody else."""

from datetime import date, timedelta
from typing import Any

from billing.models import TariffVersion, Tier, TierProof
from fleet.actions.bookings import book
from fleet.queries import standing
from mobility.actions.people import record_job
from mobility.db import db
from mobility.models import LiaisonForm
from mobility.rights import Role
from tests.garage import MONDAY, at, clear_person, make_person, make_vehicle
from tests.house import House, make_house
from tests.statements import counted

NAMES = ("SETTINGS", "VERSIONS", "TIERS", "PROOFS", "SHOWN", "JOBS", "ENTRIES", "OPENED", "FORMS", "SIGNED", "RENTALS")
ONE_ROW = {"ENTRIES", "SIGNED"}
DAYS = [MONDAY - timedelta(days=count) for count in (30, 10, 20)]


def tell_all(house: House, person_id: int) -> None:
    """Of each table more than one row, written in no order; inside `writing`."""
    clear_person(house, person_id)
    for number, day in enumerate(DAYS):
        record_job(person_id, kind="permanent", starts_on=day, one_way_tenths=number, by=house.viewer(Role.ADVISER), now=house.clock())
        form: dict[str, Any] = {"structure_id": house.structure_id, "motive": "job", "number": f"{person_id}-{number}"}
        proof = TierProof(beneficiary_id=person_id, tier_code="own", from_on=day, recorded_at=house.clock())
        db.session.add_all([LiaisonForm(beneficiary_id=person_id, received_on=day, **form), proof])
    db.session.flush()


def answers(person_id: int) -> dict[str, list[Any]]:
    return {name: getattr(standing, name)(person_id) for name in NAMES}


def test_read_together_or_alone_it_is_the_same(house: House) -> None:
    other = make_house(house.app, house.clock, slug="autre")
    with other.writing():
        tell_all(other, other.beneficiary_id)
    with house.writing():
        tell_all(house, house.beneficiary_id)
        tell_all(house, make_person(house, 7).id)
        car = make_vehicle(house, "Citadine 7").id
        for day in (5, 3, 4):
            book(house.beneficiary_id, car, starts_at=at(day), ends_at=at(day, 17), by=house.viewer(Role.ADVISER), now=house.clock())
        for day in DAYS:
            db.session.add(TariffVersion(label=f"Tarif du {day}", from_on=day, day_cents={"car": 500}))
            db.session.add(Tier(code="own", label="Le nôtre", price_cents={"car": 100}, from_on=day))
    with house.reading():
        alone = answers(house.beneficiary_id)
    with house.reading(), counted(house.app) as sent:
        standing.know(house.beneficiary_id)
        assert answers(house.beneficiary_id) == alone
    assert sum("UNION ALL" in statement for statement in sent) == 1 and sent[-1].count("UNION ALL") == len(NAMES) - 1
    assert all(len(rows) == 1 if name in ONE_ROW else len(rows) >= 3 for name, rows in alone.items())
    assert [job.starts_on for job in alone["JOBS"]] == sorted(DAYS, reverse=True)
    assert [version.day_cents for version in alone["VERSIONS"]] == [{"car": 500}] * 3


def test_what_is_written_after_it_is_read_again(house: House) -> None:
    with house.writing():
        standing.know(house.beneficiary_id)
        assert standing.VERSIONS() == []
        db.session.add(TariffVersion(label="Nouveau", from_on=date(2026, 1, 1), day_cents={}))
        with counted(house.app) as sent:
            standing.know(house.beneficiary_id)
            assert [version.label for version in standing.VERSIONS()] == ["Nouveau"]
        assert len(sent) == 2, "the row, and its table alone"
