"""Renewing a rental as a chain of contracts: the return of the next stretch, and the last day of the chain (domain.md §9, §3.3).

The chain follows the person: what they rent soon after a return goes on with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from billing.schedule import MONTHS
from billing.terms import AMIE
from mobility.periods import ONE_DAY, instant_of, months_after, paris_day, paris_time, say_day

STEP = "fleet.renewal_step"
MONTH = "month"
APART = "fleet.chain_apart_days"
STEPS = (("14", "deux semaines"), ("28", "quatre semaines"), (MONTH, "un mois"))
NEW_CHAIN_REASONS = {
    "new_job": "un nouvel emploi ou une nouvelle formation",
    "new_home": "un déménagement, ou un changement dans le foyer",
    "agreed": "un accord de la direction ou du financeur",
}


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One rental of a person, from its keys to its return, both as days, with its account once it is firm.

    `is_new` when somebody said that a chain begins with it.
    """

    booking_id: int
    number: str
    begins_on: date
    ends_on: date
    is_new: bool = False
    account_id: int | None = None


def continued(rentals: Iterable[Stretch], begins_on: date, *, most_apart: Callable[[date], int]) -> list[Stretch]:
    """The rentals that one beginning on a day goes on with, the earliest first: each returned so few days before the next began.

    `most_apart` says how many, by the day on which the next began; what runs at the same time is no chain.
    """
    chain: list[Stretch] = []
    for rental in sorted(rentals, key=lambda one: (one.ends_on, one.begins_on), reverse=True):
        if rental.ends_on > begins_on:
            continue
        if begins_on - rental.ends_on > timedelta(days=most_apart(begins_on)):
            break
        chain.insert(0, rental)
        begins_on = rental.begins_on
        if rental.is_new:
            break
    return chain


def days_held(chain: Iterable[Stretch]) -> int:
    """How many days those rentals have lasted; the days between them are nobody's."""
    return sum((rental.ends_on - rental.begins_on).days for rental in chain)


def next_return(ends_at: datetime, step: str, now: datetime) -> datetime:
    """The first return ahead, at the same hour on the clock, by steps from the one planned; of a late rental too."""
    count = 1
    while (found := _after(ends_at, step, count)) <= now:
        count += 1
    return found


def _after(ends_at: datetime, step: str, count: int) -> datetime:
    day = paris_day(ends_at)
    return at_hour_of(ends_at, months_after(day, count) if step == MONTH else day + timedelta(days=count * int(step)))


def at_hour_of(instant: datetime, day: date) -> datetime:
    """The same hour on the clock of Paris, on another day."""
    return instant_of(day, paris_time(instant))


def last_day(begins_on: date, *, programme: str, most_days: int, held: int = 0, months: int = MONTHS) -> date:
    """The last day a chain that begins on a day may reach, so many days of it `held` already; `months` are the programme's."""
    begins_on -= timedelta(days=held)
    return months_after(begins_on, months) - ONE_DAY if programme == AMIE else begins_on + timedelta(days=most_days)


def outgrown(
    held: Stretch, others: Iterable[Stretch], *, programme: str, most_days: int, months: int, most_apart: Callable[[date], int]
) -> Stretch | None:
    """The rental ahead that would pass the longest chain by going on with `held` as it is wished; None when none would."""
    rentals = [held, *others]
    for later in (one for one in rentals[1:] if one.begins_on >= held.ends_on and not one.is_new):
        chain = continued([one for one in rentals if one is not later], later.begins_on, most_apart=most_apart)
        most_on = last_day(later.begins_on, programme=programme, most_days=most_days, held=days_held(chain), months=months)
        if held in chain and later.ends_on > most_on:
            return later
    return None


def way_out(programme: str) -> str:
    """What to do once a chain has reached its last day."""
    prepare = "Préparez la suite avec la personne : un véhicule à elle, un microcrédit, une autre solution."
    further = " Si son emploi en dépend, votre responsable peut allonger la durée maximale, aux réglages."
    return prepare if programme == AMIE else prepare + further


def say_last_day(begins_on: date, *, programme: str, most_days: int, held: int = 0, months: int = MONTHS) -> str:
    """The rule and its day in one sentence."""
    said = (
        f"Le programme s’arrête au bout de {months} mois, le"
        if programme == AMIE
        else f"Une mise à disposition dure ici au plus {most_days} jours, renouvellements compris, jusqu’au"
    )
    return f"{said} {say_day(last_day(begins_on, programme=programme, most_days=most_days, held=held, months=months))}."


def say_anew(last_on: date, then_on: date, *, held: int, km: str = "") -> tuple[str, str]:
    """What a chain of its own changes: the last day, and what counts no more."""
    return (
        f"Le dernier jour possible passe du {say_day(last_on)} au {say_day(then_on)}.",
        f"Ce qui précède ne compte plus : {_say_so_far(held, km)}.",
    )


def say_continued(last: Stretch, begins_on: date, *, held: int, most_apart: int, km: str = "") -> str:
    """Which rental this one goes on with and why, with the days and the kilometres so far."""
    days = (begins_on - last.ends_on).days
    when = "le jour de son retour" if days == 0 else "le lendemain de son retour" if days == 1 else f"{days} jours après son retour"
    rule = "le jour même" if most_apart == 0 else "d’un jour à l’autre" if most_apart == 1 else f"jusqu’à {most_apart} jours"
    so_far = _say_so_far(held, km)
    return f"Cette réservation continue {last.number}, {when} ({rule}, c’est la même suite de contrats) : {so_far} comptent déjà."


def _say_so_far(held: int, km: str) -> str:
    return f"{held} jour{'s' if held > 1 else ''}" + (f" et {km} km" if km else "")
