"""A line of a file of entries, field by field: what the tax administration's tester refuses and what it only remarks upon. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from billing.fec_books import Finding, Posted

REQUIRED = ("EcritureNum", "EcritureDate", "CompteNum")  # blank, the tester refuses the file
EXPECTED = ("JournalCode", "JournalLib", "CompteLib", "PieceRef", "PieceDate", "EcritureLib", "ValidDate")  # the law asks for them
DAYS = ("EcritureDate", "PieceDate", "DateLet", "ValidDate")
AMOUNTS = ("Debit", "Credit", "Montantdevise")
TOGETHER = (("CompAuxNum", "CompAuxLib"), ("DateLet", "EcritureLet"), ("Montantdevise", "Idevise"))
FIRST_YEAR, LAST_YEAR = 1900, 2099

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]*)?")
_PLAIN_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{2})[-/.]([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{2})[-/.]([0-9]{2})[-/.]([0-9]{4})")
_ACCOUNT = re.compile(r"[0-9]{3}")


class Line:
    """The values of one line by the names of their fields; `findings` tells them, `posted` is what the books take of it, if they can."""

    def __init__(self, number: int, values: Mapping[str, str], closed_on: date | None) -> None:
        self.number, self._values, self._closed_on = number, values, closed_on
        self._days: dict[str, date | None] = {}
        self._amounts: dict[str, Decimal | None] = {}

    def findings(self) -> Iterator[Finding]:
        """Everything this line shows by itself."""
        yield from self._blanks()
        for name in DAYS:
            yield from self._day(name)
        for name in AMOUNTS:
            yield from self._amount(name)
        yield from self._sense()

    def posted(self) -> Posted | None:
        """The line for the books; nothing where its number, day or amounts cannot be read."""
        on, debit, credit = self._days["EcritureDate"], self._amounts["Debit"], self._amounts["Credit"]
        if not self._values["EcritureNum"] or on is None or debit is None or credit is None:
            return None
        return Posted(
            line=self.number,
            journal=self._values["JournalCode"],
            number=self._values["EcritureNum"],
            on=on,
            valid_on=self._days["ValidDate"],
            amount=debit - credit,
            lettered=self._lettered(),
        )

    def _lettered(self) -> tuple[str, str, str] | None:
        letter = self._values["EcritureLet"]
        return (self._values["CompteNum"], self._values["CompAuxNum"], letter) if letter else None

    def _blanks(self) -> Iterator[Finding]:
        for name in REQUIRED:
            if not self._values[name]:
                yield self._found("required", f"{name} est vide.")
        for name in EXPECTED:
            if not self._values[name]:
                yield self._found("expected", f"{name} est vide, alors que la loi le demande.", is_blocking=False)
        for given, needed in TOGETHER:
            if self._values[given] and not self._values[needed]:
                yield self._found("together", f"{given} est rempli sans {needed}.", is_blocking=False)

    def _day(self, name: str) -> Iterator[Finding]:
        text = self._values[name]
        day, fault = _read_day(text)
        self._days[name] = day
        if fault == "form":
            yield self._found("day", f"{name} : « {text} » n’est pas une date.")
        elif fault == "calendar":
            yield self._found("calendar", f"{name} : « {text} » n’est pas un jour du calendrier.")
        elif fault == "manner":
            yield self._found("day_manner", f"{name} : « {text} » s’écrit AAAAMMJJ.", is_blocking=False)
        elif day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield self._found("period", f"{name} : « {text} » est hors de la période de {FIRST_YEAR} à {LAST_YEAR}.", is_blocking=False)
        elif day is not None and name == "EcritureDate" and self._closed_on is not None and day > self._closed_on:
            yield self._found("after", f"{name} : « {text} » vient après la clôture que dit le nom du fichier.", is_blocking=False)

    def _amount(self, name: str) -> Iterator[Finding]:
        text = self._values[name]
        self._amounts[name] = _read_amount(text)
        if text and self._amounts[name] is None:
            if _GROUPED.fullmatch(text):
                yield self._found("thousands", f"{name} : « {text} » s’écrit sans séparateur de milliers.")
            else:
                yield self._found("amount", f"{name} : « {text} » n’est pas un montant.")
        elif "." in text:
            yield self._found("point", f"{name} : « {text} » s’écrit avec une virgule.", is_blocking=False)

    def _sense(self) -> Iterator[Finding]:
        debit, credit = self._amounts["Debit"], self._amounts["Credit"]
        if debit is not None and credit is not None and bool(debit) == bool(credit):
            what = "Le débit et le crédit sont remplis tous les deux." if debit else "Ni le débit ni le crédit n’est rempli."
            yield self._found("side", what, is_blocking=False)
        account = self._values["CompteNum"]
        if account and not _ACCOUNT.match(account):
            yield self._found("account", f"CompteNum : « {account} » ne commence pas par trois chiffres.", is_blocking=False)

    def _found(self, rule: str, sentence: str, *, is_blocking: bool = True) -> Finding:
        return Finding(rule=rule, line=self.number, sentence=sentence, is_blocking=is_blocking)


@lru_cache(maxsize=4096)
def _read_day(text: str) -> tuple[date | None, str | None]:
    """The day, and what is odd in how it is written; zeros are a blank, as the tester has it."""
    if not text.strip("0"):
        return None, None
    plain, year_first, day_first = (form.fullmatch(text) for form in (_PLAIN_DAY, _YEAR_FIRST, _DAY_FIRST))
    if (found := plain or year_first or day_first) is None:
        return None, "form"
    year, month, day = map(int, reversed(found.groups()) if day_first else found.groups())
    try:
        return date(year, month, day), None if plain else "manner"
    except ValueError:
        return None, "calendar"


def _read_amount(text: str) -> Decimal | None:
    """The amount; nothing is 0, as the tester has it; None for what is no number."""
    if not text:
        return Decimal()
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
