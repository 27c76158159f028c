"""A plan for what is owed: parts promised by their days, with the person's agreement; its state is what payments make of it. Pure.

A payment settles the oldest debt first, so every payment since the plan was agreed counts for it; so does what is written off.
Never a fine, and no plan holds anything back (domain.md §9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.deposits import Instalment, parts_to_come
from mobility.errors import RuleBroken
from mobility.money import euros
from mobility.periods import months_after, say_day
from mobility.tongues import say

STATE_LABELS = {"kept": "tenu", "late": "en retard", "done": "soldé", "ended": "arrêté"}
STATE_TONES = {"kept": "fine", "late": "near", "done": "fine", "ended": "neutral"}
LIVE = ("kept", "late")
MOST_MONTHS = 24


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a plan stands on a day: its state, the parts still to come, and what should have come by now."""

    state: str
    left: tuple[Instalment, ...]
    late_cents: int

    @property
    def sentence(self) -> str:
        """What is awaited, in words."""
        if self.state not in LIVE:
            return say("Plus rien n’est attendu de ce plan.")
        if self.late_cents:
            return say("%(sum)s étaient prévus avant aujourd’hui. Le plan peut être refait ensemble.", sum=euros(self.late_cents))
        return say("Prochain versement : %(sum)s le %(day)s.", sum=euros(self.left[0].cents), day=say_day(self.left[0].due_on))


def check_plan(cents: int, *, owed_cents: int, first_on: date, agreed: bool, today: date) -> None:
    """Raises RuleBroken beside its field for more than is owed, a first part in the past or too far, or no agreement."""
    if owed_cents <= 0:
        raise RuleBroken("Rien n’est dû sur ce compte : il n’y a rien à étaler.", field="cents")
    if not 0 < cents <= owed_cents:
        raise RuleBroken(f"Choisissez un montant jusqu’à {euros(owed_cents)}, ce qui est dû aujourd’hui.", field="cents")
    if not today <= first_on <= months_after(today, 3):
        raise RuleBroken("Le premier versement est au plus tôt aujourd’hui, au plus tard dans trois mois.", field="first_on")
    if not agreed:
        raise RuleBroken("Un plan se fait avec la personne : cochez la case quand elle est d’accord.", field="agreed")


def standing(plan: Sequence[Instalment], *, came_cents: int, owed_cents: int, is_ended: bool, today: date) -> Standing:
    """What payments since its agreement (`came_cents`), and what the account owes by now, make of a plan."""
    missing = min(max(sum(part.cents for part in plan) - max(came_cents, 0), 0), max(owed_cents, 0))
    left = parts_to_come(plan, missing)
    late = sum(part.cents for part in left if part.due_on < today)
    if is_ended:
        return Standing(state="ended", left=(), late_cents=0)
    return Standing(state="late" if late else "kept" if left else "done", left=left, late_cents=late)
