"""Money is integer cents: no float anywhere near it (docs/promises.md "Money")."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import source

MONEY_FILES = [path for path in source.files(".py") if source.is_under(path, "billing") or source.name(path) == "mobility/money.py"]


def floats(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each place where a float is written or made, with why. A path divided by a name is no division."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno, "a float literal"
            case ast.Name(id="float"):
                yield node.lineno, "the float type"
            case ast.BinOp(op=ast.Div(), right=right) | ast.AugAssign(op=ast.Div(), value=right):
                if not (isinstance(right, ast.Constant) and isinstance(right.value, str)):
                    yield node.lineno, "a true division: use round_half_up or //"


def test_no_float_in_money_code() -> None:
    assert MONEY_FILES
    found = [f"{source.name(path)}:{line} {why}" for path in MONEY_FILES for line, why in floats(source.tree(path))]
    assert not found, f"cents are integers: {found}"


@pytest.mark.parametrize("code", ["x = 0.5", "x = float(y)", "x = a / b", "a /= 2", "def f(x: float): ..."])
def test_the_search_finds_floats(code: str) -> None:
    assert list(floats(ast.parse(code)))


@pytest.mark.parametrize("code", ["x = a // b", "x = Decimal('0.5')", "x = FOLDER / 'contract.typ'"])
def test_the_search_lets_integers_pass(code: str) -> None:
    assert not list(floats(ast.parse(code)))


def test_money_files_exist() -> None:
    assert Path("mobility/money.py") in [path.relative_to(source.ROOT) for path in MONEY_FILES]


def test_sums_are_made_in_one_place() -> None:
    """PostgreSQL's sum of integers is a decimal that only total_of() brings back."""
    places = [path for path in source.product_files() if "func.sum(" in path.read_text()]
    assert [source.name(path) for path in places] == ["mobility/db/sums.py"]
