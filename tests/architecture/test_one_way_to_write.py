"""One transaction at the edge is the only thing that commits (docs/adr/0002)."""

import ast

from tests.architecture import source

THE_COMMITTER = "mobility/db/transaction.py"


def test_only_the_transaction_commits() -> None:
    committers = [
        f"{source.name(path)}:{node.lineno}"
        for path in source.product_files()
        if source.name(path) != THE_COMMITTER
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert not committers, f"flush, and let transaction() of {THE_COMMITTER} commit: {committers}"
