"""A file named after a noun of the trade holds pure rules: values in, values out, no framework, no clock, no I/O."""

import ast
import tomllib
from pathlib import Path

import grimp

from tests.architecture import source

# What a package has beside its nouns, in every package the same (CONTRIBUTING.md, "The same names in every package").
EDGES = {
    "__init__",
    "actions",
    "api",
    "cli",
    "errors",
    "events",
    "forms",
    "guards",
    "jobs",
    "lists",
    "models",
    "queries",
    "schemas",
    "slots",
    "views",
    "wiring",
}
# Files and folders of the upper floors that touch the outside under a name of their own; each says why.
OUTSIDE = {
    "billing/stripe_accounts.py": "opens what speaks to Stripe",
    "billing/stripe_gateway.py": "speaks to Stripe",
    "billing/local_gateway": "is an outside world of our own, with its file and its pages",
}
CLOCKS = {"now", "today", "utcnow", "monotonic", "time_ns"}
SETTINGS = tomllib.loads((source.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
CONTRACT = next(contract for contract in SETTINGS if contract["name"] == "Rules know no framework")
FORBIDDEN = {*CONTRACT["forbidden_modules"], "typst", "stripe", "requests", "urllib", "os", "pathlib", "time", "random", "secrets"}


def pure_files() -> list[Path]:
    """The ground's pure files as the contract lists them, and every noun of the upper floors."""
    ground = [source.ROOT / f"{module.replace('.', '/')}.py" for module in CONTRACT["source_modules"]]
    upper = [path for path in source.files(".py") if source.is_under(path, "assessments", "billing", "fleet")]
    return sorted({*ground, *(path for path in upper if is_noun(path))})


def is_noun(path: Path) -> bool:
    inside = path.relative_to(source.ROOT).with_suffix("").parts[1:]
    return not EDGES.intersection(inside) and not any(path.is_relative_to(source.ROOT / outside) for outside in OUTSIDE)


def impurities(path: Path) -> list[str]:
    asked = [(node.lineno, module) for node, module in source.imports(path)]
    wrong = [f"line {line} imports {module}" for line, module in asked if FORBIDDEN & {module.partition(".")[0]}]
    wrong += [
        f"line {line} imports {module}"
        for line, module in asked
        if module.partition(".")[0] in source.FLOORS and EDGES & {*module.split(".")[1:]} - {"errors", "events"}
    ]
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            wrong.append(f"line {node.lineno} reads the clock")
    return wrong


def test_rules_are_pure() -> None:
    assert pure_files()
    wrong = {source.name(path): found for path in pure_files() if (found := impurities(path))}
    assert not wrong, f"rules take `today` or `now` and values; move the rest to actions, queries or a port (OUTSIDE in this test): {wrong}"


def test_who_says_pure_is_held_to_it() -> None:
    """On the ground, where a name tells less: the contract's list and the files' own first lines are one."""
    ground = [path for path in source.files(".py") if source.is_under(path, "mobility")]
    said = {path for path in ground if (ast.get_docstring(source.tree(path)) or "").partition("\n")[0].endswith("Pure.")}
    held = {source.ROOT / f"{module.replace('.', '/')}.py" for module in CONTRACT["source_modules"]}
    differing = sorted(source.name(path) for path in said ^ held)
    assert not differing, f"say 'Pure.' in the first line and stand in the contract of pyproject.toml, or neither: {differing}"


def test_no_road_leads_from_a_rule_to_a_framework() -> None:
    """Not through another module either: the contract's question, asked for every noun without a list to keep."""
    graph = grimp.build_graph(*source.FLOORS, include_external_packages=True, cache_dir=None)
    rules = [source.name(path).removesuffix(".py").replace("/", ".") for path in pure_files()]
    frameworks = [module for module in CONTRACT["forbidden_modules"] if module in graph.modules]
    roads = [" → ".join(road) for rule in rules for framework in frameworks if (road := graph.find_shortest_chain(rule, framework))]
    assert not roads, f"a rule needs values, not these: {roads}"


def test_every_exception_is_still_needed() -> None:
    gone = [name for name in OUTSIDE if not (source.ROOT / name).exists()]
    assert not gone, f"no longer there: {gone}"
