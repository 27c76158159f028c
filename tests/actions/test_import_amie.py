"""A year of the AMIE programme as the association's own sheet: taken as it is, its conditions told, its rents to the cent."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fleet.amie_folder import COLUMNS, FILES, FileLine, read_amie
from fleet.models import Outcome, PastRental
from mobility.actions.people import register_beneficiary
from mobility.db import db
from mobility.imports.sheets import Doubt, SheetRefused
from mobility.models import Action, Beneficiary, Job, LiaisonForm, Outbox, Structure
from mobility.rights import Role
from tests.actions.test_import_folder import run
from tests.house import House

SEDAN = Path(__file__).parents[1] / "data" / "sedan-2008"
TABLES = (Structure, Beneficiary, LiaisonForm, Job, Action, Outcome, PastRental, Outbox)
# Reckoned by hand from domain.md §10.3: the file, then each of its months, first day, last day, cents.
RENTS = {
    "2": (  # from a 31st: the months begin on 29/02 (2008 is a leap year), 31/03, 30/04, 31/05; the last is 29 of 30 days of 220 €
        "2008-01-31 2008-02-28 0",
        "2008-02-29 2008-03-30 4600",
        "2008-03-31 2008-04-29 10400",
        "2008-04-30 2008-05-30 16200",
        "2008-05-31 2008-06-28 21267",
    ),
    "3": ("2008-02-04 2008-03-03 0", "2008-03-04 2008-03-04 148"),  # 1 of 31 days of 46 €: 148.39
    "4": ("2008-02-29 2008-03-28 0",),  # back on the last day of month 1: nothing of month 2
    "6": (  # from a 31st; one of 31 days of 162 €: 522.58
        "2008-03-31 2008-04-29 0",
        "2008-04-30 2008-05-30 4600",
        "2008-05-31 2008-06-29 10400",
        "2008-06-30 2008-06-30 523",
    ),
    "7": ("2008-04-14 2008-04-14 0",),  # back the same day
    "12": ("2008-08-18 2008-09-17 0", "2008-09-18 2008-10-01 2147"),  # 14 of 30 days of 46 €: 2146.67
    "13": (  # into the next year; 29 of 31 days of 220 €: 20580.65
        "2008-08-31 2008-09-29 0",
        "2008-09-30 2008-10-30 4600",
        "2008-10-31 2008-11-29 10400",
        "2008-11-30 2008-12-30 16200",
        "2008-12-31 2009-01-28 20581",
    ),
}
# Those to be completed are said every time; a waiver names its class and its reference.
SAID = (
    "  Dossier 4 : l’ancienneté du permis : dispense (loueur ou assureur), sedan-2008, dossier 4\n",
    "  Dossier 7 : l’ancienneté du permis : dispense (loueur ou assureur), sedan-2008, dossier 7\n",
    "  Dossier 10 : l’emploi ou la formation : dispense (association), sedan-2008, dossier 10\n",
    "  Dossier 12 : le permis qu’il faut : à compléter (loi) ; l’ancienneté du permis : à compléter (loueur ou assureur)\n",
)


def counts(house: House) -> list[int]:
    with house.reading():
        return [db.session.scalar(select(func.count(table.id))) or 0 for table in TABLES]


def test_sedan_is_taken_as_it_is_and_its_rents_are_those_of_the_preset(house: House) -> None:
    with house.writing():
        known = {"first_name": "caroline", "last_name": "GUILLET", "birth_on": date(1966, 1, 19), "commune": "Sedan"}
        register_beneficiary(**known, by=house.viewer(Role.MANAGER), now=house.clock())
    before = counts(house)
    said = run(house, "import", "amie", str(SEDAN))
    assert "6 structures, 17 dossiers" in said and "Lignes à vérifier : 0" in said
    assert [line + "\n" for line in said.splitlines() if line.startswith("  Dossier")] == list(SAID)
    after = counts(house)
    # One of the 17 had a file, and keeps it as it was; nobody is mailed.
    assert [new - old for new, old in zip(after, before, strict=True)] == [6, 16, 17, 17, 17, 17, 17, 0]
    with house.reading():
        found = db.session.scalars(select(Beneficiary).filter(Beneficiary.first_name == "Adélaïde")).one()
        assert found.last_contact_at == house.clock(), "the clock of retention starts at the import"
        assert db.session.scalars(select(Beneficiary.commune).filter(Beneficiary.first_name == "caroline")).all() == ["Sedan"]
        ends = db.session.execute(select(Outcome.lasting_solution, func.count(Outcome.id)).group_by(Outcome.lasting_solution))
        assert {code: count for code, count in ends} == {"own_car": 4, "other": 10, "none": 3}
        assert db.session.scalars(select(Job.one_way_tenths).filter(Job.place == "Floing").order_by(Job.id)).first() == 264
    run(house, "import", "amie", str(SEDAN))
    assert counts(house) == after
    check_rents(run(house, "export", "rents", "--year", "2008"))
    report = run(house, "report", "year", "2008", "--budget", "39189")
    figures = {line[:44].strip(): line[44:].strip() for line in report.splitlines()}
    assert figures["Bénéficiaires d’une action au moins"] == "17"
    assert figures["Coût par bénéficiaire d’une action"] == "2 305 €"


def check_rents(csv: str) -> None:
    heading, *lines = csv.splitlines()
    assert heading == "file;month;first_day;last_day;cents"
    read: dict[str, list[str]] = {}
    for line in lines:
        file, month, *rest = line.split(";")
        assert int(month) == len(read.setdefault(file, [])) + 1
        read[file].append(" ".join(rest))
    assert list(read) == [str(number) for number in range(1, 18)]
    assert {file: tuple(read[file]) for file in RENTS} == RENTS


GOOD = "1;02/01/2008;Centre;Essai;Anaïs;F;19/01/1966;19/02/1985;CDD;07/01/2008;05/04/2008;Floing;08200;Sedan;26,45;07/01/2008;;;"


def read(*lines: str) -> tuple[list[FileLine], list[Doubt]]:
    raw = "\r\n".join([";".join(COLUMNS), *lines]).encode("utf-8-sig")
    found = read_amie({FILES: raw}, today=date(2026, 3, 2))
    return found.files, found.doubts


@pytest.mark.parametrize(
    ("old", "new", "reason", "taken"),
    [
        ("1;02/01/2008", "1;02/13/2008", "n’existe pas", False),
        (";07/01/2008;;;", ";;;;", "« véhicule remis le » est vide", False),
        (";07/01/2008;;;", ";07/01/2008;06/01/2008;;", "rendu avant", False),
        (";07/01/2008;;;", ";07/01/2031;;;", "2031", False),
        (";CDD;", ";mission;", "« contrat »", False),
        ("05/04/2008", "05/04/2007", "finirait avant", False),
        (";;;", ";;en panne;", "« motif de sortie »", False),
        (";;;", ";;;peut-être", "ni oui ni non", False),
        (";Essai;", ";;", "« nom » est vide", False),
        (";CDD;07/01/2008;", ";;;", "à compléter", True),
        ("26,45", "1e3", "kilomètres", True),
        (";07/01/2008;;;", ";01/01/2008;;;", "avant la réception", True),
        (";07/01/2008;;;", ";07/01/2008;05/06/2008;;oui", "reste à noter", True),
        ("19/02/1985", "19/02/85", "deux chiffres", True),
    ],
)
def test_a_line_in_doubt_is_told_with_its_number(old: str, new: str, reason: str, taken: bool) -> None:
    assert old in GOOD
    files, doubts = read(GOOD, "2" + GOOD.replace(old, new, 1)[1:])
    assert [(doubt.line, doubt.taken) for doubt in doubts] == [(3, taken)]
    assert reason in doubts[0].reason
    assert len(files) == 1 + taken


def test_a_good_line_says_all_it_says() -> None:
    (line,), doubts = read(GOOD)
    assert (line.one_way_tenths, line.job_kind, line.returned_on, doubts) == (265, "fixed_short", None, [])
    assert read(GOOD, GOOD)[1][0].reason == "Le dossier « 1 » est déjà plus haut."
    with pytest.raises(SheetRefused, match=FILES):
        read_amie({}, today=date(2026, 3, 2))
