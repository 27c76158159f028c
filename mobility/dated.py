"""Law and usage change: what holds on a day is a version with the day it began, never a constant in code (domain.md, opening). Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from mobility.errors import RuleBroken
from mobility.money import MAX_CENTS, euros
from mobility.periods import say_day


class Dated(Protocol):
    """Anything that holds from a day on, until a later version of it begins."""

    @property
    def from_on(self) -> date: ...


D = TypeVar("D", bound=Dated)


def find_in_force(versions: Iterable[D], day: date) -> D | None:
    """The version that holds on a day: the latest one begun by then, or None before the first."""
    return max((v for v in versions if v.from_on <= day), key=lambda v: v.from_on, default=None)


def in_force(versions: Iterable[D], day: date) -> D:
    """The version that holds on a day. Raises RuleBroken before the first one."""
    found = find_in_force(versions, day)
    if found is None:
        raise RuleBroken(f"Aucune règle n’est en vigueur au {say_day(day)}.")
    return found


@dataclass(frozen=True, kw_only=True)
class DatedSetting:
    """A setting's key ("fleet.return_hour"), its words on the manager's page, its default and where the rule comes from."""

    key: str
    label: str
    default: Any
    source: str
    kind: str = "text"  # text, int, bool, cents, hour, days, account, analytic, choice, codes
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # of the kinds "choice" and "codes": code, words
    most: int = 100_000  # of the kind "int"
    since: tuple[tuple[date, Any], ...] = ()  # what the law has made of the default, by day, in order

    def by_law(self, day: date) -> tuple[date, Any]:
        """The default of a day, and the day it began."""
        return next((law for law in reversed(self.since) if law[0] <= day), (date.min, self.default))


def say_value(setting: DatedSetting, value: Any) -> str:
    """A value in words: "oui", "12:00", "250 €"; nothing for what the platform has yet to say."""
    if value is None:
        return ""
    if setting.kind == "bool":
        return "oui" if value else "non"
    if setting.kind == "cents":
        return euros(value)
    if setting.kind == "codes":
        return ", ".join(words for code, words in setting.choices if code in value) or "rien"
    return dict(setting.choices).get(value, str(value))


_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
ACCOUNT = r"[0-9]{3,12} \S.{0,79}"  # as an accountant writes it: its number, its label
ANALYTIC = r"[A-Z0-9][A-Z0-9-]{0,11} \S.{0,79}"  # a code of the accountant's plan of analysis, its words
DAYS = r"([1-9][0-9]{0,2}(, ?[1-9][0-9]{0,2}){0,5})?"  # at most six, each later than the one before
_FITS = {
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: type(value) is int and value >= 0,
    "cents": lambda value: type(value) is int and 0 <= value <= MAX_CENTS,
    "hour": lambda value: isinstance(value, str) and _HOUR.fullmatch(value) is not None,
    "days": lambda value: isinstance(value, str) and re.fullmatch(DAYS, value) is not None and _rises(value),
    "account": lambda value: isinstance(value, str) and re.fullmatch(ACCOUNT, value) is not None,
    "analytic": lambda value: isinstance(value, str) and re.fullmatch(ANALYTIC, value) is not None,
    "text": lambda value: isinstance(value, str) and len(value) <= 300,
}
ASKS = {
    "bool": "Répondez par oui ou par non.",
    "int": "Un nombre entier est attendu, en chiffres.",
    "cents": "Un montant est attendu, par exemple 250.",
    "hour": "Une heure est attendue, par exemple 12:00.",
    "days": "Des nombres de jours de plus en plus grands sont attendus, six au plus, par exemple 3, 10, 30.",
    "account": "Un numéro d’au moins trois chiffres et un libellé sont attendus, par exemple 706100 Locations solidaires.",
    "analytic": "Un code de 12 majuscules, chiffres ou tirets au plus et un libellé sont attendus, par exemple LOC Location solidaire.",
    "text": "Un texte de 300 caractères au plus est attendu.",
    "choice": "Choisissez une des réponses proposées.",
    "codes": "Choisissez parmi les réponses proposées, chacune une fois.",
}


def check_value(setting: DatedSetting, value: Any) -> None:
    """Raises RuleBroken on field `value` when the setting cannot have it."""
    if not _fits(setting, value):
        raise RuleBroken(ASKS.get(setting.kind, ASKS["text"]), field="value")
    if setting.kind == "int" and value > setting.most:
        raise RuleBroken(f"{setting.most} au plus.", field="value")


def _fits(setting: DatedSetting, value: Any) -> bool:
    known = dict(setting.choices)
    if setting.kind == "codes":
        return isinstance(value, list) and all(isinstance(code, str) and code in known for code in value) and len(set(value)) == len(value)
    return value in known if known else _FITS.get(setting.kind, _FITS["text"])(value)


def _rises(days: str) -> bool:
    numbers = [int(part) for part in days.split(",") if part.strip()]
    return all(one < later for one, later in pairwise(numbers))
