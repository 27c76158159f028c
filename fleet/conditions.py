"""Each condition by itself: what it asks, whether it is met, and the sentence that says why or what to do (domain.md §3.1, §10.6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from fleet.kinds import get_kind
from fleet.licences import Answer, Driver, may_drive, years_held
from fleet.papers import Paper, look_for
from fleet.requirements import Requirements
from mobility.papers import LICENCE as LICENCE_PAPER
from mobility.papers import PAPER_KINDS
from mobility.periods import age_on, months_after, say_day

MET, MISSING, WAIVED = "met", "missing", "waived"
STATE_NAMES = {MET: "remplie", MISSING: "manquante", WAIVED: "dispensée"}
LEGAL, HIRER, ASSOCIATION = "legal", "hirer", "association"
CLASS_NAMES = {LEGAL: "loi", HIRER: "loueur ou assureur", ASSOCIATION: "association"}

ASSESSMENT, CLEARANCE, LICENCE, AGE, LICENCE_YEARS = "assessment", "clearance", "licence", "age", "licence_years"
JOB, FOLLOWED, MEMBERSHIP = "job", "followed", "membership"
NEVER_LEFT_OUT = frozenset({ASSESSMENT, CLEARANCE, LICENCE})  # no platform's data can drop the law, or the assessment (domain.md §2.2)


@dataclass(frozen=True, kw_only=True)
class WorkContract:
    """A job or a training: its first day, and its last when it has one."""

    first_on: date
    last_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """What is known of the person on the day of the question; `clearances` by kind: open, evaluation or not_yet."""

    driver: Driver
    assessed_on: date | None = None
    clearances: Mapping[str, str] = field(default_factory=dict)
    contract: WorkContract | None = None
    followed_by: str = ""
    member_until_on: date | None = None
    papers: tuple[Paper, ...] = ()
    tier: str = "full"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the person asks for: a kind, a gearbox, the first and the last day."""

    kind: str
    first_on: date
    last_on: date
    gearbox: str = "manual"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition with its state, its class, and a French sentence that says why, or what to do."""

    code: str
    label: str
    class_: str
    state: str
    sentence: str
    waivable: bool
    waiver_reason: str = ""
    waiver_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class _Form:
    """How a condition reads: its label, its class, whether anybody may waive it."""

    label: str
    class_: str
    waivable: bool = True


_FORMS = {
    ASSESSMENT: _Form(label="le bilan d’entrée", class_=ASSOCIATION, waivable=False),
    CLEARANCE: _Form(label="l’accord du bilan pour ce véhicule", class_=ASSOCIATION, waivable=False),
    LICENCE: _Form(label="le permis qu’il faut", class_=LEGAL, waivable=False),
    AGE: _Form(label="l’âge", class_=HIRER),
    LICENCE_YEARS: _Form(label="l’ancienneté du permis", class_=HIRER),
    JOB: _Form(label="l’emploi ou la formation", class_=ASSOCIATION),
    FOLLOWED: _Form(label="le suivi par une structure", class_=ASSOCIATION),
    MEMBERSHIP: _Form(label="l’adhésion", class_=ASSOCIATION),
}

Finding = tuple[bool, str]


def list_personal(applicant: Applicant, wish: Wish, rules: Requirements) -> list[Condition]:
    """What is asked of the person, each met or missing."""
    asked = [code for code in _FORMS if _is_asked(code, wish, rules)]
    return [_condition(code, _FORMS[code], *_FIND[code](applicant, wish, rules)) for code in asked]


def _is_asked(code: str, wish: Wish, rules: Requirements) -> bool:
    by_kind = {AGE: rules.least_age, LICENCE_YEARS: rules.least_licence_years}
    return code in NEVER_LEFT_OUT or code in rules.asked or wish.kind in by_kind.get(code, ())


def _condition(code: str, form: _Form, met: bool, sentence: str) -> Condition:
    state = MET if met else MISSING
    return Condition(code=code, label=form.label, class_=form.class_, state=state, sentence=sentence, waivable=form.waivable)


def list_papers(applicant: Applicant, wish: Wish, rules: Requirements) -> list[Condition]:
    """One condition a paper, coded `paper_…`: the licence's is the law's, the others the association's."""
    law = _law(applicant, wish)
    needs_licence = law.licence is not None or not law.allowed
    asked = [code for code in rules.papers.get(wish.kind, ()) if code != LICENCE_PAPER or needs_licence]
    for_tier = rules.tier_papers.get(applicant.tier)
    if for_tier and for_tier not in asked:
        asked.append(for_tier)
    return [_paper(code, applicant, wish) for code in asked]


def _paper(code: str, applicant: Applicant, wish: Wish) -> Condition:
    legal = code == LICENCE_PAPER
    form = _Form(label=PAPER_KINDS[code].the, class_=LEGAL if legal else ASSOCIATION, waivable=not legal)
    sight = look_for(code, applicant.papers, wish.first_on)
    return _condition(f"paper_{code}", form, sight.good, sight.sentence)


def _law(applicant: Applicant, wish: Wish) -> Answer:
    kind = get_kind(wish.kind)
    return may_drive(applicant.driver, kind, first_on=wish.first_on, last_on=wish.last_on, gearbox=wish.gearbox)


def _find_assessment(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    if applicant.assessed_on is None:
        return False, "Faites d’abord le bilan d’entrée ensemble : sans lui, pas de véhicule."
    return True, f"Bilan d’entrée fait le {say_day(applicant.assessed_on)}."


def _find_clearance(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    kind = get_kind(wish.kind)
    found = applicant.clearances.get(wish.kind, "")
    if found == "open":
        return True, f"Le bilan ouvre l’accès à {kind.a}."
    if found == "evaluation":
        return False, f"Une évaluation pratique vient d’abord pour {kind.a} : prenez rendez-vous avec un moniteur."
    return False, f"Le bilan n’ouvre pas encore l’accès à {kind.a} : voyez l’étape qu’il propose."


def _find_licence(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    answer = _law(applicant, wish)
    return answer.allowed, answer.sentence


def _find_age(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    least, age = rules.least_age[wish.kind], age_on(applicant.driver.born_on, wish.first_on)
    if age >= least:
        return True, f"{age} ans au départ."
    return False, f"{age} ans au départ, et il faut {least} ans : demandez l’accord écrit du loueur ou de l’assureur."


def _find_licence_years(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    least, licence = rules.least_licence_years[wish.kind], _law(applicant, wish).licence
    if licence is None:
        return False, f"Il faut un permis depuis {_years(least)}."
    years = years_held(licence, wish.first_on)
    if years >= least:
        return True, f"Permis obtenu le {say_day(licence.obtained_on)}."
    since = say_day(licence.obtained_on)
    return False, f"Permis obtenu le {since}, et il faut {_years(least)} : demandez l’accord écrit du loueur ou de l’assureur."


def _years(count: int) -> str:
    return "1 an" if count == 1 else f"{count} ans"


def _find_job(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    contract = applicant.contract
    if contract is None:
        return False, "Aucun emploi ni formation n’est noté : ajoutez le contrat ou la promesse d’embauche."
    if contract.last_on is None:
        return True, f"Contrat sans date de fin, depuis le {say_day(contract.first_on)}."
    if contract.last_on < wish.first_on:
        return False, f"Le contrat s’est terminé le {say_day(contract.last_on)} : notez le suivant."
    if rules.contract_months and contract.last_on < months_after(contract.first_on, rules.contract_months):
        return False, f"Le contrat finit le {say_day(contract.last_on)}, et il doit durer plus de {rules.contract_months} mois."
    return True, f"Contrat du {say_day(contract.first_on)} au {say_day(contract.last_on)}."


def _find_followed(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    if not applicant.followed_by:
        return False, "Aucune structure ne suit cette personne : proposez-lui un rendez-vous avec un référent."
    return True, f"Suivi par : {applicant.followed_by}."


def _find_membership(applicant: Applicant, wish: Wish, rules: Requirements) -> Finding:
    until = applicant.member_until_on
    if until is None:
        return False, "L’adhésion reste à prendre."
    if until < wish.first_on:
        return False, f"L’adhésion s’arrête le {say_day(until)} : renouvelez-la."
    return True, f"Adhésion jusqu’au {say_day(until)}."


_FIND: dict[str, Callable[[Applicant, Wish, Requirements], Finding]] = {
    ASSESSMENT: _find_assessment,
    CLEARANCE: _find_clearance,
    LICENCE: _find_licence,
    AGE: _find_age,
    LICENCE_YEARS: _find_licence_years,
    JOB: _find_job,
    FOLLOWED: _find_followed,
    MEMBERSHIP: _find_membership,
}
