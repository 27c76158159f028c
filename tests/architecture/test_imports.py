"""Arrows point down, at the top of the file, in the open."""

import ast
from importlib.metadata import entry_points

import pytest

from tests.architecture import source


def test_the_floors_contracts_hold(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The contracts of pyproject.toml, here too, so that no green suite hides a broken floor."""
    monkeypatch.chdir(source.ROOT)
    (lint_imports,) = entry_points(group="console_scripts", name="lint-imports")
    with pytest.raises(SystemExit) as ended:
        lint_imports.load()(["--no-logo", "--no-cache"])
    assert ended.value.code == 0, capfd.readouterr().out


def test_no_import_inside_a_function() -> None:
    inside = [
        f"{source.name(path)}:{node.lineno} in {function.name}"
        for path in source.files(".py")
        for function in source.functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"an import inside a function hides a circle; move it up or turn the arrow round: {inside}"


def test_nothing_but_tests_imports_the_entrance() -> None:
    callers = [
        f"{source.name(path)}:{node.lineno}"
        for path in source.files(".py")
        if not source.is_under(path, "tests", "bench")
        for node, module in source.imports(path)
        if module.partition(".")[0] == "wsgi"
    ]
    assert not callers, f"wsgi.py stands above every floor; take what you need as an argument: {callers}"


def test_no_relative_import() -> None:
    relative = [
        f"{source.name(path)}:{node.lineno}"
        for path in source.files(".py")
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative, f"say the whole name, so that a floor is seen: {relative}"


def test_every_part_of_the_api_reads_json_our_way() -> None:
    stock = [
        f"{source.name(path)}:{node.lineno}"
        for path in source.product_files()
        if source.name(path) != "mobility/web/api.py"
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "flask_smorest" and any(name.name == "Blueprint" for name in node.names)
    ]
    assert not stock, f"take Blueprint from mobility.web.api: the stock one fails on what is no JSON: {stock}"
