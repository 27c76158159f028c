"""The columns of the fleet's spreadsheet, the same coming in and going out: headings and words in French. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fleet.checks import FUEL_NAMES
from fleet.kinds import KINDS
from fleet.vehicle_life import STAGE_NAMES
from fleet.vehicle_sheet import ENERGIES, EQUIPMENT, GEARBOXES, KEEPERS, OWNERSHIPS
from mobility.cells import Euros, Value

_MILES = re.compile(r"\b(mi|mile|miles|mls)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its heading, the field it fills, the words it takes for codes (none: the text as typed)."""

    heading: str
    name: str
    words: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    is_amount: bool = False


_KINDS = {kind.code: kind.name for kind in KINDS}
_YES_NO = {"yes": "oui", "no": "non"}
COLUMNS = (
    Column(heading="Nom", name="label"),
    Column(heading="Type", name="kind", words=_KINDS),
    Column(heading="Pôle", name="site_id"),
    Column(heading="Plaque", name="plate"),
    Column(heading="Numéro de cadre ou de série", name="frame_number"),
    Column(heading="État", name="stage", words=STAGE_NAMES),
    Column(heading="Dans le parc depuis le", name="in_service_on"),
    Column(heading="Sortie du parc le", name="out_of_service_on"),
    Column(heading="Compteur (km)", name="odometer_km"),
    Column(heading="Stationnement", name="parking"),
    Column(heading="Clés", name="keys_place"),
    Column(heading="Boîte de vitesses", name="gearbox", words=GEARBOXES),
    Column(heading="Doubles commandes", name="double_controls", words=_YES_NO),
    Column(heading="Adaptations", name="adaptations"),
    Column(heading="Énergie", name="energy", words=ENERGIES),
    Column(heading="Niveau", name="level", words=FUEL_NAMES),
    Column(heading="CO2 (g/km)", name="co2_g_km"),
    Column(heading="Équipement", name="equipment", words=EQUIPMENT, several=True),
    Column(heading="Propriété", name="ownership", words=OWNERSHIPS),
    Column(heading="Loueur ou partenaire", name="lessor"),
    Column(heading="À rendre le", name="lease_until"),
    Column(heading="Loyer par mois", name="lease_cents", is_amount=True),
    Column(heading="Carte grise au nom de", name="keeper", words=KEEPERS),
    Column(heading="Acheté le", name="purchased_on"),
    Column(heading="Prix d’achat", name="purchase_cents", is_amount=True),
    Column(heading="Contrôle technique jusqu’au", name="inspection_until"),
    Column(heading="Assuré jusqu’au", name="insured_until"),
    Column(heading="Assureur", name="insurer"),
    Column(heading="Contrat d’assurance", name="policy"),
    Column(heading="Franchise", name="excess_cents", is_amount=True),
)
NEEDED = ("Nom", "Type", "Pôle")


def folded(text: str) -> str:
    """As two people type the same word: no accent, no case, one space, one apostrophe, no full stop at the end."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode()
    return " ".join(plain.casefold().split()).rstrip(".")


def find_column(heading: str) -> Column | None:
    """The column a heading means."""
    return _BY_HEADING.get(folded(heading))


_BY_HEADING = {folded(column.heading): column for column in COLUMNS}


def read_cell(column: Column, text: str, typed: Callable[[str, str], Any]) -> Any:
    """A cell in JSON's words; `typed(name, text)` reads what is no word of a list. Raises ValueError with a French sentence."""
    if column.name == "odometer_km" and _MILES.search(text):
        raise ValueError("le compteur est noté en miles : écrivez des kilomètres (1 mile = 1,609 km)")
    if not column.words:
        return typed(column.name, re.sub(r"(?<=\d)\s*km$", "", text) if column.name == "odometer_km" else text)
    if column.several:
        return [_code(column, part) for part in re.split(r"[;/+]|,(?! taille)", text) if part.strip()]
    code = _code(column, text)
    return code == "yes" if column.words is _YES_NO else code


def _code(column: Column, text: str) -> str:
    for code, words in column.words.items():
        if folded(text) in (folded(words), code):
            return code
    raise ValueError(f"« {text[:40]} » n’est pas connu ici : écrivez {', '.join(column.words.values())}")


def write_cell(column: Column, value: Any) -> Value:
    """A value as the spreadsheet gets it."""
    if value is None or value == []:
        return None
    if column.several:
        return " ; ".join(column.words[code] for code in value)
    if column.words is _YES_NO:
        return "oui" if value else "non"
    if column.is_amount:
        return Euros(value)
    return column.words[value] if column.words else _told(value)


def _told(value: Any) -> Value:
    return value if isinstance(value, int | date) else str(value)
