"""What the house knows of a person, as the rules of eligibility read it (domain.md §10.6)."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from assessments.queries.standing import entered_on, opened_to
from billing.queries.tariffs import Proof, list_proofs
from fleet.conditions import Applicant, Condition, Wish, WorkContract
from fleet.eligibility import Waiver, list_conditions
from fleet.licences import Driver, Licence
from fleet.papers import Paper
from fleet.queries.kind_rules import rules_on
from fleet.queries.standing import JOBS, SHOWN, KnownJob, Shown
from mobility.errors import RuleBroken
from mobility.liaison import REFUSED
from mobility.models import Beneficiary, Job
from mobility.papers import LICENCE, MEMBERSHIP, RSA
from mobility.periods import paris_day
from mobility.queries.liaison import FORMS

J = TypeVar("J", Job, KnownJob)


def list_eligibility(
    person: Beneficiary, wish: Wish, *, programme: str, job_id: int | None = None, waivers: tuple[Waiver, ...] = ()
) -> tuple[Condition, ...]:
    """Everything asked of this person for this wish: met, missing or waived. Raises RuleBroken."""
    return list_conditions(applicant_of(person, wish, job_id=job_id), wish, rules_on(programme, wish.kind, wish.first_on), waivers)


def applicant_of(person: Beneficiary, wish: Wish, *, job_id: int | None = None) -> Applicant:
    """The person as a wish meets them. Raises RuleBroken when the day of birth is not known."""
    shown = _shown(person.id)
    rsa = _rsa_proof(person.id, wish.first_on)
    return Applicant(
        driver=driver_of(person, shown),
        assessed_on=entered_on(person.id),
        clearances={kind: opened.state for kind, opened in opened_to(person.id).items()},
        contract=_contract(person.id, wish.first_on, job_id),
        followed_by=_followed_by(person.id),
        member_until_on=max((d.valid_until for d in shown if d.kind == MEMBERSHIP and d.valid_until), default=None),
        papers=(*(_paper(d) for d in shown), *((_rsa_paper(rsa),) if rsa else ())),
        tier=RSA if rsa else "full",
    )


def driver_of(person: Beneficiary, shown: list[Shown] | None = None) -> Driver:
    """What the law asks about the person. Raises RuleBroken when the day of birth is not known."""
    if person.birth_on is None:
        raise RuleBroken("Notez d’abord la date de naissance de cette personne.", field="beneficiary_id")
    shown = _shown(person.id) if shown is None else shown
    return Driver(born_on=person.birth_on, licences=tuple(_licence(d) for d in shown if d.kind == LICENCE and d.category and d.issued_on))


def _shown(beneficiary_id: int) -> list[Shown]:
    """The papers as they were seen, one after the other."""
    return SHOWN(beneficiary_id)[::-1]


def _licence(document: Shown) -> Licence:
    assert document.category and document.issued_on
    return Licence(
        category=document.category,
        obtained_on=document.issued_on,
        valid_until_on=document.valid_until,
        restrictions=frozenset((document.restriction or "").replace(",", " ").split()),
        origin="other" if document.outside_eu else "fr",
        resident_since_on=document.resident_since_on,
    )


def _paper(document: Shown) -> Paper:
    return Paper(code=document.kind, seen_on=paris_day(document.seen_at), dated_on=document.issued_on, valid_until_on=document.valid_until)


def _rsa_paper(proof: Proof) -> Paper:
    return Paper(code=RSA, seen_on=paris_day(proof.recorded_at), dated_on=proof.paper_issued_on, valid_until_on=proof.paper_valid_until)


def _rsa_proof(beneficiary_id: int, day: date) -> Proof | None:
    holding = [p for p in list_proofs(beneficiary_id) if p.tier_code == RSA and p.from_on <= day and (p.to_on is None or p.to_on >= day)]
    return max(holding, key=lambda proof: proof.id, default=None)


def _contract(beneficiary_id: int, day: date, job_id: int | None) -> WorkContract | None:
    job = find_job(beneficiary_id, day) if job_id is None else own_job(beneficiary_id, job_id)
    if job is None or job.starts_on is None:
        return None
    return WorkContract(first_on=job.starts_on, last_on=job.ends_on)


def own_job(beneficiary_id: int, job_id: int) -> KnownJob | None:
    """One of a person's jobs, None when it is somebody else's."""
    return next((job for job in JOBS(beneficiary_id) if job.id == job_id), None)


def find_job(beneficiary_id: int, day: date) -> KnownJob | None:
    """The job or training a vehicle would serve on a day: one not yet over before one that is, the latest begun first."""
    return pick_job(JOBS(beneficiary_id), day)


def pick_job(jobs: Sequence[J], day: date) -> J | None:
    """Of somebody's jobs, the latest begun first and one without a day last, the one that counts on a day."""
    return next((job for job in jobs if job.ends_on is None or job.ends_on >= day), jobs[0] if jobs else None)


def _followed_by(beneficiary_id: int) -> str:
    return next((sent.structure for sent in FORMS(beneficiary_id) if sent.status != REFUSED), "")
