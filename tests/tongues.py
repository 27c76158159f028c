"""The sentences said in every tongue, gathered from code and templates; `python3 dev.py tongues` brings the files up to them."""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import jinja2
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

from mobility.catalogues import FOLDER
from mobility.db import Base, db
from mobility.tongues import EASY, FRENCH, NAMES, TONGUES

ROOT = Path(__file__).resolve().parent.parent
BEGUN = datetime(2026, 11, 23, tzinfo=UTC)
FLOORS = ("mobility", "billing", "assessments", "fleet")
OTHERS = tuple(tongue for tongue in TONGUES if tongue != FRENCH)


@cache
def sentences() -> dict[str, str]:
    """Each with the file that says it first."""
    found: dict[str, str] = {}
    for path in sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")):
        for sentence in _in_code(ast.parse(path.read_text())):
            found.setdefault(sentence, str(path.relative_to(ROOT)))
    environment = jinja2.Environment(autoescape=True)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for sentence in _in_template(environment.parse(path.read_text())):
            found.setdefault(sentence, str(path.relative_to(ROOT)))
    return found


def _in_code(tree: ast.Module) -> Iterator[str]:
    ours = {
        name.name for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "mobility.tongues" for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours and node.args:
            if node.func.id == "say":
                yield from _written(node.args[:1])
            elif node.func.id == "words" and isinstance(node.args[0], ast.Dict):
                yield from _written(node.args[0].values)


def _written(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _in_template(tree: nodes.Template) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


def kept(tongue: str) -> Catalog:
    """The file of a tongue as it stands, empty when there is none."""
    path, locale = FOLDER / f"{tongue}.po", FRENCH if tongue == EASY else tongue
    if not path.exists():
        return empty(tongue)
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain="point-etape")


def empty(tongue: str) -> Catalog:
    """A file without sentences; its days do not change, so that a version shows what was translated and nothing else."""
    told = {"header_comment": f"# Point-Étape : {NAMES[tongue]}", "fuzzy": False, "creation_date": BEGUN, "revision_date": BEGUN}
    return Catalog(locale=FRENCH if tongue == EASY else tongue, domain="point-etape", project="Point-Étape", version="1", **told)


def update() -> None:
    """Add what is said since, drop what is said no more; what is translated stays."""
    said = sentences()
    for tongue in OTHERS:
        catalog, old = empty(tongue), kept(tongue)
        missing = 0
        for sentence, where in sorted(said.items(), key=lambda one: (one[1], one[0])):
            before = old.get(sentence)
            catalog.add(sentence, before.string if before else None, locations=[(where, None)])
            missing += not (before and before.string)
        with (FOLDER / f"{tongue}.po").open("wb") as file:
            write_po(file, catalog, width=0, omit_header=False, sort_by_file=False, include_lineno=False)
        print(f"{tongue}: {len(said)} sentences, {missing} to translate")


class MadeUp:
    """A tongue that nobody speaks: what is said in it stands between marks, so that what is not shows."""

    sentences: Mapping[str, str] = {}

    def form(self, french: str) -> str:
        """Between marks."""
        return f"⟦{french}⟧"

    def instant(self, value: date | datetime, style: str) -> str:
        """A figure says it."""
        return "⟦1⟧"

    def euros(self, cents: int) -> str:
        """A figure says it."""
        return "⟦1⟧"


_SAID = re.compile(r"⟦[^⟦⟧]*⟧")


class _Read(HTMLParser):
    """What a page shows and reads aloud: its words, and those of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Its attributes that are read; what is inside a script is not."""
        self.words += [value for name, value in attrs if value and name in ("alt", "aria-label", "placeholder", "title")]
        self._hidden += tag in _UNREAD

    def handle_endtag(self, tag: str) -> None:
        """What comes after is shown again."""
        self._hidden -= tag in _UNREAD

    def handle_data(self, data: str) -> None:
        """Its words."""
        if not self._hidden:
            self.words.append(data)


_UNREAD = ("script", "style", "svg", "code", "blockquote")  # a key to type; the French that binds, under its translation


def unsaid(page: str) -> list[str]:
    """What a page in the made-up tongue shows that was not said in it, without figures and marks."""
    reading = _Read()
    reading.feed(page)
    words = "\n".join(" ".join(one.split()) for one in reading.words)  # what is said may go on in the next piece
    while words != (fewer := _SAID.sub(" ", words)):
        words = fewer
    left = (" ".join(one.split()) for one in words.split("\n"))
    return [one for one in left if any(map(str.isalpha, one))]


# What stands on a page in its own letters, whatever is read.
PLAIN = {"Point-Étape", "km", "Langue", "Language", "اللغة", "Мова", *NAMES.values()}


def kept_texts() -> str:
    """Every text that the database holds: names, plates, places, what somebody wrote."""
    rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
    return "\n".join(str(value) for row in rows for value in row if isinstance(value, str | list | dict))


def is_data(words: str, kept_words: str) -> bool:
    """Whether these words are not ours to translate; a price is told as the contract tells it."""
    if words in PLAIN or re.fullmatch(r"[\d ]+ km|(Jusqu’au [^:]*|.* à .*€, .*) : .* €.*", words):
        return True
    parts = (re.sub(r"^\d{5} ", "", part.strip(" .⟦⟧")) for part in re.split("[,:·]|[.] ", words))
    return all(part in kept_words for part in parts if any(map(str.isalpha, part)))


if __name__ == "__main__":
    update()
