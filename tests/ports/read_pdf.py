"""A PDF as a reader meets it: its words in order, its tags, its pictures' descriptions."""

import io
import re

from pypdf import PdfReader


def words(pdf: bytes) -> str:
    """All the text, each run of spaces, no-break ones too, as one plain space."""
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def accessibility_part(pdf: bytes) -> str | None:
    """The part of PDF/UA the file claims in its XMP metadata."""
    claim = re.search(rb"pdfuaid:part>(\d)<", PdfReader(io.BytesIO(pdf)).xmp_metadata.stream.get_data())
    return claim[1].decode() if claim else None


def root(pdf: bytes) -> dict:
    """The document's catalogue."""
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def tags(pdf: bytes) -> list[str]:
    """The kinds of the structure tree's elements, in reading order."""
    found: list[str] = []
    _walk(root(pdf)["/StructTreeRoot"], found)
    return found


def _walk(node: dict, found: list[str]) -> None:
    if "/S" in node:
        found.append(node["/S"])
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            _walk(child, found)
