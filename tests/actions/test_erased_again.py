"""Erased people stay erased when a backup made before is put back (promises.md "Robustness")."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from billing.queries import verify_books
from mobility import backups
from mobility.db import db
from mobility.erased_list import keep_list, path_of, read_list
from mobility.models import Beneficiary, Erasure
from mobility.rights import Role
from tests.actions.test_backups import Empty, empty  # noqa: F401 — the fixture
from tests.browsing import post
from tests.databases import TestDatabase
from tests.house import House, make_settings
from tests.settled import NAMES, dumped, named_in, settled


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, database: TestDatabase) -> str:
    make: Empty = request.getfixturevalue("empty")
    return make(database.owner_url.partition("+")[0].partition(":")[0])


@pytest.fixture
def listed(house: House) -> Iterator[Path]:
    """This installation's list, none before and none after."""
    path = path_of(house.app)
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


def keep(house: House) -> None:
    with house.writing():
        keep_list(now=house.clock())


def test_each_erasure_adds_a_line_without_a_name(house: House, listed: Path) -> None:
    assert post(house.client(Role.MANAGER), house.page("people/1/erasure"), {"number": "P-00001", "told": "yes"}).status_code == 303
    (line,) = read_list(listed)
    assert (line.platform, line.number, line.why) == ("essai", "P-00001", "told") and not named_in(listed.read_text())
    keep(house), keep(house)
    assert read_list(listed) == [line] and listed.stat().st_mode & 0o077 == 0


@pytest.mark.proof
def test_whom_an_old_backup_still_knows_is_erased_of_it_again(
    house: House, database: TestDatabase, listed: Path, tmp_path: Path, empty_database: str
) -> None:
    settled(house)
    old = tmp_path / "avant.zip"
    backups.make(database.owner_url, old, now=house.clock())
    assert post(house.client(Role.MANAGER), house.page("people/1/erasure"), {"number": "P-00001", "told": "yes"}).status_code == 303
    (line,) = read_list(listed)
    assert line.kept_until == "2036-12-31"
    stranger = replace(line, created_at="2020-01-01T00:00:00+00:00")  # the number was given anew: somebody else has it there
    _, again = backups.restore(house.app, old, empty_database, erased=[stranger, line, line])
    assert again == 1
    there = House(**{**vars(house), "app": database.make_app(make_settings(empty_database, tmp_path))})
    with there.reading():
        assert verify_books() is None
        (person,), (row,) = db.session.scalars(select(Beneficiary)), db.session.scalars(select(Erasure))
        assert (person.first_name, person.number, row.sealed_at is not None, row.why) == ("Dossier", "P-00001", True, "told")
        print(f"restore drill: {again} of {len(read_list(listed))} on the list erased again, books verified")
    with there.app.app_context():
        db.engine.dispose()
    said = dumped(empty_database, there, tmp_path)
    assert named_in(said.replace("Plateforme essai", "").replace(".essai@", "")) == set()


@pytest.mark.proof
def test_without_the_list_the_backup_brings_them_back(house: House, database: TestDatabase, tmp_path: Path, empty_database: str) -> None:
    """The guard off."""
    settled(house)
    old = tmp_path / "avant.zip"
    backups.make(database.owner_url, old, now=house.clock())
    backups.restore(house.app, old, empty_database)
    assert named_in(dumped(empty_database, house, tmp_path)) == set(NAMES)


def test_a_restore_asks_for_the_list(house: House, database: TestDatabase, listed: Path, tmp_path: Path) -> None:
    old, into, run = tmp_path / "avant.zip", f"sqlite:///{tmp_path / 'again.sqlite3'}", house.app.test_cli_runner().invoke
    backups.make(database.owner_url, old, now=house.clock())
    refused = run(args=["backup", "restore", str(old), "--into", into])
    assert refused.exit_code == 1 and "--nobody-erased" in refused.output and str(listed) in refused.output
    listed.write_text("un nom\n")
    refused = run(args=["backup", "restore", str(old), "--into", into])
    assert refused.exit_code == 1 and "no list of erased people" in refused.output


def test_a_backup_made_by_command_goes_back_by_command_while_nobody_was_erased(house: House, listed: Path, tmp_path: Path) -> None:
    file, into, run = tmp_path / "whole.zip", f"sqlite:///{tmp_path / 'again.sqlite3'}", house.app.test_cli_runner().invoke
    made = run(args=["backup", "make", str(file)])
    assert made.exit_code == 0 and listed.exists() and not listed.read_text(), made.output
    back = run(args=["backup", "restore", str(file), "--into", into])
    assert back.exit_code == 0 and "Erased again of those on the list: 0" in back.output, back.output
