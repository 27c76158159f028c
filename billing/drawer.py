"""The cash drawer: counted when it opens and when it closes; what should be in it is never typed, the books say it (domain.md §9). Pure."""

from mobility.errors import RuleBroken
from mobility.money import euros


def is_opening(number: int) -> bool:
    """Counts go in turn: the first opens the drawer, the second closes it."""
    return number % 2 == 1


def drawer_of(number: int) -> int:
    """The drawer that a count opens or closes: 1, 1, 2, 2, 3…"""
    return (number + 1) // 2


def say_difference(cents: int) -> str:
    """What a count found beside the books (above zero: more than they say)."""
    if cents == 0:
        return "Le compte est juste"
    return f"Il y a {euros(cents)} de trop" if cents > 0 else f"Il manque {euros(-cents)}"


def check_count(*, expected_cents: int, counted_cents: int, reason: str | None) -> None:
    """Raises RuleBroken beside `reason` for a difference that nobody explains: it is said in words before it is entered."""
    if counted_cents != expected_cents and not reason:
        said = say_difference(counted_cents - expected_cents)
        raise RuleBroken(f"{said} : les livres disent {euros(expected_cents)}. Recomptez, puis dites pourquoi.", field="reason")


def check_taken(cents: int, *, in_drawer_cents: int) -> None:
    """Raises RuleBroken beside `cents` unless so much is in the drawer, by the books."""
    if cents <= 0:
        raise RuleBroken("Le montant doit être supérieur à zéro.", field="cents")
    if cents > in_drawer_cents:
        raise RuleBroken(f"Il n’y a que {euros(max(in_drawer_cents, 0))} en caisse.", field="cents")
