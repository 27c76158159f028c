"""Which characters our fonts can draw: typst refuses a whole document for one glyph that is missing."""

import os
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import font_roboto
import manimgx_fonts

HOUSE_FONT = Path(font_roboto.font_directory, "Roboto-Regular.ttf")
FONT_FOLDERS = [font_roboto.font_directory, os.path.dirname(manimgx_fonts.__file__)]

MISSING = "\ufffd"  # printed in the place of what no font can draw; Roboto has it
_JOINERS = "\u200c\u200d"  # Persian and emoji need them; every other invisible mark could only mislead the reader


def printable(text: str, *, only: frozenset[int] | None = None) -> str:
    """The text as our fonts can print it: composed, without control or direction marks, MISSING for each character nobody can draw."""
    known = every_character() if only is None else only
    return "".join(_drawn(mark, known) for mark in unicodedata.normalize("NFC", text))


def _drawn(mark: str, known: frozenset[int]) -> str:
    if mark in "\t\r\u2028\u2029":
        return " "
    if mark == "\n" or (mark in _JOINERS and ord(mark) in known):
        return mark
    if unicodedata.category(mark) in ("Cc", "Cf"):
        return ""
    return mark if ord(mark) in known else MISSING


@cache
def house_characters() -> frozenset[int]:
    """The code points of the house font alone."""
    return frozenset(_code_points(HOUSE_FONT.read_bytes()))


@cache
def every_character() -> frozenset[int]:
    """The code points that at least one of the installed fonts can draw."""
    fonts = [font for folder in FONT_FOLDERS for font in sorted(Path(folder).glob("*.ttf")) if "Italic" not in font.name]
    return frozenset(point for font in fonts for point in _code_points(font.read_bytes()))


def _code_points(font: bytes) -> Iterator[int]:
    """What a TrueType file's `cmap` table maps to a glyph (formats 4 and 12 of the OpenType specification)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    directory = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _, offset, _ in directory if tag == b"cmap")
    (maps,) = struct.unpack_from(">H", font, cmap + 2)
    for number in range(maps):
        start = cmap + struct.unpack_from(">HHL", font, cmap + 4 + 8 * number)[2]
        (layout,) = struct.unpack_from(">H", font, start)
        if layout == 12:
            yield from _groups(font, start)
        elif layout == 4:
            yield from _segments(font, start)


def _groups(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", font, start + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">LLL", font, start + 16 + 12 * number)
        yield from range(first, last + 1)


def _segments(font: bytes, start: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    for at in range(start + 14, start + 14 + doubled, 2):
        (last,) = struct.unpack_from(">H", font, at)
        first, delta, offset = (struct.unpack_from(">H", font, at + 2 + doubled * row)[0] for row in (1, 2, 3))
        for point in range(first, min(last, 0xFFFE) + 1):
            where = at + 2 + doubled * 3 + offset + 2 * (point - first)
            glyph = struct.unpack_from(">H", font, where)[0] if offset else point + delta
            if glyph % 0x10000:
                yield point
