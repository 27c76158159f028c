"""What few need is loaded later (docs/adr/0007): in the one way, seen by the checkers, and really not before."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import source

START = """
import sys
from wsgi import create_app
create_app()
print("\\n".join(sys.modules))
"""


def twins(path: Path) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Each `if TYPE_CHECKING … else …` of a file: the modules the checkers read and those the interpreter takes, by the name they get."""
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" and node.orelse:
            yield read_by_checkers(node.body), taken_later(node.orelse)


def read_by_checkers(lines: list[ast.stmt]) -> dict[str, str]:
    whole = {name.asname or name.name: name.name for line in lines if isinstance(line, ast.Import) for name in line.names}
    parts = [(line.module, name) for line in lines if isinstance(line, ast.ImportFrom) for name in line.names]
    return whole | {name.asname or name.name: f"{package}.{name.name}" for package, name in parts}


def taken_later(lines: list[ast.stmt]) -> dict[str, str]:
    return {ast.unparse(line.targets[0]): ast.literal_eval(line.value.args[0]) for line in lines if is_later(line)}  # type: ignore[attr-defined]


def is_later(node: ast.AST) -> bool:
    value = getattr(node, "value", None)
    return isinstance(node, ast.Assign) and isinstance(value, ast.Call) and ast.unparse(value.func) == "later"


def all_later() -> set[str]:
    return {module for path in source.product_files() for _, taken in twins(path) for module in taken.values()}


def test_the_checkers_read_the_very_modules_that_are_loaded_later() -> None:
    differing = {source.name(path): pair for path in source.product_files() for pair in twins(path) if pair[0] != pair[1]}
    assert not differing, f"import under TYPE_CHECKING exactly what `later` loads: {differing}"


def test_nothing_is_loaded_later_behind_the_checkers_back() -> None:
    for path in source.product_files():
        calls = [node for node in ast.walk(source.tree(path)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "later"]
        assert len(calls) == sum(len(taken) for _, taken in twins(path)), f"{source.name(path)} calls `later` outside of its twin"
        loads = [node for node, module in source.imports(path) if module == "importlib"]
        assert not loads or source.name(path) == "mobility/later.py", f"{source.name(path)}: one way to load later, mobility/later.py"


def test_a_server_starts_without_them(tmp_path: Path) -> None:
    told = {"POINT_ETAPE_DATA_DIR": str(tmp_path), "POINT_ETAPE_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing"}
    done = subprocess.run([sys.executable, "-c", START], env=os.environ | told, cwd=source.ROOT, check=True, capture_output=True, text=True)
    early = all_later() & set(done.stdout.split())
    assert all_later() and not early, f"loaded at the start all the same: {sorted(early)}"
