"""Imports on screen: given, followed, read; refused with what was wrong."""

import time
from io import BytesIO

from werkzeug.test import TestResponse

from mobility.imports.liaison_folder import COLUMNS, FORMS
from mobility.rights import Role
from tests.actions.test_import_folder import sheets
from tests.browsing import post
from tests.house import House


def give(house: House, files: dict[str, bytes]) -> TestResponse:
    sent = {"files": [(BytesIO(raw), name) for name, raw in files.items()]}
    return post(house.client(Role.MANAGER), house.page("imports"), sent)


def test_the_manager_gives_the_files_and_sees_what_was_taken(house: House) -> None:
    answer = give(house, sheets())
    assert answer.status_code == 303
    client = house.client(Role.MANAGER)
    for _ in range(100):
        page = client.get(answer.location)
        if 'http-equiv="refresh"' not in page.text:
            break
        time.sleep(0.1)
    assert "terminé" in page.text and "Aucune ligne" in page.text
    assert client.get(house.page("imports")).status_code == 200


def test_a_wrong_file_is_said_beside_the_field_and_nothing_is_kept(house: House) -> None:
    answer = give(house, {name: b"" for name in COLUMNS} | {FORMS: "n°".encode("latin-1")})
    assert answer.status_code == 422
    assert "Aucun import" in answer.text
