"""An erased person is on no page, in no file, no paper and no JSON, whoever asks; and no address breaks on what is left of them."""

import pytest
from flask.testing import FlaskClient

from mobility.rights import Role
from tests.crawler import addresses, files, text_of
from tests.databases import TestDatabase
from tests.house import House
from tests.settled import erase_now, settled

READERS = (Role.MANAGER, Role.TREASURER, Role.ADVISER, Role.MECHANIC, Role.PRESCRIBER)
# The house and its accounts are called so too, and the pole's commune stands in its own address.
OURS = ("Plateforme essai", "essai@example.org", "/p/essai", "p/essai/", "essai.example")


SAYING = ("Camille", "camille", "600000001", "Aubagne", "13400", "1990-05-17")


def said(body: str) -> set[str]:
    for ours in OURS:
        body = body.replace(ours, "")
    return {name for name in SAYING if name in body}


def read(client: FlaskClient, path: str, heads: dict[str, str]) -> str:
    """What an address answers, or the fault that it meets."""
    try:
        answer = client.get(path, headers=heads if path.startswith("/api/") else None)
    except Exception as fault:
        return f"BROKEN {type(fault).__name__} {fault}"
    return f"BROKEN {answer.status_code}" if answer.status_code >= 500 else text_of(answer)


@pytest.mark.proof
def test_no_address_tells_of_an_erased_person_or_breaks(house: House, database: TestDatabase) -> None:
    settled(house)
    asked = sorted({*addresses(house, house, database.owner_url, 1), *files(house)})
    manager, heads = house.client(Role.MANAGER), house.bearer(Role.MANAGER)
    told = sum(bool(said(read(manager, path, heads))) for path in asked)
    erase_now(house)
    broken, found, tried = [], [], 0
    for role in READERS:
        client, heads = house.client(role), house.bearer(role)
        for path in asked:
            body, tried = read(client, path, heads), tried + 1
            broken += [f"{role} {path}: {body[:200]}"] if body.startswith("BROKEN") else []
            found += [f"{role} {path}: {said(body)}"] if said(body) else []
    print(f"erased: {told} of {len(asked)} addresses told of them; of {tried} answers after, {len(found)} do, {len(broken)} break")
    assert told > 30
    assert (broken, found) == ([], [])
