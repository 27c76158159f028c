"""Cells as people type them in their own spreadsheets, read as best they can be, each with the doubt it was read with. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from billing.deposits import ELSEWHERE
from billing.terms import AMIE, DAILY
from fleet.kinds import KINDS
from fleet.vehicle_columns import folded
from mobility.imports.sheets import DayRead, read_day

LONGEST_AHEAD = 3  # years: a planned return or the end of an insurance lies no further
_KINDS = {
    **{folded(words): kind.code for kind in KINDS for words in (kind.name, kind.plural, kind.code)},
    **dict.fromkeys(("auto", "automobile", "citadine", "berline", "vl", "utilitaire", "vehicule", "vehicule leger"), "car"),
    **dict.fromkeys(("vae", "velo a assistance electrique", "velo electrique", "velo elec"), "ebike"),
    **dict.fromkeys(("bicyclette", "vtt", "vtc"), "bike"),
    **dict.fromkeys(("velo cargo", "cargo"), "cargo_bike"),
    **dict.fromkeys(("mobylette", "cyclo", "cyclomoteur 50"), "moped"),
    **dict.fromkeys(("scooter 50", "scooter 50 cm3", "scooter 50cc", "deux-roues"), "scooter"),
    **dict.fromkeys(("125", "scooter 125 cm3", "scooter 125cc"), "scooter125"),
    **dict.fromkeys(("voiture sans permis", "vsp", "quadricycle"), "quadricycle"),
}
_DEPOSITS = (
    ("cheque", "uncashed_cheque"),
    ("espece", "cash"),
    ("liquide", "cash"),
    ("fonds", "guarantee_fund"),
    ("garant", "guarantee_fund"),
    ("carte", ELSEWHERE),
    ("cb", ELSEWHERE),
    ("tpe", ELSEWHERE),
)
_PROGRAMMES = (("amie", AMIE), ("echeancier", AMIE), ("cinq mois", AMIE), ("5 mois", AMIE), ("jour", DAILY), ("quotidien", DAILY))
_SEXES = {
    **dict.fromkeys(("f", "femme", "mme", "madame", "mlle"), "F"),
    **dict.fromkeys(("m", "h", "homme", "m.", "mr", "monsieur"), "M"),
}


def find_kind(text: str) -> str | None:
    """The kind a platform's own word means."""
    return _KINDS.get(folded(text))


def find_sex(text: str) -> str | None:
    """The code of a sex, or of a title."""
    return _SEXES.get(folded(text))


def split_name(text: str) -> tuple[str, str]:
    """First and last name of a name typed whole: capitals are the last name, else the first word is the first name.

    A name of one word is a last name without a first.
    """
    words = re.sub(r"^(?:M\.|Mr|Mme|Mlle|Monsieur|Madame)\s+", "", text.replace(",", " ").strip(), flags=re.IGNORECASE).split()
    loud = [word for word in words if word.isupper() and len(word) > 1]
    if loud and len(loud) < len(words):
        return " ".join(word for word in words if word not in loud), " ".join(loud)
    return " ".join(words[:1]) if len(words) > 1 else "", " ".join(words[1:] or words)


def read_past_day(text: str, today: date) -> DayRead:
    """A day that has come: a birth, a handover, an inspection passed. Raises ValueError with a French sentence."""
    return read_day(_first_word(text), latest=today)


def read_any_day(text: str, today: date) -> DayRead:
    """A day that may lie ahead by a few years. Raises ValueError with a French sentence."""
    return read_day(_first_word(text), latest=date(today.year + LONGEST_AHEAD, 12, 31))


def _first_word(text: str) -> str:
    """Without the hour that a spreadsheet shows behind a day; ISO's order turned round."""
    day = text.split()[0] if text.split() else ""
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", day)
    return f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else day


def read_km(text: str) -> int:
    """Whole kilometres. Raises ValueError with a French sentence."""
    if re.search(r"\bmi(?:le|les)?\b", text, re.IGNORECASE):
        raise ValueError("noté en miles : écrivez des kilomètres")
    digits = re.sub(r"[\s\u00a0\u202f.]|km", "", text.split(",")[0], flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9]{1,7}", digits):
        raise ValueError(f"« {text[:30]} » n’est pas un nombre de kilomètres")
    return int(digits)


def read_cents(text: str) -> int:
    """An amount in cents, typed with a comma, a point, spaces, a euro sign; below zero for an advance. Raises ValueError in French."""
    found = re.fullmatch(r"(-?)(\d{1,7})(?:[.,](\d{1,2}))?", re.sub(r"[\s\u00a0\u202f€]|EUR(?:OS?)?", "", text, flags=re.IGNORECASE))
    if found is None:
        raise ValueError(f"« {text[:30]} » n’est pas un montant en euros comme 17,50")
    sign, euros, rest = found.groups()
    cents = int(euros) * 100 + int((rest or "0").ljust(2, "0"))
    return -cents if sign else cents


def find_deposit_kind(text: str) -> str | None:
    """The form of a deposit by its usual words; one by card was charged before these books began."""
    return _first_in(text, _DEPOSITS)


def find_programme(text: str) -> str | None:
    """The programme a platform's own word means."""
    return _first_in(text, _PROGRAMMES)


def _first_in(text: str, known: Sequence[tuple[str, str]]) -> str | None:
    words = folded(text)
    return next((code for word, code in known if word in words), None)


def picked(cells: Mapping[str, str], matching: Mapping[str, str]) -> dict[str, str]:
    """A line's filled cells by the field each was matched with."""
    return {code: cells[heading] for heading, code in matching.items() if cells.get(heading)}
