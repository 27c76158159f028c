"""An accident: what its statement says, the insurer's clock, its life (domain.md §9; code des assurances, art. L113-2)."""

from dataclasses import dataclass
from datetime import date

from fleet.life import Life
from fleet.working_days import working_days_after
from mobility.errors import RuleBroken
from mobility.periods import say_day
from mobility.tongues import words

DAYS = "fleet.accident_days"  # dated setting: working days to tell the insurer
BLOCKED_DAYS = 7  # how long one tap keeps the vehicle back; the work order moves it
MOST_PHOTOS = 12

OPEN, DECLARED, CLOSED = "open", "declared", "closed"
STATUS_NAMES = words({OPEN: "à déclarer", DECLARED: "déclaré", CLOSED: "clos"})

CORRECT, DECLARE, COMPLETE, REPAIR, CLOSE = "correct", "declare", "complete", "repair", "close"
NEXT = {
    CORRECT: {OPEN: OPEN},
    DECLARE: {OPEN: DECLARED},
    COMPLETE: {OPEN: OPEN, DECLARED: DECLARED},
    REPAIR: {OPEN: OPEN, DECLARED: DECLARED},
    CLOSE: {OPEN: CLOSED, DECLARED: CLOSED},
}
_WHY_NOT = {
    OPEN: "Déclarez d’abord l’accident à l’assureur.",
    DECLARED: "Cet accident est déjà déclaré : son relevé est parti chez l’assureur.",
    CLOSED: "Ce dossier d’accident est clos : il ne change plus.",
}

CIRCUMSTANCES = {
    "parked": "le véhicule était stationné, personne au volant",
    "hit_behind": "le véhicule a été heurté à l’arrière",
    "hit_ahead": "le véhicule a heurté celui de devant",
    "lane": "changement de file ou dépassement",
    "crossing": "à un croisement ou sur un rond-point",
    "manoeuvre": "en marche arrière ou en manœuvre",
    "alone": "sans autre véhicule : chute, obstacle, perte de contrôle",
    "animal": "avec un animal",
    "other": "autrement, dit dans le récit",
}
OUTCOMES = {
    "repaired": "réparé et remboursé",
    "at_our_charge": "réparé à nos frais",
    "written_off": "véhicule perdu",
    "no_damage": "sans dommage",
    "mistake": "une erreur de saisie",
}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The days left to tell the insurer: the last one is `due_on`."""

    due_on: date
    working_days_left: int
    is_over: bool

    @property
    def said(self) -> str:
        """The days left in words."""
        if self.is_over:
            return "délai passé"
        if self.working_days_left == 0:
            return "dernier jour"
        return f"encore {self.working_days_left} jour{'s ouvrés' if self.working_days_left > 1 else ' ouvré'}"

    @property
    def tone(self) -> str:
        """How hard it presses."""
        return "over" if self.is_over or self.working_days_left <= 1 else "near"

    @property
    def sentence(self) -> str:
        """What is to be done by when."""
        if self.is_over:
            return f"L’assureur devait le savoir le {say_day(self.due_on)} : déclarez-le aujourd’hui, et dites-lui pourquoi."
        return f"Déclarez l’accident à l’assureur au plus tard le {say_day(self.due_on)}."


def clock_of(due_on: date, today: date) -> Clock:
    """Counted in working days."""
    left, day = 0, today
    while day < due_on:
        day = working_days_after(day, 1)
        left += 1
    return Clock(due_on=due_on, working_days_left=left, is_over=today > due_on)


def due_after(happened_on: date, days: int) -> date:
    """The last day to tell the insurer."""
    return working_days_after(happened_on, days)


_LIFE = Life(next=NEXT, why_not=_WHY_NOT.__getitem__)
may, after = _LIFE.may, _LIFE.after


def check_declared(declared_on: date, *, happened_on: date, today: date) -> None:
    """Raises RuleBroken on `declared_on` for a day before the accident or to come."""
    if not happened_on <= declared_on <= today:
        raise RuleBroken("La déclaration suit l’accident, et n’est pas dans l’avenir.", field="declared_on")
