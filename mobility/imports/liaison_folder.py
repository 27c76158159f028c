"""A year of liaison forms as four sheets: structures, communes, forms, actions; what each line means, line by line. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mobility.channels import reads_as_mail
from mobility.errors import RuleBroken
from mobility.imports.lines import SEXES, Say, known, needed, read_birth, read_lines, read_postcode
from mobility.imports.sheets import Doubt, Row, SheetRefused, read_day, read_sheet, read_yes_no
from mobility.names import fold
from mobility.periods import months_after
from mobility.phones import read_phone

STRUCTURES, COMMUNES, FORMS, ACTIONS = "structures.csv", "communes.csv", "fiches_de_liaison.csv", "actions.csv"
COLUMNS = {
    STRUCTURES: ("code", "nom", "type", "commune", "courriel"),
    COMMUNES: ("commune", "code_postal", "latitude", "longitude"),
    FORMS: (
        *("n°", "reçue le", "structure", "nom", "prénom", "sexe", "né(e) le", "adresse", "code postal", "commune", "téléphone"),
        *("RMI", "quartier prioritaire", "permis", "motif", "rencontré(e) le"),
    ),
    ACTIONS: ("fiche n°", "action", "début", "fin"),
}
_CONTACTS = {"": None, "téléphone": "phone", "sms": "sms", "structure": "structure"}  # of a column that may be left out
_MOTIVES = {
    "emploi": "job",
    "maintien dans l'emploi": "keep_job",
    "recherche d'emploi": "job_search",
    "formation": "training",
    "stage": "placement",
}
_ACTIONS = {
    "accompagnement individuel": "accompaniment",
    "atelier collectif": "workshop",
    "location vélo": "rental_bike",
    "location vae": "rental_ebike",
    "location cyclomoteur": "rental_moped",
    "location scooter": "rental_scooter",
    "location voiture": "rental_car",
    "transport micro-collectif": "accompanied",
    "covoiturage": "carpooling",
    "orientation garage social": "referral_garage",
    "orientation auto-école sociale": "referral_driving_school",
}


@dataclass(frozen=True, kw_only=True)
class StructureLine:
    """A prescribing structure."""

    code: str
    name: str
    kind: str
    commune: str | None
    email: str | None


@dataclass(frozen=True, kw_only=True)
class FormLine:
    """A liaison form and its person; `key` stays the same from one reading to the next."""

    key: str
    number: str
    received_on: date
    structure_code: str
    last_name: str
    first_name: str
    sex: str | None
    birth_on: date
    address: str | None
    postcode: str | None
    commune: str | None
    phone: str | None
    rsa: bool | None
    qpv: bool | None
    licence: str | None
    motive: str
    met_on: date | None
    contact_by: str | None = None
    referent_name: str | None = None  # who follows the person; told of nothing until the person agrees
    referent_email: str | None = None
    referent_phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """An action of the person of a form; a rental here has no vehicle."""

    key: str
    form_key: str
    kind: str
    started_on: date
    ended_on: date | None


@dataclass(frozen=True, kw_only=True)
class Folder:
    """Everything understood, and every doubt, in the files' order."""

    structures: list[StructureLine]
    forms: list[FormLine]
    actions: list[ActionLine]
    doubts: list[Doubt] = field(default_factory=list)


def read_folder(files: Mapping[str, bytes], *, today: date) -> Folder:
    """The folder's files by name. Raises SheetRefused when one is missing or unreadable; a line in doubt is told, never fatal."""
    missing = [name for name in COLUMNS if name not in files]
    if missing:
        raise SheetRefused(f"Il manque {', '.join(missing)} dans le dossier.")
    rows = {name: read_sheet(name, files[name], columns) for name, columns in COLUMNS.items()}
    doubts: list[Doubt] = []
    structures = list(read_lines(STRUCTURES, rows[STRUCTURES], doubts, _structure))
    communes = {fold(row.cells["commune"]): row.cells["commune"] for row in rows[COMMUNES]}
    codes = {structure.code for structure in structures}
    forms = list(read_lines(FORMS, rows[FORMS], doubts, lambda row, say: _form(row, say, codes, communes, today)))
    keys = {form.number: form for form in forms}
    seen: Counter[str] = Counter()
    actions = list(read_lines(ACTIONS, rows[ACTIONS], doubts, lambda row, say: _action(row, say, keys, seen, today)))
    return Folder(structures=structures, forms=forms, actions=actions, doubts=doubts)


def _structure(row: Row, say: Say) -> StructureLine:
    cells = row.cells
    return StructureLine(
        code=needed(cells, "code", 20),
        name=needed(cells, "nom", 200),
        kind=needed(cells, "type", 60),
        commune=cells["commune"][:120] or None,
        email=cells["courriel"][:200].lower() or None,
    )


def _form(row: Row, say: Say, codes: set[str], communes: dict[str, str], today: date) -> FormLine:
    cells = row.cells
    number, structure_code = needed(cells, "n°", 20), needed(cells, "structure", 20)
    if structure_code not in codes:
        raise ValueError(f"la structure « {structure_code} » n’est pas dans {STRUCTURES}")
    received_on = read_day(cells["reçue le"], latest=today).day
    met_on = read_day(cells["rencontré(e) le"], latest=today).day if cells["rencontré(e) le"] else None
    if met_on and met_on < received_on:
        raise ValueError("la personne aurait été rencontrée avant la réception de la fiche")
    return FormLine(
        key=f"form:{received_on.year}:{number}",
        number=number,
        received_on=received_on,
        structure_code=structure_code,
        last_name=needed(cells, "nom", 80),
        first_name=needed(cells, "prénom", 80),
        sex=known(SEXES, cells["sexe"].upper(), "sexe"),
        birth_on=read_birth(cells["né(e) le"], say, received_on),
        address=cells["adresse"][:300] or None,
        postcode=read_postcode(cells["code postal"], say),
        commune=communes.get(fold(cells["commune"]), cells["commune"][:120]) or None,
        phone=_phone(cells["téléphone"], say),
        rsa=read_yes_no(cells["RMI"]),
        qpv=read_yes_no(cells["quartier prioritaire"]),
        licence=known({"B": "B", "AM": "AM", "": None}, cells["permis"].upper(), "permis"),
        motive=str(known(_MOTIVES, cells["motif"].casefold().replace("’", "'"), "motif")),
        met_on=met_on,
        contact_by=known(_CONTACTS, cells.get("joindre par", "").casefold(), "joindre par"),
        **_referent(cells, say),
    )


def _referent(cells: Mapping[str, str], say: Say) -> dict[str, str | None]:
    """The columns about who follows the person, which a file may leave out."""
    name, email = cells.get("référent", "")[:120], cells.get("courriel du référent", "").lower()
    phone = _phone(cells.get("téléphone du référent", ""), say)
    if not name:
        if email or phone:
            say("qui suit la personne n’a pas de nom : laissé de côté")
        return {}
    if email and not reads_as_mail(email):
        say(f"l’adresse « {email[:40]} » n’est pas celle d’un courriel : laissée de côté")
        email = ""
    return {"referent_name": name, "referent_email": email or None, "referent_phone": phone}


def _action(row: Row, say: Say, forms: dict[str, FormLine], seen: Counter[str], today: date) -> ActionLine:
    cells = row.cells
    number = needed(cells, "fiche n°", 20)
    if number not in forms:
        raise ValueError(f"la fiche n° {number} n’a pas été reprise de {FORMS}")
    form = forms[number]
    kind = str(known(_ACTIONS, cells["action"].casefold().replace("’", "'"), "action"))
    started_on = read_day(cells["début"], latest=today).day
    ended_on = read_day(cells["fin"], latest=months_after(today, 24)).day if cells["fin"] else None
    if ended_on and ended_on < started_on:
        raise ValueError("la fin précède le début")
    # Actions have no number of their own: the same one twice on a day is told apart by its rank.
    plain = f"{form.key}:{kind}:{started_on}:{ended_on or ''}"
    seen[plain] += 1
    return ActionLine(key=f"{plain}:{seen[plain]}", form_key=form.key, kind=kind, started_on=started_on, ended_on=ended_on)


def _phone(text: str, say: Say) -> str | None:
    try:
        return read_phone(text) if text else None
    except RuleBroken:
        say(f"le téléphone « {text[:30]} » n’est pas un numéro : laissé de côté")
        return None
