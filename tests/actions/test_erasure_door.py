"""The door through the tables written once: what it lets through while a person is being erased, and that it lets nothing else."""

from datetime import date
from typing import Any

from sqlalchemy import null, update
from sqlalchemy.exc import DBAPIError

from mobility.db import Base, db, platform_scope, transaction
from mobility.db.transaction import undo
from mobility.models import Erasure
from tests.databases import TestDatabase
from tests.held import plant_person
from tests.house import House, make_beneficiary
from tests.marks import asleep

LINE = {"agreement": 1, "person": "Camille Essai", "reference": "FSL-1", "kind": "car", "by_day": {"2026-03-02": 300}, "cents": 300}
INVOICE = {"name": "Conseil du Vallon", "reason": None, "lines": [LINE, LINE | {"person": "Lou Voisin", "agreement": 2}]}


def lines_with(*changes: dict[str, Any]) -> dict[str, Any]:
    return INVOICE | {"lines": [line | change for line, change in zip(INVOICE["lines"], changes, strict=True)]}


# What is tried on a row, and whether it goes through while its person is being erased.
TRIED: list[tuple[str, dict[str, Any], bool]] = [
    ("hire_step", {"reason": null()}, True),
    ("hire_step", {"reason": "autre chose"}, False),
    ("hire_step", {"reason": null(), "cents": 7}, False),
    ("hire_step", {"reference": null()}, False),
    ("loss_step", {"reference": null()}, True),
    ("loss_step", {"reference": null(), "cents": 7}, False),
    ("loss_step", {"parts": []}, False),
    ("payer_invoice", {"content": lines_with({"person": "P-00001"}, {})}, True),
    ("payer_invoice", {"content": lines_with({"person": "P-00001", "cents": 1}, {})}, False),
    ("payer_invoice", {"content": lines_with({"by_day": {"2026-03-02": 1}}, {})}, False),
    ("payer_invoice", {"content": INVOICE | {"name": "Autre"}}, False),
    ("payer_invoice", {"content": INVOICE | {"lines": INVOICE["lines"][:1]}}, False),
    ("payer_invoice", {"content": lines_with({}, {}), "cents": 1}, False),
    ("receipt", {"content": {}}, False),
    ("journal_entry", {"label": "autre"}, False),
    ("ledger_line", {"subject_number": null()}, False),
    ("audit_entry", {"subject_number": null()}, False),
    ("file_look", {"page": "autre"}, False),
]


def through(house: House, table: str, values: dict[str, Any], *, erased: int | None) -> bool:
    """Whether the database takes a change of this table's rows, tried in a transaction that is undone; `erased`: whose erasure is open."""
    with house.app.app_context(), platform_scope(house.platform_id):
        try:
            with transaction():
                if erased is not None:
                    row = Erasure(beneficiary_id=erased, why="told", erased_at=house.clock())
                    db.session.add(row)
                    db.session.flush()
                done = db.session.execute(update(Base.metadata.tables[table]).values(values)).rowcount  # type: ignore[attr-defined]
                assert done, f"no row of {table} to try on"
                undo()
        except DBAPIError as refused:
            assert "append-only" in str(refused)
            return False
    return True


def test_the_door_lets_words_go_and_nothing_else(house: House, database: TestDatabase) -> None:
    plant_person(house, database.owner_url, house.beneficiary_id, "A")
    with asleep(database.owner_url) as connection:
        connection.execute(Base.metadata.tables["erasure"].delete())
        invoice = {
            "platform_id": house.platform_id,
            "number": 1,
            "payer_id": 1,
            "cents": 600,
            "content": INVOICE,
            "issued_at": house.clock(),
        }
        days = {"first_on": date(2026, 3, 1), "last_on": date(2026, 3, 31)}
        connection.execute(Base.metadata.tables["payer_invoice"].insert().values(invoice | days))
    with house.writing():
        other = make_beneficiary(house.clock, number="P-00099")
        db.session.add(other)
        db.session.flush()
        other_id = other.id
    for table, values, passes in TRIED:
        assert through(house, table, values, erased=house.beneficiary_id) is passes, (table, values)
        assert not through(house, table, values, erased=None), f"{table} opens without an erasure"
        if table in ("hire_step", "loss_step"):
            assert not through(house, table, values, erased=other_id), "somebody else's rows"
