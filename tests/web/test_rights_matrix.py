"""Every route × method × actor against the one table of rights, on rows that are there; and a GET that writes nothing."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import create_engine, select, update

import billing.queries.accounts
import mobility.db.engine
import mobility.queries.liaison
import mobility.web.access
from mobility.db import Base, db
from mobility.models import Site
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.edge import PointEtape
from tests.actors import gather_crew
from tests.aims import Aims
from tests.databases import PostgresqlDatabase, TestDatabase
from tests.furnished import furnish
from tests.house import FakeClock
from tests.lived import two_demos
from tests.rights_walk import Tally, Try, Walk
from tests.web.rights import PUBLIC, RIGHTS

Rows = dict[str, Sequence[Any]]


def said(view: Callable[..., Any]) -> str:
    """A view's mark, as a row of the table."""
    allowed = getattr(view, "allowed", None)
    return '"why it is open"' if allowed is None else "{" + ", ".join(sorted(role.name for role in allowed)) + "}"


def test_every_endpoint_has_its_row_and_its_mark_agrees(database: TestDatabase) -> None:
    rows = PUBLIC.keys() | RIGHTS.keys()
    views = database.app.view_functions
    missing = [f'    "{endpoint}": {said(view)},' for endpoint, view in sorted(views.items()) if endpoint not in rows]
    assert not missing, "add to tests/web/rights/<floor>.py (PUBLIC in __init__.py), once you have thought about each:\n" + "\n".join(
        missing
    )
    assert not PUBLIC.keys() & RIGHTS.keys()
    gone = sorted(rows - views.keys())
    assert not gone, f"no such endpoint any more: {gone}"
    wrong = [
        f'    "{endpoint}": {said(view)},'
        for endpoint, view in sorted(views.items())
        if getattr(view, "allowed", "no mark") != (frozenset(RIGHTS[endpoint]) if endpoint in RIGHTS else None)
    ]
    assert not wrong, "the code marks them otherwise than the table:\n" + "\n".join(wrong)


# Guards, what stands in their place when they are off, whom they keep out, and how many faults, and marks read, are found at least.
GUARDS: list[tuple[ModuleType, str, Callable[..., Any], str, int, int]] = [
    (mobility.web.access, "_check_roles", lambda who, allowed: None, "refused", 25, 3),
    (billing.queries.accounts, "may_read", lambda beneficiary_id, viewer: None, "theirs", 2, 0),
    (mobility.queries.liaison, "visible", lambda asked, viewer: asked, "theirs", 4, 2),
]


def make_walk(database: TestDatabase, clock: FakeClock) -> Walk:
    """The demonstration, furnished, with everybody before it."""
    house, other = two_demos(database, clock)
    made = furnish(house)
    half = int(isinstance(database, PostgresqlDatabase))
    return Walk(house, other, gather_crew(house, other), Aims(house, database.owner_url, made), made, half=half)


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.proof)], ids=["some", "whole"])
def test_each_route_does_what_the_table_says_and_a_get_writes_nothing_but_looks(
    database: TestDatabase, app: PointEtape, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    """And with a guard off it is found. One test, as the house is long to build; nobody in it changes what the next one meets."""
    walk = make_walk(database, clock)
    before = snapshot(database)
    read = walk.walk(safe=True, whole=whole)
    after = snapshot(database)
    acted = walk.walk(safe=False, whole=whole)
    looks = len(after["file_look"]) - len(before["file_look"])
    print(f"rights on {database.owner_url.partition(':')[0]}, {len(walk.crew)} actors: GET: {read.say()}; acts: {acted.say()}")
    print(f"GET: {len(before)} tables of every platform compared before and after, {looks} looks noted, written: {written(before, after)}")
    assert not read.faults + acted.faults, "\n".join(read.faults + acted.faults)
    assert read.statuses[200] > 75 and looks > 25
    assert not written(before, after)
    for module, guard, without, want, faults, marks in GUARDS:
        found = unguarded(walk, monkeypatch, module, guard, without, want)
        marked = sum("marked" in fault for fault in found.faults)
        print(f"without {guard}: {found.say()}, {marked} of them with what is marked")
        assert len(found.faults) >= faults and marked >= marks
    assert writing_view(walk, database, monkeypatch, guarded=True) == []
    assert writing_view(walk, database, monkeypatch, guarded=False) == ["site"]


def unguarded(walk: Walk, patched: pytest.MonkeyPatch, module: ModuleType, guard: str, without: Callable[..., Any], want: str) -> Tally:
    """What those whom the guard keeps out find while it is off."""
    some = walk.share(safe=True, whole=False) if want == "refused" else walk.personal()
    kept_out = [one for rule, method, turn in some for one in walk.tries(rule, method, turn, Tally()) if one.want == want]
    with patched.context() as off:
        off.setattr(module, guard, without)
        walk.run(kept_out, found := Tally())
    return found


def writing_view(walk: Walk, database: TestDatabase, patched: pytest.MonkeyPatch, *, guarded: bool) -> list[str]:
    """The tables written by a GET planted to write, with and without the guard that lets a reading transaction read only."""

    @allow(Role.MANAGER)
    def writing() -> str:
        db.session.execute(update(Site).values(address="ailleurs"))
        db.session.commit()
        return "écrit"

    (on,) = (on for on in walk.routes(safe=True) if on[0].endpoint == "vehicle_kinds.index")
    opening = walk.opening(*on, Role.MANAGER)
    assert isinstance(opening, Try)
    before = snapshot(database)
    with patched.context() as planted:
        planted.setitem(walk.app.view_functions, "vehicle_kinds.index", writing)
        if not guarded:
            planted.setattr(mobility.db.engine, "is_writing", lambda: True)
        walk.run([opening], told := Tally())
    assert bool(told.faults) == guarded
    return written(before, snapshot(database))


def snapshot(database: TestDatabase) -> Rows:
    """Every row of every table, of every platform, read as the owner."""
    owner = create_engine(database.owner_url)
    with owner.connect() as connection:
        asked = {table.name: select(table).order_by(*table.primary_key.columns) for table in Base.metadata.sorted_tables}
        kept = {name: connection.execute(query).all() for name, query in asked.items()}
    owner.dispose()
    return kept


def written(before: Rows, after: Rows) -> list[str]:
    """The tables that are otherwise than before, but for what a look leaves after the rest."""
    looks = {name: [row for row in rows[len(before[name]) :] if is_a_look(name, row)] for name, rows in after.items()}
    return [name for name in before if [*before[name], *looks[name]] != after[name]]


def is_a_look(table: str, row: Any) -> bool:
    """What a GET leaves: that somebody's file was looked at, or a list was taken away."""
    return table in {"booklet_look", "file_look"} or (table == "audit_entry" and row.verb == "export")
