"""Renewing a rental as a chain of contracts: the return of the next stretch, and the last day of the chain (domain.md §9, §3.3)."""

from datetime import date, datetime, timedelta

from billing.schedule import MONTHS
from billing.terms import AMIE
from mobility.periods import ONE_DAY, instant_of, months_after, paris_day, paris_time, say_day

STEP = "fleet.renewal_step"
MONTH = "month"
STEPS = (("14", "deux semaines"), ("28", "quatre semaines"), (MONTH, "un mois"))


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


def last_day(begins_on: date, *, programme: str, most_days: int) -> date:
    """The last day a chain that begins on a day may reach."""
    return months_after(begins_on, MONTHS) - ONE_DAY if programme == AMIE else begins_on + timedelta(days=most_days)


def way_out(programme: str) -> str:
    """What to do once a chain has reached its last day."""
    prepare = "Préparez la suite avec la personne : un véhicule à elle, un microcrédit, une autre solution."
    further = " Si son emploi en dépend, votre responsable peut allonger la durée maximale, aux réglages."
    return prepare if programme == AMIE else prepare + further


def say_last_day(begins_on: date, *, programme: str, most_days: int) -> str:
    """The rule and its day in one sentence."""
    said = (
        f"Le programme s’arrête au bout de {MONTHS} mois, le"
        if programme == AMIE
        else f"Une mise à disposition dure ici au plus {most_days} jours, renouvellements compris, jusqu’au"
    )
    return f"{said} {say_day(last_day(begins_on, programme=programme, most_days=most_days))}."
