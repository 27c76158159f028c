"""A vehicle moves from a pole to another: why, from which day, and who leaves from the old one. Pure."""

from datetime import date

from mobility.errors import RuleBroken
from mobility.periods import say_day

CORRECTION = "correction"
ASKED_REASONS = {
    "demand": "plus demandé là-bas",
    "replacement": "remplace un véhicule",
    "balance": "répartition du parc",
    "workshop": "plus près du garage",
    "closing": "le pôle ferme",
    "other": "autre raison",
}
REASON_NAMES = {**ASKED_REASONS, CORRECTION: "fiche mise à jour"}


def check_transfer(from_id: int, to_id: int, on: date, *, last_on: date, today: date, coming: int, seen: bool) -> None:
    """A transfer is noted once done, after the one before it, and once the bookings to come were read.

    Raises RuleBroken on `to_site_id`, `on` or `seen`.
    """
    if from_id == to_id:
        raise RuleBroken("Ce véhicule est déjà à ce pôle.", field="to_site_id")
    if on > today:
        raise RuleBroken("Un transfert se note le jour où il est fait.", field="on")
    if on < last_on:
        raise RuleBroken(f"Ce véhicule est à ce pôle depuis le {say_day(last_on)}.", field="on")
    if coming and not seen:
        raise RuleBroken(f"{say_coming(coming)} Relisez-les, puis cochez cette case.", field="seen")


def say_coming(coming: int) -> str:
    """How many people come to the old pole: "2 réservations à venir partent de ce pôle."."""
    return "Une réservation à venir part de ce pôle." if coming == 1 else f"{coming} réservations à venir partent de ce pôle."
