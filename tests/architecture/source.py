"""The project's own source, read once: files, syntax trees, functions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["mobility", "assessments", "billing", "fleet"]
OWN_FOLDERS = [*FLOORS, "demo", "templates", "static", "tests", "bench", "docs"]
MIGRATIONS = ROOT / "mobility" / "migrations" / "versions"  # history: written once, never reworked

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*suffixes: str) -> list[Path]:
    """Our own files with these suffixes, in a stated order, migrations left out."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    found += [path for folder in OWN_FOLDERS for path in (ROOT / folder).rglob("*")]
    return sorted(path for path in found if path.suffix in suffixes and MIGRATIONS not in path.parents)


def product_files() -> list[Path]:
    """Python that runs in production, and dev.py."""
    return [path for path in files(".py") if not is_under(path, "tests", "bench")]


def is_under(path: Path, *folders: str) -> bool:
    """Whether the file is in one of these folders of the checkout."""
    return path.relative_to(ROOT).parts[0] in folders


def name(path: Path) -> str:
    """A path as one reads it: from the checkout down."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of a function from its `def`, docstring not counted: words are free."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Every import statement of a file with the dotted name it asks for."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""
