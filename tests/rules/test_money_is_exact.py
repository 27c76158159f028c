"""No float in money code, read from the syntax tree (promises, Money)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BILLING = Path(__file__).parents[2] / "billing"
FILES = sorted(BILLING.rglob("*.py"))


def floats(source: str) -> Iterator[str]:
    """Each float literal, `float` by name, and true division, with its line; a path's `/` is told by the text beside it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{node.lineno}: {node.value}"
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"{node.lineno}: float"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div) and not _is_path(node):
            yield f"{node.lineno}: /"


def _is_path(node: ast.BinOp | ast.AugAssign) -> bool:
    right = node.right if isinstance(node, ast.BinOp) else node.value
    return isinstance(right, ast.JoinedStr) or (isinstance(right, ast.Constant) and isinstance(right.value, str))


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(BILLING).as_posix() for path in FILES])
def test_no_float(path: Path) -> None:
    assert list(floats(path.read_text(encoding="utf-8"))) == []


PLANTED = [
    ("rate = 0.05", ["1: 0.05"], "a literal"),
    ("x = 1e3", ["1: 1000.0"], "a literal without a point"),
    ("x = float(cents)", ["1: float"], "a call"),
    ("xs = map(float, cents)", ["1: float"], "a call in disguise"),
    ("half = cents / 2", ["1: /"], "a division that makes one"),
    ("cents /= 2", ["1: /"], "the same in place"),
    ("half = cents // 2", [], "the division of integers"),
    ("page = folder / 'receipt.typ'", [], "a path"),
    ("rate = Decimal('0.05')", [], "an exact number in text"),
]


@pytest.mark.parametrize(("source", "found", "why"), PLANTED, ids=[case[2] for case in PLANTED])
def test_the_reader_finds_what_is_planted(source: str, found: list[str], why: str) -> None:
    assert list(floats(source)) == found, why
