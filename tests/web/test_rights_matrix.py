"""Every route × method × actor against the one table of rights; and a GET that writes nothing."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from mobility.db import Base, db
from mobility.rights import Role
from mobility.web.edge import PointEtape
from tests.actors import MARK, SAFE, Actor, Route, list_routes, make_actors
from tests.house import House
from tests.web.rights import NARROWED, PUBLIC, RIGHTS

GROWING = {"file_look"}  # the one thing a look leaves


def said(view: Callable[..., Any]) -> str:
    """A view's mark, as a row of the table."""
    allowed = getattr(view, "allowed", None)
    return '"why it is open"' if allowed is None else "{" + ", ".join(sorted(role.name for role in allowed)) + "}"


def test_every_endpoint_has_its_row_and_its_mark_agrees(app: PointEtape) -> None:
    rows = PUBLIC.keys() | RIGHTS.keys()
    views = app.view_functions
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
        if view.allowed != (frozenset(RIGHTS[endpoint]) if endpoint in RIGHTS else None)  # type: ignore[attr-defined]
    ]
    assert not wrong, "the code marks them otherwise than the table:\n" + "\n".join(wrong)


def expected(route: Route, actor: Actor) -> str:
    """What the door does with this actor: "door", "refused", "hidden" or "in"."""
    if route.endpoint in PUBLIC:
        return "in"
    if actor.is_nobody or (route.is_api and actor.is_outside):
        return "door"
    if actor.is_outside or (not route.is_of_a_platform and actor.role != Role.NETWORK):
        return "hidden"
    return "in" if actor.role in NARROWED.get(route.endpoint, RIGHTS[route.endpoint]) else "refused"


def fault(route: Route, actor: Actor) -> str | None:
    """What is wrong with the answer this actor gets, if anything."""
    want = expected(route, actor)
    try:
        answer = actor.ask(route)
    except Exception as error:
        return f"{actor.name}: {route.method} {route.path} broke with {type(error).__name__}: {error}"
    to_the_door = answer.status_code == 303 and "/login" in answer.headers.get("Location", "") and route.endpoint != "accounts.logout"
    got_right = {
        "door": answer.status_code == 401 if route.is_api else to_the_door,
        "refused": answer.status_code == 403,
        "hidden": answer.status_code == 404,
        "in": answer.status_code < 500 and answer.status_code not in (401, 403) and not to_the_door,
    }[want]
    if got_right and (want == "in" or MARK.encode() not in answer.data):
        return None
    return f"{actor.name}: {route.method} {route.path} ({route.endpoint}) should be {want}, answered {answer.status_code}"


def scaled(actors: list[Actor], turn: int) -> list[Actor]:
    """Whoever must never come in, and two of each other kind by turns."""
    kinds = [[a for a in actors if not a.is_nobody and a.is_outside == outside] for outside in (False, True)]
    return [a for a in actors if a.is_nobody] + [
        kind[(turn + step) % len(kind)] for kind, steps in zip(kinds, ((0, 3), (0,)), strict=True) for step in steps
    ]


def walk(house: House, *, whole: bool) -> tuple[int, list[str]]:
    routes = list_routes(house)
    actors = make_actors(house)
    tries = [
        (route, actor)
        for turn, route in enumerate(routes)
        for actor in (actors if whole else scaled(actors, turn))
        if route.endpoint in PUBLIC or route.endpoint in RIGHTS
    ]
    # Whoever is refused goes first: those who come in may change what the others would meet.
    tries.sort(key=lambda t: (expected(*t) == "in", t[0].method not in SAFE))
    return len(tries), [wrong for route, actor in tries if (wrong := fault(route, actor))]


def test_each_route_lets_in_whom_the_table_says(house: House) -> None:
    count, faults = walk(house, whole=False)
    assert count > 50
    assert not faults, "\n".join(faults)


@pytest.mark.proof
def test_each_route_tried_by_every_actor(house: House) -> None:
    count, faults = walk(house, whole=True)
    print(f"rights: {count} tries, route by method by actor, {len(faults)} faults")
    assert not faults, "\n".join(faults)


def snapshot(house: House) -> dict[str, Sequence[Any]]:
    """Every row of every table that the platform may see."""
    kept: dict[str, Sequence[Any]] = {}
    with house.reading():
        for table in Base.metadata.sorted_tables:
            kept[table.name] = db.session.execute(select(table).order_by(*table.primary_key.columns)).all()
    return kept


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.proof)])
def test_a_get_writes_nothing_but_the_look_at_a_file(house: House, whole: bool) -> None:
    actors = [a for a in make_actors(house) if not a.is_outside or whole]
    routes = [route for route in list_routes(house) if route.method == "GET"]
    before = snapshot(house)
    for turn, route in enumerate(routes):
        for actor in actors if whole else [actors[turn % len(actors)], actors[(turn + 5) % len(actors)]]:
            actor.ask(route)
    after = snapshot(house)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= GROWING, f"a GET wrote to {sorted(changed - GROWING)}"
    assert after["file_look"][: len(before["file_look"])] == before["file_look"]
    if whole:
        print(f"GET: {len(routes)} routes as {len(actors)} actors, {len(before)} tables compared, {len(after['file_look'])} looks noted")
