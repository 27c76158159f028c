"""From a paper (a frozen dataclass of what a document says) to its PDF: the same paper always gives the same bytes."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mobility.documents.glyphs import FONT_FOLDERS, MISSING, house_characters, printable
from mobility.later import later
from mobility.money import euros
from mobility.periods import paris_day, say_day, say_moment

if TYPE_CHECKING:
    import typst
else:
    typst = later("typst")

ROOT = Path(__file__).resolve().parents[2]  # templates import each other from here: "/mobility/documents/house.typ"

Clean = Callable[[str], str]


def render(template: str, paper: object, *, title: str, dated_at: datetime) -> bytes:
    """An A4 PDF/UA-1 in French from a template ("fleet/documents/contract.typ") and a dataclass; it always comes out.

    Characters that no installed font can draw are printed as MISSING, and a line at the end says so.
    """
    try:
        return _compile(template, paper, title, dated_at, printable)
    except typst.TypstError as refusal:
        if "PDF/UA-1" not in refusal.message:
            raise
        # Our reading of the fonts and typst's shaping may differ on rare marks: the house font alone is always safe.
        return _compile(template, paper, title, dated_at, partial(printable, only=house_characters()))


def _compile(template: str, paper: object, title: str, dated_at: datetime, clean: Clean) -> bytes:
    data = json.dumps(printed(paper, clean), ensure_ascii=False)
    inputs = {"paper": data, "title": clean(title), "dated": say_day(paris_day(dated_at)), "missing": MISSING if MISSING in data else ""}
    return typst.compile(
        ROOT / template,
        root=ROOT,
        sys_inputs=inputs,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(dated_at.timestamp()),
    )


@cache
def _fonts() -> "typst.Fonts":
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=FONT_FOLDERS)


def printed(value: Any, clean: Clean = printable) -> Any:
    """A paper as its template reads it: days and instants in words, amounts and distances both raw and in words.

    `rent_cents` comes also as `rent` ("46 €"), `odometer_km` also as `odometer` ("48 210 km").
    Raises TypeError on what a template cannot print.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return clean(value)
        case datetime():
            return say_moment(value)
        case date():
            return say_day(value)
        case tuple() | list():
            return [printed(each, clean) for each in value]
        case _ if is_dataclass(value):
            return _printed_fields(value, clean)
    raise TypeError(f"a paper does not hold {type(value).__name__}")


def _printed_fields(paper: Any, clean: Clean) -> dict[str, Any]:
    said = {}
    for field in fields(paper):
        value = getattr(paper, field.name)
        said[field.name] = printed(value, clean)
        for ending, words in (("_cents", euros), ("_km", kilometres)):
            if field.name.endswith(ending):
                said[field.name.removesuffix(ending)] = None if value is None else words(value)
    return said


def kilometres(distance_km: int) -> str:
    """48210 → "48 210 km"."""
    return f"{distance_km:,} km".replace(",", " ")
