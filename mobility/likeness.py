"""Two files that may be about one person: nearly the same name, the same phone or mail, each with its reason in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mobility.names import fold
from mobility.periods import say_day


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What tells people apart; `phone` in E.164."""

    first_name: str
    last_name: str
    birth_on: date | None = None
    phone: str | None = None
    email: str | None = None


def reasons(one: Identity, other: Identity) -> tuple[str, ...]:
    """Why two files may be one person, the strongest reason first; empty for two people. French, said to advisers only."""
    return (*_by_name(one, other), *_by_contact(one, other))


def is_one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter too many, too few, wrong, or two neighbours swapped, is all that differs."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[at:], other[at:]
    swapped = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
    return swapped or rest[1:] in (other_rest, other_rest[1:]) or rest == other_rest[1:]


def _by_name(one: Identity, other: Identity) -> Iterator[str]:
    (first, last), (other_first, other_last) = _names(one), _names(other)
    dates = _compare(one.birth_on, other.birth_on)
    if dates is None:
        return
    if (first, last) == (other_first, other_last):
        yield f"même nom et même prénom, {dates}"
    elif (first, last) == (other_last, other_first):
        yield f"nom et prénom échangés, {dates}"
    elif one.birth_on is not None and one.birth_on == other.birth_on and _nearly((first, last), (other_first, other_last)):
        yield f"une lettre d’écart dans le nom, {dates}"


def _by_contact(one: Identity, other: Identity) -> Iterator[str]:
    if one.phone and one.phone == other.phone:
        yield "même téléphone"
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        yield "même adresse mail"


def _names(identity: Identity) -> tuple[str, str]:
    return fold(identity.first_name).replace(" ", ""), fold(identity.last_name).replace(" ", "")


def _nearly(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """One of the two names is the same, the other one letter apart."""
    return any(one[i] == other[i] and is_one_letter_apart(one[1 - i], other[1 - i]) for i in (0, 1))


def _compare(one: date | None, other: date | None) -> str | None:
    """What the dates of birth say; None when they say two people."""
    if one is None or other is None:
        return "sans date de naissance pour trancher"
    if one == other:
        return "même date de naissance"
    turned = (one.year, one.day, one.month) == (other.year, other.month, other.day)
    if turned or sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) == 1:
        return f"dates de naissance proches ({say_day(one)} et {say_day(other)})"
    return None
