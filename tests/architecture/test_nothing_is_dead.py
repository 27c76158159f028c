"""What the product defines, the product uses: a name that only its test knows promises something that nobody can do."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture import source

Defined = source.Function | ast.ClassDef
# Decorators that change how a thing works; every other one hands it to somebody who calls it (a route, a command, a job, a listener).
MERE = {"cache", "cached_property", "classmethod", "contextmanager", "dataclass", "lru_cache", "property", "staticmethod", "total_ordering"}
# Used by none of ours, and meant to stay; each says why.
KEPT = {
    "billing/local_gateway/deliveries.py: list_deliveries": "what the stand-in has still to send, for whoever leads it by hand",
    "mobility/db/schema.py: downgrade": "the way back, which every migration is led on with data",
    "mobility/geo/places.py: LOCALITY": "a word of the address service, taken by its value",
}


def names_in(tree: ast.AST) -> Counter[str]:
    """How often each name is read, imports not counted; words of a string too: an annotation or a mapped relation may stand in one."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.keyword) and node.arg:
            found[node.arg] += 1
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            found[node.value] += 1
        elif isinstance(node, ast.ClassDef) and node.bases and not is_enumeration(node):  # fields that a schema or a table declares
            found.update(target.id for part in node.body if isinstance(part, ast.Assign) for target in targets(part))
    return found


@cache
def in_templates() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in source.files(".html", ".txt"))


def is_registered(node: Defined) -> bool:
    called = (decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in node.decorator_list)
    return any((name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")) not in MERE for name in called)


def defined_in(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """The public names of a file: functions, classes and constants, members of an enumeration, methods of a class that inherits none."""
    for node in source.tree(path).body:
        if isinstance(node, Defined) and not is_registered(node):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from ((target.id, node) for target in targets(node))
        if isinstance(node, ast.ClassDef) and is_enumeration(node):
            yield from ((target.id, part) for part in node.body if isinstance(part, ast.Assign) for target in targets(part))
        elif isinstance(node, ast.ClassDef) and not node.bases:
            yield from ((part.name, part) for part in node.body if isinstance(part, source.Function) and not is_registered(part))


def is_enumeration(node: ast.ClassDef) -> bool:
    return bool({"Enum", "StrEnum"} & {getattr(base, "id", "") for base in node.bases})


def targets(node: ast.Assign | ast.AnnAssign) -> Iterator[ast.Name]:
    named = node.targets if isinstance(node, ast.Assign) else [node.target]
    return (target for target in named if isinstance(target, ast.Name))


def idle_names() -> Iterator[str]:
    by_file = {path: names_in(source.tree(path)) for path in source.product_files()}
    everywhere: Counter[str] = Counter()
    for names in by_file.values():
        everywhere.update(names)
    for path, here in by_file.items():
        for name, node in defined_in(path) if source.is_under(path, *source.FLOORS) else ():
            is_known_elsewhere = name.startswith("_") or everywhere[name] > here[name] or name in in_templates()
            if not is_known_elsewhere and here[name] == names_in(node)[name]:
                yield f"{source.name(path)}: {name}"


def test_every_name_is_used_by_the_product() -> None:
    found = set(idle_names())
    idle, back = sorted(found - KEPT.keys()), sorted(KEPT.keys() - found)
    assert not idle, f"used by nothing, or by tests alone; take it away, or write what needs it: {idle}"
    assert not back, f"in use, or gone: no longer kept for a reason: {back}"
