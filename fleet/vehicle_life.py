"""A vehicle's life: ordered, in service, in the workshop, out; which step follows which, and what it is on a day. Pure."""

from collections.abc import Iterator
from datetime import date

from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, say_day

ORDERED, IN_SERVICE, WORKSHOP, OUT = "ordered", "in_service", "workshop", "out"
STAGE_NAMES = {ORDERED: "commandé", IN_SERVICE: "en service", WORKSHOP: "à l’atelier", OUT: "sorti du parc"}
STAGE_TONES = {ORDERED: "waiting", IN_SERVICE: "fine", WORKSHOP: "near", OUT: "neutral"}
FIRST_STAGES = (IN_SERVICE, ORDERED)

_FOLLOWING = {
    ORDERED: (IN_SERVICE, OUT),
    IN_SERVICE: (WORKSHOP, OUT),
    WORKSHOP: (IN_SERVICE, OUT),
    OUT: (IN_SERVICE,),  # sold, and bought back; or written off by mistake
}
STEP_NAMES = {IN_SERVICE: "mettre en service", WORKSHOP: "envoyer à l’atelier", OUT: "sortir du parc"}


def following(stage: str) -> tuple[str, ...]:
    """The stages that may come next."""
    return _FOLLOWING[stage]


def stage_on(day: date, *, stage: str, out_of_service_on: date | None) -> str:
    """What a vehicle is on a day: out once the day foreseen for it has come, else as the last step left it."""
    return OUT if out_of_service_on is not None and out_of_service_on <= day else stage


def stages_lent(*, first_on: date, today: date) -> tuple[str, ...]:
    """At which stages it may be booked from a day on: in the workshop from the next day, as far as nothing keeps it back."""
    return (IN_SERVICE, WORKSHOP) if first_on > today else (IN_SERVICE,)


def keys_stay(stage: str) -> str | None:
    """Why the keys of a vehicle at this stage go to nobody; None in service."""
    if stage == IN_SERVICE:
        return None
    return f"Ce véhicule est {STAGE_NAMES[stage]} : ses clés ne se remettent pas. Donnez d’abord un autre véhicule."


def spells_away(
    stage: str, in_service_on: date, out_of_service_on: date | None, *, first_on: date, after_on: date, today: date
) -> Iterator[tuple[date, date, str]]:
    """The days, from one up to another, on which it is not there to be lent, and what it is then, in a word.

    How long the workshop keeps it is what its block says: without one, at least today.
    """
    if stage == ORDERED or in_service_on > first_on:
        yield first_on, after_on if stage == ORDERED else min(in_service_on, after_on), STAGE_NAMES[ORDERED]
    if stage == WORKSHOP and first_on <= today < after_on:
        yield today, today + ONE_DAY, STAGE_NAMES[WORKSHOP]
    if out_of_service_on is not None and out_of_service_on < after_on:
        yield max(first_on, out_of_service_on), after_on, STAGE_NAMES[OUT]


def check_step(stage: str, to: str, *, on: date, last_on: date, today: date) -> None:
    """Raises RuleBroken when this step does not follow, or its day lies ahead or before the last one's."""
    if to not in following(stage):
        raise RuleBroken(f"Ce véhicule est {STAGE_NAMES[stage]} : cette étape ne suit pas.", field="to")
    if on > today:
        raise RuleBroken("Ce jour n’est pas encore venu. Une sortie prévue se note dans la fiche.", field="on")
    if on < last_on:
        raise RuleBroken(f"Ce jour vient avant l’étape précédente, du {say_day(last_on)}.", field="on")
