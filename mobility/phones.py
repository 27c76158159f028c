"""Telephone numbers: typed in ten ways, kept in one (E.164), read aloud in pairs. Pure."""

import re

from mobility.errors import RuleBroken

# Overseas numbers are dialled 0692… like any French number, but answer abroad under a country code of their own (ARCEP numbering plan).
_OVERSEAS = {
    "+590": ("0590", "0690", "0691"),  # Guadeloupe
    "+594": ("0594", "0694"),  # Guyane
    "+596": ("0596", "0696", "0697"),  # Martinique
    "+262": ("0262", "0263", "0269", "0639", "0692", "0693"),  # La Réunion, Mayotte
}
_COUNTRY_OF = {start: country for country, starts in _OVERSEAS.items() for start in starts}
_FICTION = "063998"  # kept for fiction in mainland France, beside Mayotte's 0639 (ARCEP numbering plan)
_SEPARATORS = re.compile(r"[\s./\-–()\u2010\u2011]+")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}")
_ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")

ASK_AGAIN = "Ce numéro de téléphone n’est pas complet ou contient autre chose que des chiffres : écrivez par exemple 06 61 38 54 35."


def read_phone(typed: str, *, field: str = "phone") -> str:
    """A number in E.164 ("+33661385435") from French or international writing. Raises RuleBroken with a sentence."""
    compact = _SEPARATORS.sub("", typed.replace("(0)", "", 1))
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    national = _national(compact)
    if _NATIONAL.fullmatch(national):
        return _country(national) + national[1:]
    if _ABROAD.fullmatch(compact) and not compact.startswith("+33"):
        return compact
    raise RuleBroken(ASK_AGAIN, field=field)


def say_phone(number: str) -> str:
    """A kept number as read: "+33661385435" → "06 61 38 54 35"; a foreign one stays as it is."""
    for country in ("+33", *_OVERSEAS):
        national = "0" + number.removeprefix(country)
        if number.startswith(country) and _NATIONAL.fullmatch(national):
            return " ".join(national[i : i + 2] for i in range(0, 10, 2))
    return number


def is_mobile(number: str) -> bool:
    """Whether a kept number of France, overseas included, takes text messages; of a number abroad nobody knows."""
    country = next((country for country in ("+33", *_OVERSEAS) if number.startswith(country)), None)
    return country is not None and number.removeprefix(country)[:1] in ("6", "7")


def _country(national: str) -> str:
    return "+33" if national.startswith(_FICTION) else _COUNTRY_OF.get(national[:4], "+33")


def _national(compact: str) -> str:
    """The ten digits one dials in France; a spreadsheet that ate the first 0 gets it back."""
    if compact.startswith("+33"):
        return "0" + compact[3:].removeprefix("0")
    return "0" + compact if re.fullmatch(r"[1-9][0-9]{8}", compact) else compact
