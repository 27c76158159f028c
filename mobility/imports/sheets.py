"""Reading a platform's own CSV files, as French spreadsheets write them: semicolons, dates with two or four digits, blanks for no. Pure."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mobility.errors import RuleBroken
from mobility.periods import say_day

MOST_BYTES = 20_000_000
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
OLDEST_YEARS = 99


@dataclass(frozen=True)
class Row:
    """One line of a sheet by its number in the file (the heading is line 1), cells trimmed."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Doubt:
    """A line set aside, or taken (`taken`) with something read as best it could be; in words for the one who will look."""

    file: str
    line: int
    reason: str
    taken: bool


class SheetRefused(RuleBroken):
    """A file that cannot be read as a whole: wrong encoding, missing columns; nothing of it is taken."""


def read_sheet(name: str, raw: bytes, columns: Sequence[str]) -> list[Row]:
    """The rows of a CSV in UTF-8 split by semicolons, empty lines left out. Raises SheetRefused."""
    reader = csv.reader(io.StringIO(_text(name, raw), newline=""), delimiter=";")
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        missing = [column for column in columns if column not in heading]
        if missing:
            raise SheetRefused(f"{name} : il manque la colonne {', '.join(f'« {c} »' for c in missing)}. Trouvées : {', '.join(heading)}.")
        return [Row(reader.line_num, dict(zip(heading, map(str.strip, cells), strict=False))) for cells in reader if any(cells)]
    except csv.Error:
        raise SheetRefused(f"{name} : ce fichier n’est pas un tableau CSV séparé par des points-virgules.") from None


def _text(name: str, raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise SheetRefused(f"{name} : ce fichier dépasse 20 Mo. Découpez-le par année.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetRefused(
            f"{name} : les accents ne sont pas lisibles. Dans le tableur, enregistrez le fichier en « CSV UTF-8 », puis recommencez."
        ) from None
    if "\0" in text:
        raise SheetRefused(f"{name} : ce fichier contient des caractères qui ne sont pas du texte.")
    return text


@dataclass(frozen=True)
class DayRead:
    """A day, and the doubt it was read with when its year had two digits."""

    day: date
    doubt: str | None = None


def read_day(text: str, *, latest: date) -> DayRead:
    """A French day. A two-digit year is the last one not after `latest`, with a doubt. Raises ValueError with a French sentence."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"« {text[:30]} » n’est pas une date comme 31/03/2008")
    day, month, year = (int(part) for part in found.groups())
    short = len(found[3]) == 2
    try:
        read = _short_year(day, month, year, latest) if short else date(year, month, day)
    except ValueError:
        raise ValueError(f"le {text} n’existe pas") from None
    if not latest.year - OLDEST_YEARS <= read.year <= latest.year:
        raise ValueError(f"l’année de « {text} » n’est pas possible ici")
    return DayRead(read, f"« {text} » a une année à deux chiffres : lue {say_day(read)}" if short else None)


def _short_year(day: int, month: int, year: int, latest: date) -> date:
    century = latest.year // 100 * 100
    read = date(century + year, month, day)
    return read if read <= latest else date(century - 100 + year, month, day)


def read_yes_no(text: str) -> bool | None:
    """True for "oui", False for "non", None for a blank. Raises ValueError with a French sentence."""
    answers = {"oui": True, "o": True, "x": True, "1": True, "non": False, "n": False, "0": False, "": None}
    if text.casefold() not in answers:
        raise ValueError(f"« {text[:30]} » n’est ni oui ni non")
    return answers[text.casefold()]
