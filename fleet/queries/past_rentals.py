"""Rentals of the programme from before this software, as pages read them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from billing.schedule import Month
from billing.terms import AMIE, thaw_programme
from fleet.conditions import Condition, WorkContract
from fleet.eligibility import Waiver
from fleet.licences import Licence
from fleet.models import Outcome, PastRental
from fleet.past_rentals import KIND, PastFacts, past_conditions, past_months
from fleet.queries.kind_rules import rules_on
from mobility.db import Kept, db
from mobility.models import Action, Beneficiary, Document, Job, LiaisonForm, Structure
from mobility.papers import LICENCE

# The licence that a file of before did not date, once somebody has seen it.
_SEEN_ON = (
    select(func.min(Document.issued_on))
    .filter(Document.beneficiary_id == PastRental.beneficiary_id, Document.kind == LICENCE, Document.category == "B")
    .scalar_subquery()
)


class PastLine(NamedTuple):
    """A file with what stands around it."""

    past: PastRental
    action: Action
    person: Beneficiary
    structure: Structure
    job: Job | None
    outcome: Outcome | None
    seen_on: date | None

    @property
    def months(self) -> list[Month]:
        """Its schedule as it was held."""
        return past_months(thaw_programme(self.past.programme), self.action.started_on, self.action.ended_on)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What was asked, as the file and the papers seen since tell it today."""
        waivers = [Waiver(code=w["code"], reason=w["reason"], reference=w["reference"]) for w in self.past.waivers]
        first_on = self.action.started_on
        return past_conditions(self._facts(), rules_on(AMIE, KIND, first_on), waivers)

    def _facts(self) -> PastFacts:
        job, first_on = self.job, self.action.started_on
        obtained_on = self.past.licence_on or self.seen_on
        return PastFacts(
            born_on=self.person.birth_on,
            licences=(Licence(category="B", obtained_on=obtained_on),) if obtained_on else (),
            contract=WorkContract(first_on=job.starts_on, last_on=job.ends_on) if job and job.starts_on else None,
            followed_by=self.structure.name,
            first_on=first_on,
            last_on=self.months[-1].last_on,
        )


def all_past_rentals() -> Select[*tuple[Any, ...]]:
    """The platform's files with what stands around each, to be narrowed and put in order."""
    return (
        select(PastRental, Action, Beneficiary, Structure, Job, Outcome, _SEEN_ON)
        .join(Action, Action.id == PastRental.action_id)
        .join(Beneficiary, Beneficiary.id == PastRental.beneficiary_id)
        .join(LiaisonForm, LiaisonForm.id == Action.liaison_form_id)
        .join(Structure, Structure.id == LiaisonForm.structure_id)
        .outerjoin(Job, Job.id == PastRental.job_id)
        .outerjoin(Outcome, Outcome.id == PastRental.outcome_id)
    )


def read_past(row: Any) -> PastLine:
    """A row of `all_past_rentals`."""
    return PastLine(*row)


def conditions_of(past: PastRental) -> tuple[Condition, ...]:
    """The conditions of one file."""
    return read_past(db.session.execute(all_past_rentals().filter(PastRental.id == past.id)).one()).conditions


_OF_PERSON = Kept(
    all_past_rentals().filter(PastRental.beneficiary_id == bindparam("beneficiary_id")).order_by(Action.started_on, PastRental.id)
)


def past_rentals_of(beneficiary_id: int) -> Sequence[PastLine]:
    """A person's files, the oldest first."""
    return [read_past(row) for row in _OF_PERSON(beneficiary_id=beneficiary_id)]


def list_past_rentals() -> list[PastLine]:
    """All of them, in the order of their table."""
    return [read_past(row) for row in db.session.execute(all_past_rentals().order_by(PastRental.id))]


def latest_year() -> int | None:
    """The last year in which a vehicle of these files was handed over; None without any."""
    latest = db.session.scalar(select(func.max(Action.started_on)).join(PastRental, PastRental.action_id == Action.id))
    return latest.year if latest else None


def past_rentals_in(year: int) -> list[PastLine]:
    """The files whose vehicle was handed over in a year, in the order of their table."""
    handed = Action.started_on.between(date(year, 1, 1), date(year, 12, 31))
    return [read_past(row) for row in db.session.execute(all_past_rentals().filter(handed).order_by(PastRental.id))]
