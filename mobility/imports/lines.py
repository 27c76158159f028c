"""What every import asks of a line: what it needs, the words it knows, and why it is set aside or taken with a doubt. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from mobility.errors import RuleBroken
from mobility.imports.sheets import Doubt, Row, read_day

YOUNGEST = 14  # years
SEXES = {"F": "F", "H": "M", "M": "M", "": None}
Line = TypeVar("Line")
Say = Callable[[str], None]
Value = TypeVar("Value")


def read_lines(file: str, rows: Iterable[Row], doubts: list[Doubt], read: Callable[[Row, Say], Line]) -> Iterator[Line]:
    """What each row means; a row that means nothing is set aside with its reason."""
    for row in rows:
        said: list[str] = []
        try:
            yield read(row, said.append)
        except (ValueError, RuleBroken) as refusal:
            reason = refusal.sentence if isinstance(refusal, RuleBroken) else str(refusal)
            doubts.append(Doubt(file, row.line, _sentence(reason), taken=False))
        else:
            doubts.extend(Doubt(file, row.line, _sentence(reason), taken=True) for reason in said)


def _sentence(reason: str) -> str:
    return (reason[:1].upper() + reason[1:]).rstrip(".") + "."


def needed(cells: Mapping[str, str], column: str, longest: int) -> str:
    """The text of a cell that may not be empty. Raises ValueError with a French sentence."""
    text = cells.get(column, "")
    if not text:
        raise ValueError(f"« {column} » est vide")
    if len(text) > longest:
        raise ValueError(f"« {column} » dépasse {longest} caractères")
    return text


def known(words: Mapping[str, Value], text: str, column: str) -> Value:
    """What a word of a column means. Raises ValueError with a French sentence for one nobody knows."""
    if text not in words:
        raise ValueError(f"« {text[:40]} » n’est pas connu dans la colonne « {column} »")
    return words[text]


def read_birth(text: str, say: Say, received_on: date) -> date:
    """Nobody is sent to a job before YOUNGEST: that decides the century of a two-digit year, and it is told."""
    read = read_day(text, latest=date(received_on.year - YOUNGEST, 12, 31))
    if read.doubt:
        say(f"date de naissance {read.doubt}")
    return read.day


def read_postcode(text: str, say: Say) -> str | None:
    """Five digits, or nothing with a doubt."""
    if len(text) == 5 and text.isascii() and text.isdigit():
        return text
    if text:
        say(f"le code postal « {text[:20]} » n’a pas cinq chiffres : laissé de côté")
    return None
