"""Imports on screen: given, followed, read; refused with what was wrong."""

import time
from io import BytesIO

from werkzeug.test import TestResponse

from mobility.actions.imports import open_folder, take_lines
from mobility.db import platform_scope
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


def test_a_second_click_is_told_that_one_has_begun(house: House) -> None:
    with house.app.app_context(), platform_scope(house.platform_id):
        opened = open_folder(sheets(), source="essai", by=house.viewer(Role.MANAGER), now=house.clock())
    refused = give(house, sheets())
    assert (refused.status_code, "Un import vient de commencer" in refused.text, "en cours" in refused.text) == (409, True, True)
    with house.app.app_context(), platform_scope(house.platform_id):
        take_lines(opened, by=house.viewer(Role.MANAGER), now=house.clock())
        again = open_folder(sheets(), source="essai", by=house.viewer(Role.MANAGER), now=house.clock())
    assert again.run_id > opened.run_id, "one that is over stands in nobody's way"
