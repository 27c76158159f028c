"""A year of the AMIE programme as one sheet of files (*dossiers*): what each line means, one person and one vehicle lent (domain.md §3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobility.imports.lines import SEXES, Say, known, needed, read_birth, read_lines, read_postcode
from mobility.imports.sheets import Doubt, Row, SheetRefused, read_day, read_sheet, read_yes_no
from mobility.money import round_half_up
from mobility.names import fold
from mobility.periods import ONE_DAY, months_after

FILES = "dossiers.csv"
COLUMNS = (
    *("dossier", "fiche reçue le", "prescripteur", "nom", "prénom", "sexe", "né(e) le", "permis B obtenu le"),
    *("contrat", "début du contrat", "fin du contrat", "domicile", "code postal", "lieu de travail", "km aller"),
    *("véhicule remis le", "véhicule rendu le", "motif de sortie", "solution durable"),
)
LONG_MONTHS = 6  # a fixed-term contract of as many months or more counts apart (domain.md §8)
FURTHEST_KM = 500
_FIXED = "fixed"
_CONTRACTS = {
    "": None,
    "cdi": "permanent",
    "cdd": _FIXED,
    "interim": "temporary",
    "cae": "subsidised",
    "contrat aide": "subsidised",
    "alternance": "work_study",
    "formation": "training",
    "creation d activite": "own_business",
}
_ENDS = {
    "": None,
    "vehicule personnel achete": "own_vehicle",
    "autre vehicule trouve": "other_vehicle",
    "fin de contrat": "end_of_contract",
    "fin prevue": "end_of_term",
    "demenagement": "moved",
    "arret": "stopped",
}
_KM = re.compile(r"\d{1,3}([.,]\d{1,3})?")


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """One file; `key` stays the same from one reading to the next. Kilometres are tenths of a kilometre, one way."""

    key: str
    number: str
    received_on: date
    structure: str
    last_name: str
    first_name: str
    sex: str | None
    birth_on: date
    licence_on: date | None
    job_kind: str | None
    job_from_on: date | None
    job_to_on: date | None
    home: str | None
    postcode: str | None
    work_place: str | None
    one_way_tenths: int | None
    handed_on: date
    returned_on: date | None
    end_reason: str | None
    is_lasting: bool | None


@dataclass(frozen=True, kw_only=True)
class AmieFolder:
    """Every file understood, and every doubt, in the sheet's order."""

    files: list[FileLine]
    doubts: list[Doubt] = field(default_factory=list)


def read_amie(files: Mapping[str, bytes], *, today: date) -> AmieFolder:
    """The sheet of files, by its name or the only one there is. Raises SheetRefused; a line in doubt is told, never fatal."""
    name = FILES if FILES in files else next(iter(files), FILES)
    if name not in files or (name != FILES and len(files) > 1):
        raise SheetRefused(f"Il manque {FILES} dans le dossier.")
    rows = read_sheet(name, files[name], COLUMNS)
    doubts: list[Doubt] = []
    seen: set[str] = set()
    return AmieFolder(files=list(read_lines(name, rows, doubts, lambda row, say: _file(row, say, seen, today))), doubts=doubts)


def _file(row: Row, say: Say, seen: set[str], today: date) -> FileLine:
    cells = dict.fromkeys(COLUMNS, "") | row.cells
    number, received_on = needed(cells, "dossier", 20), read_day(cells["fiche reçue le"], latest=today).day
    key = f"amie:{received_on}:{number}"  # numbers begin again each year
    if key in seen:
        raise ValueError(f"le dossier « {number} » est déjà plus haut")
    handed_on = read_day(needed(cells, "véhicule remis le", 20), latest=today).day
    returned_on = _day(cells, "véhicule rendu le", today, say)
    if returned_on and returned_on < handed_on:
        raise ValueError("le véhicule aurait été rendu avant d’être remis")
    if handed_on < received_on:
        say("le véhicule aurait été remis avant la réception de la fiche")
    job_kind, job_from_on, job_to_on = _job(cells, say, today)
    end_reason, is_lasting = _end(cells, say, is_back=returned_on is not None)
    line = FileLine(
        key=key,
        number=number,
        received_on=received_on,
        structure=needed(cells, "prescripteur", 200),
        last_name=needed(cells, "nom", 80),
        first_name=needed(cells, "prénom", 80),
        sex=known(SEXES, cells["sexe"].upper(), "sexe"),
        birth_on=read_birth(cells["né(e) le"], say, received_on),
        licence_on=_day(cells, "permis B obtenu le", today, say),
        job_kind=job_kind,
        job_from_on=job_from_on,
        job_to_on=job_to_on,
        home=cells["domicile"][:120] or None,
        postcode=read_postcode(cells["code postal"], say),
        work_place=cells["lieu de travail"][:200] or None,
        one_way_tenths=_tenths(cells["km aller"], say),
        handed_on=handed_on,
        returned_on=returned_on,
        end_reason=end_reason,
        is_lasting=is_lasting,
    )
    seen.add(key)
    return line


def _day(cells: Mapping[str, str], column: str, latest: date, say: Say) -> date | None:
    if not cells[column]:
        return None
    read = read_day(cells[column], latest=latest)
    if read.doubt:
        say(f"{column} : {read.doubt}")
    return read.day


def _job(cells: Mapping[str, str], say: Say, today: date) -> tuple[str | None, date | None, date | None]:
    """The contract: its kind, its days; a blank is told and left as it is."""
    kind = known(_CONTRACTS, fold(cells["contrat"]), "contrat")
    first = _day(cells, "début du contrat", months_after(today, 12), say)
    last = _day(cells, "fin du contrat", months_after(today, 60), say)
    if first and last and last < first:
        raise ValueError("le contrat finirait avant de commencer")
    if kind is None or first is None:
        say("le contrat de travail n’a pas de nature ou pas de début : à compléter")
    if kind == _FIXED:
        kind = "fixed_long" if first and last and last >= months_after(first, LONG_MONTHS) - ONE_DAY else "fixed_short"
    return kind, first, last


def _end(cells: Mapping[str, str], say: Say, *, is_back: bool) -> tuple[str | None, bool | None]:
    reason = known(_ENDS, fold(cells["motif de sortie"]), "motif de sortie")
    is_lasting = read_yes_no(cells["solution durable"])
    if is_back and (reason is None or is_lasting is None):
        say("le motif de sortie ou la solution durable manque : la fin reste à noter")
    return reason, is_lasting


def _tenths(text: str, say: Say) -> int | None:
    """Kilometres as a French spreadsheet writes them: "26,4" is 264 tenths."""
    if not text:
        return None
    found = Decimal(text.replace(",", ".")) if _KM.fullmatch(text) else None
    if found is None or found > FURTHEST_KM:
        say(f"« {text[:20]} » n’est pas un nombre de kilomètres : laissé de côté")
        return None
    return round_half_up(int(found * 1000), 100)
