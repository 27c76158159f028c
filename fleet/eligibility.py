"""Who may have which vehicle: the full list of conditions, met, missing or waived, never one failure alone (domain.md §10.6, §3.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fleet.conditions import ASSOCIATION, HIRER, MISSING, WAIVED, Applicant, Condition, Wish, list_papers, list_personal
from fleet.kinds import get_kind
from fleet.requirements import Requirements
from mobility.errors import RuleBroken

WAIVER_REASONS = {
    "job_starts": "l’emploi commence avant",
    "on_its_way": "la démarche est en cours",
    "vouched_for": "la structure partenaire s’en porte garante",
    "short_need": "le besoin est court",
}
TAKEN_OVER = "taken_over"  # nobody chooses it: the rental ran before this house knew of it
KEPT_REASONS = WAIVER_REASONS | {TAKEN_OVER: "location en cours, reprise du tableau de la plateforme"}


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A dispense from one condition: a coded reason for the association's, a written reference for the hirer's."""

    code: str
    reason: str = ""
    reference: str = ""


class WaiverRefused(RuleBroken):
    """A dispense that cannot be given as it is; `code` is the condition's."""

    def __init__(self, sentence: str, *, field: str, code: str) -> None:
        super().__init__(sentence, field=field)
        self.code = code


class NotCleared(RuleBroken):
    """Conditions are missing; `missing` lists them all."""

    def __init__(self, missing: tuple[Condition, ...]) -> None:
        names = " ; ".join(condition.label for condition in missing)
        super().__init__(f"{'Une condition manque' if len(missing) == 1 else f'{len(missing)} conditions manquent'} : {names}.")
        self.missing = missing


def check(conditions: Iterable[Condition]) -> None:
    """Raises NotCleared with every missing condition (domain.md §10.6)."""
    missing = tuple(condition for condition in conditions if condition.state == MISSING)
    if missing:
        raise NotCleared(missing)


def list_conditions(applicant: Applicant, wish: Wish, rules: Requirements, waivers: Iterable[Waiver] = ()) -> tuple[Condition, ...]:
    """Everything asked of this person for this wish, in the order in which one would settle it. Raises RuleBroken for an unknown kind."""
    get_kind(wish.kind)
    by_code = {waiver.code: waiver for waiver in waivers}
    plain = [*list_personal(applicant, wish, rules), *list_papers(applicant, wish, rules)]
    return tuple(_waived(condition, by_code.get(condition.code)) for condition in plain)


def check_waiver(condition: Condition, waiver: Waiver) -> None:
    """Raises WaiverRefused when this condition is never waived, or the waiver lacks what its class asks (domain.md §3.1)."""
    fault = _waiver_fault(condition, waiver)
    if fault is not None:
        raise fault


def _waiver_fault(condition: Condition, waiver: Waiver) -> WaiverRefused | None:
    if not condition.waivable:
        return WaiverRefused(f"Aucune dispense n’est possible : {condition.label}.", field="code", code=condition.code)
    if condition.class_ == HIRER and not waiver.reference.strip():
        asked = "Indiquez la référence de l’accord écrit du loueur ou de l’assureur."
        return WaiverRefused(asked, field="reference", code=condition.code)
    if condition.class_ == ASSOCIATION and waiver.reason not in WAIVER_REASONS:
        return WaiverRefused("Choisissez la raison de la dispense.", field="reason", code=condition.code)
    return None


def _waived(condition: Condition, waiver: Waiver | None) -> Condition:
    if waiver is None or condition.state != MISSING or _waiver_fault(condition, waiver) is not None:
        return condition
    by_hirer = condition.class_ == HIRER
    why = f"accord écrit, référence {waiver.reference}" if by_hirer else WAIVER_REASONS[waiver.reason]
    sentence = f"Dispense : {why}."
    return replace(condition, state=WAIVED, sentence=sentence, waiver_reason=waiver.reason, waiver_reference=waiver.reference)
