"""Readings of an odometer: judged when they come in, corrected without being lost, kilometres derived anew each time (domain.md §10.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, say_moment

MAX_KM_A_DAY = 1_000
MAX_KM = 1_000_000

BELOW_LAST, TOO_FAST, ABOVE_NEXT = "below_last", "too_fast", "above_next"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Kilometres read at an instant. It stands unless doubtful; one that `corrects` another supersedes it once it stands itself."""

    id: int
    at: datetime
    km: int
    doubtful: bool = False
    corrects: int | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Accepted, or doubtful with its code and a French explanation."""

    accepted: bool
    code: str = ""
    sentence: str = "Relevé enregistré."


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What a page can tell of a reading while it is typed: between which kilometres it is believed, and the words outside them.

    The words are the verdict's own, with "{km}" where the kilometres go: those read when below, those driven when too fast.
    """

    last_km: int
    most_km: int
    below: str
    too_fast: str


ACCEPTED = Verdict(accepted=True)


@dataclass(frozen=True, kw_only=True)
class Leg:
    """The kilometres between two neighbouring readings that stand."""

    first: Reading
    second: Reading

    @property
    def km(self) -> int:
        """Never below 0: a confirmed reading below the last means a replaced meter, whose missing kilometres nobody knows."""
        return max(0, self.second.km - self.first.km)


def judge(last: Reading | None, new_km: int, at: datetime) -> Verdict:
    """A new reading against the last one before it. Raises RuleBroken when it is no odometer's number at all."""
    if type(new_km) is not int or not 0 <= new_km <= MAX_KM:
        raise RuleBroken("Indiquez le kilométrage du compteur, en kilomètres entiers.", field="odometer_km")
    if last is None:
        return ACCEPTED
    if at < last.at:
        raise RuleBroken(f"Un relevé plus récent existe déjà, du {say_moment(last.at)}.", field="at")
    if new_km < last.km:
        return _below(last, new_km)
    return _too_fast(last, new_km) if _is_too_fast(new_km - last.km, at - last.at) else ACCEPTED


def bounds_after(last: Reading, at: datetime) -> Bounds:
    """Between which kilometres a reading at an instant is believed, as `judge` says it."""
    days = max(at - last.at, ONE_DAY) / ONE_DAY
    return Bounds(last_km=last.km, most_km=last.km + int(MAX_KM_A_DAY * days), below=_below_words(last), too_fast=_too_fast_words(last))


def judge_among(readings: Iterable[Reading], new_km: int, at: datetime) -> Verdict:
    """A reading that may arrive late, from a phone without network, against its neighbours on both sides."""
    standing = list_standing(readings)
    before = max((r for r in standing if r.at <= at), key=lambda r: (r.at, r.id), default=None)
    after = min((r for r in standing if r.at > at), key=lambda r: (r.at, r.id), default=None)
    verdict = judge(before, new_km, at)
    return _above_next(after, new_km) if verdict.accepted and after is not None and new_km > after.km else verdict


def _is_too_fast(km: int, elapsed: timedelta) -> bool:
    # Two readings on one day share that day's thousand kilometres; whole seconds keep the comparison in integers.
    return km * ONE_DAY > MAX_KM_A_DAY * max(elapsed, ONE_DAY)


def _below(last: Reading, new_km: int) -> Verdict:
    return Verdict(accepted=False, code=BELOW_LAST, sentence=_below_words(last).format(km=_say(new_km)))


def _below_words(last: Reading) -> str:
    return f"Le compteur affichait {_say(last.km)} km le {say_moment(last.at)} : {{km}} km est en dessous. Relisez-le."


def _too_fast(last: Reading, new_km: int) -> Verdict:
    return Verdict(accepted=False, code=TOO_FAST, sentence=_too_fast_words(last).format(km=_say(new_km - last.km)))


def _too_fast_words(last: Reading) -> str:
    return f"{{km}} km depuis le {say_moment(last.at)}, c’est plus de {_say(MAX_KM_A_DAY)} km par jour. Relisez le compteur."


def _above_next(after: Reading, new_km: int) -> Verdict:
    sentence = f"Le compteur affichait {_say(after.km)} km le {say_moment(after.at)} : {_say(new_km)} km est au-dessus. Relisez-le."
    return Verdict(accepted=False, code=ABOVE_NEXT, sentence=sentence)


def _say(km: int) -> str:
    return f"{km:,}".replace(",", " ")


def list_standing(readings: Iterable[Reading]) -> list[Reading]:
    """The readings that count, oldest first: neither doubtful nor superseded by a correction that stands."""
    believed = [reading for reading in readings if not reading.doubtful]
    superseded = {reading.corrects for reading in believed}
    return sorted((r for r in believed if r.id not in superseded), key=lambda r: (r.at, r.id))


def legs(readings: Iterable[Reading]) -> list[Leg]:
    """The kilometres between neighbours, recomputed from what stands."""
    return [Leg(first=first, second=second) for first, second in pairwise(list_standing(readings))]


def driven_km(readings: Iterable[Reading]) -> int:
    """All kilometres derived from the readings that stand."""
    return sum(leg.km for leg in legs(readings))
