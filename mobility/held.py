"""Which tables hold something about a person, and by which way: each package declares its own when it is hung, and none is forgotten.

A table is either held, with the way from its rows to the person, or named with why it is not; a test finds one that is neither.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

Row = dict[str, Any]
Words = Callable[[Row], Row]

# What only serves the machine, or opens a door; a file's bytes leave as a file.
MACHINE = frozenset(
    {
        "platform_id",
        "search_key",
        "identity_key",
        "import_key",
        "token_hash",
        "password_hash",
        "totp_secret",
        "totp_last_step",
        "hash",
        "previous_hash",
    }
)


@dataclass(frozen=True, kw_only=True)
class Held:
    """One table: its French title, and the rows whose `column` is the person, or is the `key` of a held row of `into`.

    Everything of a row is the person's to take, but `leaves_out` (said why beside it), the machine's own columns and the numbers of
    other people's accounts; `only` names the few columns of what is not the person's own, such as a vehicle they had.
    `words` makes a row readable; `also` names hidden columns that it asks for, and takes away.
    """

    table: str
    title: str
    column: str = "beneficiary_id"
    into: str | None = None
    key: str = "id"
    leaves_out: frozenset[str] = frozenset()
    only: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    words: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Registry:
    """All that was declared."""

    held: dict[str, Held]
    not_of_people: dict[str, str]


def declare(app: Flask, *held: Held, not_of_people: Mapping[str, str]) -> None:
    """Say which tables of a package hold a person, and of the others why not."""
    registry = app.extensions.setdefault("held", Registry(held={}, not_of_people={}))
    registry.held.update({each.table: each for each in held})
    registry.not_of_people.update(not_of_people)


def registry() -> Registry:
    """What the packages declared, in the order in which they did."""
    found: Registry = current_app.extensions["held"]
    return found
