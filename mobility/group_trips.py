"""Accompanied trips (micro-collective transport): stops, seats by leg, the charter that a passenger accepts (domain.md §2.3). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from mobility.dated import DatedSetting
from mobility.errors import RuleBroken
from mobility.tongues import say

TRIP = "accompanied_trip"
TRIP_WORDS = "Trajet accompagné"
TRIP_ACTION = "accompanied"  # the step of a path that it makes (codes.ACTION_KINDS)
MOST_STOPS, LONGEST_PLACE, MOST_WEEKS = 12, 80, 12
_LINE = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d{2})?\s+(\S.*)")
CHARTER_TEXT = say(
    "Je suis à l’heure à mon arrêt. J’attache ma ceinture. Je respecte le conducteur et les autres passagers. "
    "Si je ne viens pas, je préviens la veille : ma place servira à quelqu’un d’autre."
)
CHARTER = DatedSetting(
    key="trips.charter",
    label="Trajets accompagnés : la charte que le passager accepte",
    default=str(CHARTER_TEXT),
    source="domain.md §2.3",
    help="Lue et acceptée par chaque passager avant sa première place, dans son espace ou avec vous.",
)
Leg = tuple[int, int]  # from the stop of this rank to that of the other


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Where and when, on the trip's day in Paris."""

    at: time
    place: str

    @property
    def told(self) -> str:
        """As a passenger reads it: where, then when."""
        return f"{self.place}, {self.at.hour}:{self.at.minute:02d}"

    def __str__(self) -> str:
        return f"{self.at.hour}:{self.at.minute:02d} {self.place}"


def this_one(is_trip: bool) -> str:
    """What a sentence about it begins with."""
    return "Ce trajet" if is_trip else "Cet atelier"


def charter_of(text: str) -> str:
    """The platform's charter: its own words as they are, ours in the reader's tongue."""
    return CHARTER_TEXT if text == str(CHARTER_TEXT) else text


def read_stops(typed: str) -> tuple[Stop, ...]:
    """Stops as typed, one a line ("7:10 Gare", "7h10 Gare"), in the order of their hours. Raises RuleBroken on `stops`, naming the line."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not 2 <= len(lines) <= MOST_STOPS:
        raise RuleBroken(f"Deux arrêts au moins, {MOST_STOPS} au plus : un par ligne, avec son heure.", field="stops")
    stops = tuple(_read(line, number) for number, line in enumerate(lines, 1))
    for number, (before, after) in enumerate(pairwise(stops), 2):
        if after.at <= before.at:
            raise RuleBroken(f"Ligne {number} : cet arrêt vient après le précédent, son heure aussi.", field="stops")
    return stops


def check_leg(stops: Sequence[Stop], leg: Leg) -> None:
    """Raises RuleBroken on `alight` when somebody would get off before they get on, or where the trip does not stop."""
    board, alight = leg
    if not 0 <= board < alight < len(stops):
        raise RuleBroken("La descente vient après la montée, à un arrêt de ce trajet.", field="alight")


def check_charter(is_accepted: bool) -> None:
    """Raises RuleBroken on `charter` for a passenger who has not accepted it."""
    if not is_accepted:
        raise RuleBroken(say("Pour avoir une place, acceptez la charte du passager."), field="charter")


def has_room(taken: Iterable[Leg], leg: Leg, places: int) -> bool:
    """Whether a seat is free from one stop to another: a seat left at a stop serves whoever gets on there."""
    legs = list(taken)
    return all(sum(board <= part < alight for board, alight in legs) < places for part in range(*leg))


def aboard(taken: Iterable[Leg], count: int) -> tuple[int, ...]:
    """How many are aboard between each stop and the next."""
    legs = list(taken)
    return tuple(sum(board <= part < alight for board, alight in legs) for part in range(count - 1))


def minutes_of(stops: Sequence[Stop]) -> int:
    """How long it lasts, from the first stop to the last."""
    first, last = stops[0].at, stops[-1].at
    return (last.hour - first.hour) * 60 + last.minute - first.minute


def as_data(stops: Iterable[Stop]) -> list[dict[str, str]]:
    """As they are kept."""
    return [{"at": stop.at.strftime("%H:%M"), "place": stop.place} for stop in stops]


def from_data(kept: Iterable[dict[str, str]] | None) -> tuple[Stop, ...]:
    """As they were kept; none for a workshop, which goes nowhere."""
    return tuple(Stop(at=time.fromisoformat(one["at"]), place=one["place"]) for one in kept or ())


def _read(line: str, number: int) -> Stop:
    found = _LINE.fullmatch(line)
    if found is None:
        raise RuleBroken(f"Ligne {number} : commencez par l’heure, puis le lieu, par exemple « 7:10 Gare ».", field="stops")
    hour, minute, place = int(found[1]), int(found[2] or 0), " ".join(found[3].split())
    if hour > 23 or minute > 59:
        raise RuleBroken(f"Ligne {number} : cette heure n’existe pas.", field="stops")
    if len(place) > LONGEST_PLACE:
        raise RuleBroken(f"Ligne {number} : un lieu tient en {LONGEST_PLACE} signes.", field="stops")
    return Stop(at=time(hour, minute), place=place)
