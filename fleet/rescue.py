"""A vehicle breaks down: who needs one first, which other does best, what each person is told. Pure: nothing moves without a yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

MOST_TOLD = 480  # three text messages' length

SWAP, STOP = "swap", "stop"
OTHER_WAYS = {
    "bus": "le bus ou l’autocar",
    "carpool": "le covoiturage",
    "transport": "le transport micro-collectif",
    "other": "une autre solution",
}
WAY_NAMES = {SWAP: "un autre véhicule", **OTHER_WAYS, STOP: "fin de la réservation"}


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A free vehicle of the same kind that fits, and how far its pole is from the one broken down (None: nobody placed them)."""

    vehicle_id: int
    label: str
    site: str
    is_here: bool
    road_km: float | None = None


def rank(replacements: Iterable[Replacement]) -> list[Replacement]:
    """The same pole first, then the nearest, then those nobody placed; alike ones by name."""
    far = float("inf")
    return sorted(replacements, key=lambda r: (not r.is_here, far if r.road_km is None else r.road_km, r.label, r.vehicle_id))


def say_swap(broken: str, other: str, site: str, *, starts: str | None) -> str:
    """Another vehicle, which they have now, or will fetch on the day in `starts`."""
    when = f"le {starts}, vous recevrez {other}" if starts else f"vous avez maintenant {other}"
    return _short(f"{broken} est en panne : {when}, {site}. Le prix reste le même.")


def say_other_way(broken: str, way: str, note: str | None) -> str:
    """The bus or another way to work meanwhile, with its line and hour."""
    how = note if way == "other" and note else f"{OTHER_WAYS[way]}{f', {note}' if note else ''}"
    return _short(f"{broken} est en panne. En attendant, pour aller travailler : {how.rstrip('.')}.")


def say_stop(broken: str, *, is_away: bool) -> str:
    """The vehicle runs no more: what that does to their booking."""
    what = "les jours sans véhicule ne vous sont pas facturés" if is_away else "votre réservation s’arrête là, sans rien à payer"
    return _short(f"{broken} ne repartira pas : {what}. Votre conseiller vous appelle pour la suite.")


def say_stop_before(broken: str, on: str | None) -> str:
    """The vehicle their booking was to go on with runs no more: it ends on the day in `on`, or they keep what they have meanwhile."""
    what = f"votre réservation s’arrête le {on}, sans rien à payer ensuite" if on else "gardez celui que vous avez en attendant"
    return _short(f"{broken}, prévu pour la suite, ne roulera plus : {what}. Votre conseiller vous appelle.")


def _short(sentence: str) -> str:
    return shorten(sentence, MOST_TOLD, placeholder=" …")
