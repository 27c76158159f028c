"""A vehicle breaks down: who needs one first, which other does best, what each person is told. Pure: nothing moves without a yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

from mobility.tongues import joined, say, words

MOST_TOLD = 480  # three text messages' length

SWAP, STOP = "swap", "stop"
OTHER_WAYS = words(
    {
        "bus": "le bus ou l’autocar",
        "carpool": "le covoiturage",
        "transport": "le transport micro-collectif",
        "other": "une autre solution",
    }
)
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
    told = {"broken": broken, "other": other, "site": site}
    if starts:
        said = say("%(broken)s est en panne : le %(day)s, vous recevrez %(other)s, %(site)s. Le prix reste le même.", day=starts, **told)
        return _short(said)
    return _short(say("%(broken)s est en panne : vous avez maintenant %(other)s, %(site)s. Le prix reste le même.", **told))


def say_other_way(broken: str, way: str, note: str | None) -> str:
    """The bus or another way to work meanwhile, with its line and hour."""
    note = (note or "").rstrip(".")
    how = note if way == "other" and note else joined(", ", (OTHER_WAYS[way], note))
    return _short(say("%(broken)s est en panne. En attendant, pour aller travailler : %(how)s.", broken=broken, how=how))


def say_stop(broken: str, *, is_away: bool) -> str:
    """The vehicle runs no more: what that does to their booking."""
    if is_away:
        said = say("%(broken)s ne repartira pas : les jours sans véhicule ne vous sont pas facturés.", broken=broken)
    else:
        said = say("%(broken)s ne repartira pas : votre réservation s’arrête là, sans rien à payer.", broken=broken)
    return _short(joined(" ", (said, say("Votre conseiller vous appelle pour la suite."))))


def say_stop_before(broken: str, on: str | None) -> str:
    """The vehicle their booking was to go on with runs no more: it ends on the day in `on`, or they keep what they have meanwhile."""
    opening = say("%(broken)s, prévu pour la suite, ne roulera plus :", broken=broken)
    then = (
        say("votre réservation s’arrête le %(day)s, sans rien à payer ensuite. Votre conseiller vous appelle.", day=on)
        if on
        else say("gardez celui que vous avez en attendant. Votre conseiller vous appelle.")
    )
    return _short(joined(" ", (opening, then)))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= MOST_TOLD else shorten(sentence, MOST_TOLD, placeholder=" …")
