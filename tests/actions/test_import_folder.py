"""A year of liaison forms as a platform's own spreadsheets: taken as it is, told line by line, and nothing twice."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mobility.actions import liaison_times
from mobility.db import db
from mobility.imports.liaison_folder import COLUMNS, FORMS, read_folder
from mobility.imports.sheets import SheetRefused
from mobility.models import Action, Beneficiary, ImportDoubt, LiaisonForm, Outbox, Platform, Structure
from tests.house import House

LA_CIOTAT = Path(__file__).parents[1] / "data" / "la-ciotat-2008"
PRINTED = {
    "prescriptions": 897,
    "structures": 43,
    "people_met": 803,
    "women_percent": 50,
    "men_percent": 50,
    "actions": 515,
    "beneficiaries": 202,
    "cost_per_beneficiary_eur": 1025,
}


def run(house: House, *args: str) -> str:
    done = house.app.test_cli_runner().invoke(args=[*args, "--platform", house.slug])
    assert done.exit_code == 0, done.output
    return done.output


def counts(house: House) -> list[int]:
    with house.reading():
        return [db.session.scalar(select(func.count(table.id))) or 0 for table in (Structure, Beneficiary, LiaisonForm, Action, Outbox)]


def test_the_year_is_taken_as_it_is_and_a_second_run_changes_nothing(house: House) -> None:
    before = counts(house)
    said = run(house, "import", "folder", str(LA_CIOTAT))
    assert "897 fiches" in said and "ligne 11 (reprise)" in said
    after = counts(house)
    # 897 forms about 860 people: 37 were sent twice. The house had its own structure S01 and one person; nobody is mailed.
    assert [new - old for new, old in zip(after, before, strict=True)] == [42, 860, 897, 515, 0]
    run(house, "import", "folder", str(LA_CIOTAT))
    assert counts(house) == after
    told = json.loads(run(house, "report", "year", "2008", "--budget", "207000", "--json"))
    assert {key: told[key] for key in PRINTED} == PRINTED


def sheets(**lines: list[str]) -> dict[str, bytes]:
    """The four files with one good form and action, or with these lines in place of a file's."""
    good = {
        "structures": ["S1;Maison de l’emploi;service;La Ciotat;s1@example.org"],
        "communes": ["La Ciotat;13600;43.17;5.60"],
        "fiches_de_liaison": ["1;07/01/2008;S1;Essai;Anaïs;F;23/11/1981;;13600;LA CIOTAT;0600000000;;non;B;emploi;14/01/2008"],
        "actions": ["1;location VAE;14/01/2008;18/04/08"],
    } | lines
    return {name: "\r\n".join([";".join(columns), *good[name[:-4]]]).encode("utf-8-sig") for name, columns in COLUMNS.items()}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1;31/02/2008;S1;E;A;F;23/11/1981;;13600;;;;;;emploi;", "n’existe pas"),
        ("1;07/01/2008;S9;E;A;F;23/11/1981;;13600;;;;;;emploi;", "S9"),
        ("1;07/01/2008;S1;;A;F;23/11/1981;;13600;;;;;;emploi;", "« nom » est vide"),
        ("1;07/01/2008;S1;E;A;X;23/11/1981;;13600;;;;;;emploi;", "« sexe »"),
        ("1;07/01/2008;S1;E;A;F;23/11/2030;;13600;;;;;;emploi;", "2030"),
        ("1;07/01/2008;S1;E;A;F;23/11/1981;;13600;;;peut-être;;;emploi;", "ni oui ni non"),
        ("1;07/01/2008;S1;E;A;F;23/11/1981;;13600;;;;;;loisir;", "« motif »"),
        ("1;07/01/2008;S1;E;A;F;23/11/1981;;13600;;;;;;emploi;06/01/2008", "avant la réception"),
        ("1;07/01/2008;S1;" + "E" * 300 + ";A;F;23/11/1981;;13600;;;;;;emploi;", "dépasse 80"),
        ("1", "« structure » est vide"),
    ],
)
def test_a_line_that_means_nothing_is_set_aside_with_its_number(line: str, reason: str) -> None:
    read = read_folder(sheets(fiches_de_liaison=[line], actions=[]), today=date(2026, 3, 2))
    assert not read.forms
    (doubt,) = read.doubts
    assert (doubt.file, doubt.line, doubt.taken) == (FORMS, 2, False)
    assert reason in doubt.reason


def test_a_line_read_as_best_it_could_be_is_taken_and_told() -> None:
    line = "1;07/01/08;S1;E;A;F;23/11/81;;136;LA CIOTAT;12;oui;;;emploi;"
    read = read_folder(sheets(fiches_de_liaison=[line]), today=date(2026, 3, 2))
    (form,) = read.forms
    assert (form.birth_on, form.commune, form.phone, form.postcode) == (date(1981, 11, 23), "La Ciotat", None, None)
    assert [doubt.taken for doubt in read.doubts] == [True] * 3


def test_columns_that_a_file_may_leave_out_are_read_where_they_stand() -> None:
    heading = ";".join((*COLUMNS[FORMS], "joindre par", "référent", "courriel du référent", "téléphone du référent"))
    line = "{};07/01/2008;S1;E;A{};F;23/11/1981;;13600;;;;;;emploi;;{}"
    told = ["SMS;Hector Vaubrun;Hector@example.org;04 00 00 00 31", ";Hector Vaubrun;hector;12", "structure;;hector@example.org;"]
    raw = "\r\n".join([heading, *(line.format(number, number, more) for number, more in enumerate(told, 1))]).encode("utf-8-sig")
    read = read_folder(sheets(actions=[]) | {FORMS: raw}, today=date(2026, 3, 2))
    assert [(form.contact_by, form.referent_name, form.referent_email, form.referent_phone) for form in read.forms] == [
        ("sms", "Hector Vaubrun", "hector@example.org", "+33400000031"),
        (None, "Hector Vaubrun", None, None),
        ("structure", None, None, None),
    ]
    assert [doubt.taken for doubt in read.doubts] == [True] * 3


def test_a_form_taken_in_while_it_waits_does_not_wait_in_silence(house: House, tmp_path: Path) -> None:
    """Its days count from the import: nobody here had it before."""
    lines = [f"{day};{day:02d}/01/2026;S1;Essai;Anaïs{day};F;23/11/1981;;13600;;;;;;emploi;" for day in (2, 30)]
    lines.append("9;07/01/2008;S1;Essai;Anaïs;F;23/11/1981;;13600;;;;;;emploi;")
    for name, raw in sheets(fiches_de_liaison=lines, actions=[]).items():
        (tmp_path / name).write_bytes(raw)
    run(house, "import", "folder", str(tmp_path))

    def statuses(days: int) -> list[tuple[str, bool]]:
        with house.writing():
            liaison_times.keep_time(now=house.clock() + timedelta(days=days))
        with house.reading():
            asked = select(LiaisonForm.status, LiaisonForm.late_told_on.is_not(None)).order_by(LiaisonForm.received_on)
            return [(status, bool(told)) for status, told in db.session.execute(asked)]

    with house.writing():
        db.session.get_one(Platform, house.platform_id).email = "plateforme@example.org"
    assert statuses(6) == [("closed", False), ("received", False), ("received", False)]
    assert statuses(7) == [("closed", False), ("received", True), ("received", True)]
    assert statuses(89) == [("closed", False), ("received", True), ("received", True)]
    assert [status for status, _ in statuses(90)] == ["closed", "expired", "expired"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        (FORMS, "n°;reçue le\r\n".encode("latin-1"), "CSV UTF-8"),
        (FORMS, "n°;reçue le\r\n".encode(), "il manque la colonne"),
        (FORMS, b"", "il manque la colonne"),
        (FORMS, b"\0\0", "pas du texte"),
    ],
    ids=["encoding", "columns", "empty", "binary"],
)
def test_a_file_that_cannot_be_read_is_refused_whole(name: str, raw: bytes, said: str) -> None:
    with pytest.raises(SheetRefused, match=said):
        read_folder(sheets() | {name: raw}, today=date(2026, 3, 2))


def test_a_refused_file_leaves_nothing(house: House, tmp_path: Path) -> None:
    for name, raw in (sheets() | {FORMS: b"n\xb0"}).items():
        (tmp_path / name).write_bytes(raw)
    before = counts(house)
    done = house.app.test_cli_runner().invoke(args=["import", "folder", str(tmp_path), "--platform", house.slug])
    assert done.exit_code == 1 and "CSV UTF-8" in done.output
    assert counts(house) == before
    with house.reading():
        assert db.session.scalar(select(func.count(ImportDoubt.id))) == 0
