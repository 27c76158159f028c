"""Requests that wait: where each stands now, and why it stands there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, case, exists, literal, select

from fleet.lifecycle import CONFIRMED, LATE, OUT, RETURNED
from fleet.models import Booking, Vehicle, WaitingRequest
from fleet.queries.applicants import pick_job
from fleet.waiting import CRITERIA, EXPIRED, FAR_KM, LIVE, SERVED, SOON_DAYS, WAITING, Rules, Standing, Waiter, rank
from fleet.ways import Work
from mobility import practice
from mobility.db import Kept
from mobility.errors import NotFound
from mobility.models import Beneficiary, Job, Site
from mobility.names import fold
from mobility.periods import paris_day

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
WITHOUT_JOB = "none"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A request, whose it is, and where it stands."""

    request: WaitingRequest
    person: Beneficiary
    standing: Standing


def rules_on(day: date) -> Rules:
    """The platform's criteria as they hold on a day."""
    return Rules(
        points={criterion.code: practice.value_on(criterion.key, day) for criterion in CRITERIA},
        soon_days=practice.value_on(SOON_DAYS, day),
        far_km=practice.value_on(FAR_KM, day),
    )


def state_on(day: date | BindParameter[date]) -> ColumnElement[str]:
    """Where a request stands: what was written, or what a booking or the days made of it since."""
    return case(
        (WaitingRequest.status.not_in(LIVE), WaitingRequest.status),
        (_is_served(), literal(SERVED)),
        (WaitingRequest.last_on < day, literal(EXPIRED)),
        else_=WaitingRequest.status,
    )


def _is_served() -> ColumnElement[bool]:
    """Whether a vehicle of the kind was booked for the person since they asked."""
    return exists().where(
        Booking.platform_id == WaitingRequest.platform_id,
        Booking.beneficiary_id == WaitingRequest.beneficiary_id,
        Booking.created_at >= WaitingRequest.asked_at,
        Booking.status.in_((CONFIRMED, OUT, LATE, RETURNED)),
        Vehicle.platform_id == Booking.platform_id,
        Vehicle.id == Booking.vehicle_id,
        Vehicle.kind == WaitingRequest.kind,
    )


def all_requests(day: date | BindParameter[date]) -> Select[WaitingRequest, Beneficiary, str, str]:
    """The platform's requests with person, pole's name and state, to be narrowed and put in order."""
    return (
        select(WaitingRequest, Beneficiary, Site.name, state_on(day))
        .join(Beneficiary, Beneficiary.id == WaitingRequest.beneficiary_id)
        .join(Site, Site.id == WaitingRequest.site_id, isouter=True)
    )


def named(asked: S, words: str) -> S:
    """Those whose person's name holds the words."""
    return asked.filter(Beneficiary.search_key.contains(fold(words), autoescape=True))


_ALL = all_requests(bindparam("day"))
_ONE = Kept(_ALL.filter(WaitingRequest.id == bindparam("request_id")))
_OF_PERSON = Kept(
    _ALL.filter(WaitingRequest.beneficiary_id == bindparam("beneficiary_id")).order_by(
        WaitingRequest.asked_at.desc(), WaitingRequest.id.desc()
    )
)
_ALL_WAITING = _ALL.filter(state_on(bindparam("day")) == WAITING)
_WAITING, _WAITING_FOR = Kept(_ALL_WAITING), Kept(_ALL_WAITING.filter(WaitingRequest.kind == bindparam("kind")))
_JOBS_OF = Kept(
    select(Job)
    .filter(Job.beneficiary_id.in_(bindparam("people", expanding=True)))
    .order_by(Job.starts_on.desc().nulls_last(), Job.id.desc())
)


def get_request(request_id: int, day: date) -> Row[WaitingRequest, Beneficiary, str, str]:
    """A request with person, pole's name and state. Raises NotFound."""
    found = _ONE(day=day, request_id=request_id).one_or_none()
    if found is None:
        raise NotFound("Cette demande n’existe pas ici.")
    return found


def list_requests_of(beneficiary_id: int, day: date) -> Sequence[Row[WaitingRequest, Beneficiary, str, str]]:
    """What a person asked for, the latest first."""
    return _OF_PERSON(day=day, beneficiary_id=beneficiary_id).all()


def list_waiting(day: date, *, kind: str | None = None) -> list[Waiting]:
    """Everybody who waits, of one kind or of each, from the first place on."""
    rows = (_WAITING(day=day) if kind is None else _WAITING_FOR(day=day, kind=kind)).all()
    jobs = _jobs_of({person.id for _, person, *_ in rows}, day) if rows else {}
    standings = rank((_waiter(request, jobs.get(person.id)) for request, person, *_ in rows), rules_on(day), day)
    found = [Waiting(request=request, person=person, standing=standings[request.id]) for request, person, *_ in rows]
    return sorted(found, key=lambda one: (one.request.kind, one.standing.place))


def standings_on(day: date) -> dict[int, Standing]:
    """By request that waits: its place and the reasons."""
    return {waiting.request.id: waiting.standing for waiting in list_waiting(day)}


def _jobs_of(people: set[int], day: date) -> dict[int, Job]:
    """The job that each one's vehicle would serve."""
    of_person: dict[int, list[Job]] = defaultdict(list)
    for job in _JOBS_OF(people=list(people)).scalars():
        of_person[job.beneficiary_id].append(job)
    picked = {person: pick_job(jobs, day) for person, jobs in of_person.items()}
    return {person: job for person, job in picked.items() if job is not None}


def _waiter(request: WaitingRequest, job: Job | None) -> Waiter:
    serves = job is not None and job.kind != WITHOUT_JOB
    return Waiter(
        id=request.id,
        kind=request.kind,
        asked_at=request.asked_at,
        asked_on=paris_day(request.asked_at),
        has_job=serves,
        job_starts_on=job.starts_on if job else None,
        one_way_tenths=job.one_way_tenths if job else None,
        at_night=_is_at_night(request),
        with_children=request.with_children,
        first_for=request.first_for,
        first_at=request.first_at,
    )


def _is_at_night(request: WaitingRequest) -> bool:
    if request.work_from is None or request.work_to is None:
        return False
    begins, ends = time.fromisoformat(request.work_from), time.fromisoformat(request.work_to)
    return Work(one_way_tenths=None, begins=begins, ends=ends).is_at_night
