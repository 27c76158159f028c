"""Passwords: kept with argon2id, tried in the same time whether or not there is one, chosen long rather than odd."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from mobility.crypto import read_access_code
from mobility.errors import RuleBroken

SHORTEST = 12  # characters; length is what holds, so no rule about digits and capitals
SHORTEST_OF_A_PERSON = 8  # on a beneficiary's phone, behind the same five tries a minute
FEWEST_DIFFERENT = 5
LONGEST = 200

# OWASP's smaller setting: 19 MiB and about 50 ms a try, so that eight at once fit an association's small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Of no password: trying one against it costs what trying a real one costs.
_nobodys = f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}${'A' * 22}${'A' * 43}"


def keep(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(_folded(password))


def matches(kept: str | None, typed: str, *, printed: bool = False) -> bool:
    """Whether the password is the kept one; with none kept, the same time is spent. `printed` reads it as a code from paper."""
    candidate = read_access_code(typed) if printed else typed
    try:
        return _hasher.verify(kept or _nobodys, _folded(candidate)) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def check_chosen(password: str, *, shortest: int, known: tuple[str, ...]) -> None:
    """Refuse a password that is short, of few characters, or a name others know. Raises RuleBroken on `password`."""
    if len(password) < shortest:
        raise RuleBroken(f"Choisissez au moins {shortest} caractères, par exemple trois ou quatre mots au hasard.", field="password")
    if len(set(password)) < FEWEST_DIFFERENT:
        raise RuleBroken("Ce mot de passe se devine trop vite : mélangez des mots ou des signes différents.", field="password")
    if any(word and word.casefold() == password.casefold() for word in known):
        raise RuleBroken("Ne prenez ni votre nom, ni votre adresse, ni votre identifiant.", field="password")


def _folded(password: str) -> str:
    # The same letters typed on another keyboard are the same password.
    return unicodedata.normalize("NFKC", password)[:LONGEST]
