"""Our own checker of a file of entries: the blocking and warning rules of the tax administration's tester, and those of the books. Pure.

The rules of the tester are those of its published source (Test Compta Demat, DGFiP); each finding says its line.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from billing.fec import ENCODING, FIELDS
from billing.fec_books import FileBooks, Finding
from billing.fec_fields import Line

LONGEST = 65_536  # bytes of a line: what is longer is no file of entries
_NAME = re.compile(r"[0-9]{9}FEC([0-9]{4})([0-9]{2})([0-9]{2})\.txt", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
_MARK = b"\xef\xbb\xbf"
_CONTROLS = re.compile("[\x80-\x9f]")  # letters of Windows stand there
_BY_NAME = {name.casefold(): name for name in FIELDS}


def check(name: str, lines: Iterable[bytes]) -> Iterator[Finding]:
    """What is wrong with the file of this name, in the order it is found; nothing when all is well."""
    closed_on = _closed_on(name)
    if closed_on is None:
        yield Finding(rule="name", sentence=f"« {name} » ne se lit pas comme SIREN, FEC, jour de clôture : 123456789FEC20261231.txt.")
    letters, read = _Letters(), enumerate(lines, start=1)
    heading: list[str] | None = None
    books, separator, count = FileBooks(), "\t", 0
    for number, raw in read:
        text = letters.read(number, raw)
        yield from letters.told()
        if text is None:
            return
        if heading is None:
            separator = "\t" if "\t" in text else "|"
            heading = _names(text, separator)
            yield from _heading_faults(heading)
            if not set(FIELDS) <= set(heading):
                return
            continue
        count += 1
        yield from _line_faults(number, [value.strip() for value in text.split(separator)], heading, closed_on, books)
    if not count:
        yield Finding(rule="empty", sentence="Le fichier ne contient aucune écriture.")
    yield from books.close()


def _closed_on(name: str) -> date | None:
    found = _NAME.fullmatch(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _names(text: str, separator: str) -> list[str]:
    """The fields of the heading as the law spells them, whatever their capitals."""
    given = [name.strip() for name in text.split(separator)]
    return [_BY_NAME.get(name.casefold(), name) for name in given]


def _heading_faults(heading: list[str]) -> Iterator[Finding]:
    if len(heading) == 1:
        yield Finding(rule="separator", line=1, sentence="Les champs ne sont séparés ni par des tabulations ni par des barres « | ».")
    for name in FIELDS:
        if name not in heading:
            yield Finding(rule="missing", line=1, sentence=f"Le champ {name} manque dans la ligne d’entête.")
    for name in dict.fromkeys(name for name in heading if name not in FIELDS):
        yield Finding(rule="extra", line=1, sentence=f"Le champ « {name} » est de plus.", is_blocking=False)
    ours = [name for name in heading if name in FIELDS]
    if set(ours) == set(FIELDS) and ours != list(FIELDS):
        yield Finding(rule="heading_order", line=1, sentence="Les champs ne sont pas, une fois chacun, dans l’ordre que demande la loi.")


def _line_faults(number: int, values: list[str], heading: list[str], closed_on: date | None, books: FileBooks) -> Iterator[Finding]:
    if not any(values):
        yield Finding(rule="blank", line=number, sentence="La ligne est vide.")
    elif len(values) != len(heading):
        yield Finding(rule="width", line=number, sentence=f"La ligne a {len(values)} champs au lieu de {len(heading)}.")
    else:
        line = Line(number, dict(zip(heading, values, strict=True)), closed_on)
        yield from line.findings()
        if posted := line.posted():
            yield from books.add(posted)


class _Letters:
    """The letters of a file: ASCII, ISO 8859-15 or UTF-8, and one of them all along."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._found: list[Finding] = []

    def told(self) -> Iterator[Finding]:
        """What the last line showed."""
        yield from self._found
        self._found.clear()

    def read(self, number: int, raw: bytes) -> str | None:
        """A line as text; None where reading on would make no sense."""
        if raw.startswith(_WIDE) or b"\0" in raw:
            self._say("encoding", number, "Le fichier est en UTF-16, ou n’est pas du texte : enregistrez-le en ISO 8859-15 ou en UTF-8.")
            return None
        if len(raw) > LONGEST:
            self._say("longest", number, "La ligne est trop longue pour un fichier d’écritures.")
            return None
        raw = raw.rstrip(b"\r\n").removeprefix(_MARK) if number == 1 else raw.rstrip(b"\r\n")
        if raw.isascii():
            return raw.decode("ascii")
        return self._accented(number, raw)

    def _accented(self, number: int, raw: bytes) -> str:
        try:
            text, used = raw.decode(), "UTF-8"
        except UnicodeDecodeError:
            text, used = raw.decode(ENCODING), "ISO 8859-15"
        if used not in self._seen and self._seen:
            self._say("mixed", number, "Les accents changent de codage en cours de fichier : UTF-8 ici, ISO 8859-15 là.")
        self._seen.add(used)
        if _CONTROLS.search(text):
            self._say("letters", number, "Un caractère n’est ni de l’ISO 8859-15 ni de l’UTF-8 (souvent : enregistré par Windows).")
        return text

    def _say(self, rule: str, number: int, sentence: str) -> None:
        self._found.append(Finding(rule=rule, line=number, sentence=sentence))
