"""What a deposit waits for that billing does not know of: the upper floors say so, by account, in a sentence."""

from collections.abc import Callable, Collection, Mapping

from flask import Flask, current_app

Why = Callable[[Collection[int]], Mapping[int, str]]


def hold_back(app: Flask, why: Why) -> None:
    """Have `why` asked before a deposit goes back: of some accounts, those whose deposit waits, each with its sentence."""
    app.extensions.setdefault("deposit_holdbacks", []).append(why)


def held_back(account_ids: Collection[int]) -> dict[int, str]:
    """Of these accounts, those whose deposit waits, and why."""
    waiting: dict[int, str] = {}
    if not account_ids:
        return waiting
    for why in current_app.extensions.get("deposit_holdbacks", ()):
        waiting |= why(account_ids)
    return waiting
