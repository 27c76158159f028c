"""The conditions of a booking on its pages: what is missing first with the way to it, and the dispenses typed beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from fleet.conditions import ASSESSMENT, CLASS_NAMES, CLEARANCE, FOLLOWED, HIRER, JOB, LICENCE, MEMBERSHIP, MISSING, Condition
from fleet.eligibility import WAIVER_REASONS, NotCleared, WaiverRefused
from mobility.errors import DomainError, InputRefused, RuleBroken


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """The page where a missing condition is met."""

    label: str
    href: str
    icon: str


_PAGES: dict[str, tuple[str, str, str, dict[str, Any]]] = {  # label, page, icon, and what the page is asked
    ASSESSMENT: ("Faire le bilan d’entrée", "assessments.person", "clipboard-data", {}),
    CLEARANCE: ("Voir l’étape que propose le bilan", "assessments.person", "clipboard-data", {}),
    LICENCE: ("Noter le permis", "paths.document", "file-earmark-text", {"kind": "licence"}),
    JOB: ("Noter l’emploi ou la formation", "paths.job", "briefcase", {}),
    FOLLOWED: ("Noter une fiche de liaison", "liaison.new", "send", {}),
    MEMBERSHIP: ("Noter l’adhésion", "paths.document", "file-earmark-text", {"kind": "membership"}),
}


def missing_of(conditions: Iterable[Condition], beneficiary_id: int, *, back: str) -> list[tuple[Condition, Remedy | None]]:
    """What is missing, in the order in which one would settle it, each with where; none where only a written agreement helps.

    `back` is the page to come back to.
    """
    missing = [found for found in conditions if found.state == MISSING]
    waits = {CLEARANCE} if any(found.code == ASSESSMENT for found in missing) else set()  # no step is proposed before the assessment
    return [(found, None if found.code in waits else _remedy(found, beneficiary_id, back)) for found in missing]


def _remedy(condition: Condition, beneficiary_id: int, back: str) -> Remedy | None:
    asked: dict[str, Any]
    paper = condition.code.removeprefix("paper_")
    if paper != condition.code:
        label, page, icon, asked = f"Noter {condition.label}", "paths.document", "file-earmark-text", dict[str, Any](kind=paper)
    elif condition.code in _PAGES:
        label, page, icon, asked = _PAGES[condition.code]
    else:
        return None
    return Remedy(label=label, icon=icon, href=url_for(page, beneficiary_id=beneficiary_id, **asked, next=back))


def condition_words() -> dict[str, Any]:
    """What the list of conditions is said with."""
    return {"class_names": CLASS_NAMES, "hirer": HIRER, "waiver_reasons": list(WAIVER_REASONS.items())}


def typed_waivers(conditions: MultiDict[str, str]) -> list[dict[str, str]]:
    """The dispenses typed beside the conditions: `waive-<code>-reason`, `waive-<code>-reference`."""
    found: dict[str, dict[str, str]] = {}
    for name, value in conditions.items():
        parts = name.split("-")
        if len(parts) == 3 and parts[0] == "waive" and parts[2] in ("reason", "reference") and value.strip():
            found.setdefault(parts[1], {"code": parts[1]})[parts[2]] = value.strip()
    return list(found.values())


def beside_its_condition(fault: DomainError, waivers: Sequence[Mapping[str, str]]) -> DomainError:
    """The same refusal, each sentence beside the dispense that it is about: a page of several conditions has a field for each."""
    if isinstance(fault, WaiverRefused):
        return RuleBroken(fault.sentence, field=f"waive-{fault.code}-{fault.field}")
    if isinstance(fault, InputRefused):
        return InputRefused({_field(name, waivers): sentence for name, sentence in fault.messages.items()})
    if isinstance(fault, NotCleared) and (waivable := [found for found in fault.missing if found.waivable]):
        return InputRefused({_waiver_field(found): f"{found.sentence} Ou notez une dispense." for found in waivable}, fault.sentence)
    return fault


def _field(name: str, waivers: Sequence[Mapping[str, str]]) -> str:
    """`waivers.0.reason` under the name that the page gave it."""
    parts = name.split(".")
    if len(parts) == 3 and parts[0] == "waivers":
        return f"waive-{waivers[int(parts[1])]['code']}-{parts[2]}"
    return name


def _waiver_field(condition: Condition) -> str:
    return f"waive-{condition.code}-{'reference' if condition.class_ == HIRER else 'reason'}"
