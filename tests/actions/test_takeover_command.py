"""A platform's own spreadsheet from the command line: said first, taken when asked."""

import json
from pathlib import Path

from sqlalchemy import select

from fleet.models import Vehicle
from mobility.db import db
from tests.house import House

SHEET = "Immat;Type;Emprunteur;Début\nAA-1-AA;Voiture;MARTEL Ysoline;16/02/2026\nAA-2-AA;Voiture;;\n;;Adama Sorel;\n"


def test_the_same_from_the_command_line(house: House, tmp_path: Path) -> None:
    file, matching = tmp_path / "parc.csv", tmp_path / "colonnes.json"
    file.write_bytes(SHEET.encode())
    run, args = house.app.test_cli_runner().invoke, ["import", "takeover", str(file), "--platform", house.slug]
    said = run(args=args)
    assert said.exit_code == 0 and "3 lignes" in said.output and "Rien n’est repris" in said.output, said.output
    matching.write_text("{")
    assert "n’est pas du JSON" in run(args=[*args, "--matching", str(matching)]).output
    matching.write_text(json.dumps({"columns": [{"heading": "Immat", "field": "plate"}], "site_id": house.site_id, "kind": "car"}))
    taken = run(args=[*args, "--matching", str(matching), "--take"])
    assert taken.exit_code == 0 and "Repris : 2 véhicules, 0 dossiers, 0 locations." in taken.output, taken.output
    with house.reading():
        assert len(db.session.scalars(select(Vehicle)).all()) == 2
