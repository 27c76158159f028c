"""Every form of the application sent empty, absurd and twice: never a fault, and a refused one leaves every table as it was."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from mobility.db import Base, db
from mobility.rights import Role
from tests.actors import Route, list_routes
from tests.browsing import post
from tests.house import House, sign_in
from tests.money import give_keys
from tests.rental import RentalDesk

LEAVING = {"accounts.logout"}
COUNTED_APART = {"login_attempt", "file_look"}  # a try at the door counts whatever comes of it; a page shown again is a look
FIELDS = tuple(
    [
        "first_name",
        "last_name",
        "birth_on",
        "sex",
        "phone",
        "email",
        "contact_by",
        "address",
        "postcode",
        "commune",
        "kind",
        "label",
        "plate",
        "site_id",
        "km",
        "odometer_km",
        "cents",
        "due_cents",
        "reason",
        "reference",
        "starts_at",
        "ends_at",
        "starts_on",
        "ends_on",
        "first_on",
        "last_on",
        "from_on",
        "to_on",
        "held_on",
        "on",
        "value",
        "password",
        "new",
        "current",
        "login",
        "name",
        "role",
        "structure_id",
        "means",
        "tier",
        "version",
        "vehicle_id",
        "fuel",
        "zones",
        "answers",
        "budget",
        "year",
        "q",
        "instalments",
        "note",
        "told_on",
        "returned_on",
        "release_on",
        "amount",
    ]
)
ABSURD = ["\x00", "é\u202e" * 1000, "1e400", "9" * 400, "٣٤", "31/02/2026", "-1", "{}", "' OR 1=1 --"]


@pytest.fixture
def driven(house: House) -> House:
    """A house whose forms have something to be about."""
    give_keys(house)
    RentalDesk(house).out()
    return house


def forms(house: House) -> Iterator[tuple[Route, Role]]:
    """Every address that takes a form, with a role that may send it."""
    for route in list_routes(house):
        view = house.app.view_functions[route.endpoint]
        if route.method == "POST" and not route.is_api and route.endpoint not in LEAVING and not hasattr(view, "without_cookie"):
            allowed = getattr(view, "allowed", None) or {Role.MANAGER}
            yield route, sorted(allowed, key=list(Role).index)[0]


TABLES = sorted(set(Base.metadata.tables) - COUNTED_APART)
COUNTS = text("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in TABLES))  # asked thousands of times


def counts(house: House) -> dict[str, int]:
    """How many rows each table has."""
    with house.reading():
        return dict(zip(TABLES, db.session.execute(COUNTS).one(), strict=True))


@pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.proof)])
def test_no_form_sent_empty_absurd_or_twice_finds_a_fault_or_leaves_half_of_it(driven: House, every: int) -> None:
    todo = list(forms(driven))[::every]
    wrong, tried, after = [], 0, counts(driven)
    for turn, (route, role) in enumerate(todo):
        absurd = dict.fromkeys(FIELDS, ABSURD[turn % len(ABSURD)])
        for data in ({}, absurd, {"once": f"once-{turn}"} | absurd, {"once": f"once-{turn}"} | absurd):
            before = dict(after)
            client = driven.app.test_client()
            sign_in(driven.app, client, driven.accounts[role], at=driven.clock())
            before["account_session"] += 1
            tried += 1
            try:
                answer = post(client, route.path, data)
            except Exception as error:
                after = counts(driven)
                wrong.append(f"{route.path} {list(data)[:2]} broke: {type(error).__name__}: {error}"[:300])
                continue
            after = counts(driven)
            if answer.status_code not in (200, 204, 302, 303, 403, 404, 409, 413, 422, 429):
                wrong.append(f"{route.path} answered {answer.status_code}")
            if answer.status_code >= 400 and after != before:
                wrong.append(f"{route.path} refused with {answer.status_code} but wrote {[t for t in after if after[t] != before[t]]}")
    print(f"forms: {tried} sendings, {len(wrong)} faults")
    assert tried > 80
    assert not wrong, "\n".join(wrong)


def test_what_was_typed_is_kept_beside_what_is_wrong(house: House) -> None:
    client = house.client(Role.ADVISER)
    answer = post(
        client, house.page("people/new"), {"first_name": "Ysoline", "last_name": "Tarvel", "birth_on": "31/02/1990", "phone": "06"}
    )
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="Ysoline"' in said
    assert 'value="31/02/1990"' in said
    assert "Cette date n’existe pas." in said
