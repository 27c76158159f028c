"""Somebody waits for a vehicle: asked, paused, put first with a reason, withdrawn; what bookings and days settle by themselves."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from billing.terms import DAILY
from fleet.kinds import get_kind
from fleet.models import WaitingRequest
from fleet.queries.chain import chain_from, check_within
from fleet.queries.waiting import get_request, list_requests_of, state_on
from fleet.waiting import BACK, FIRST, LIVE, PAUSE, RESUME, WAITING, WITHDRAW, after
from mobility import audit, practice
from mobility.actions.people import lock_beneficiary
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary, Site
from mobility.periods import check_order, paris_day
from mobility.rights import Viewer, house


def ask(
    beneficiary_id: int,
    *,
    kind: str,
    first_on: date,
    last_on: date,
    automatic_only: bool = False,
    site_id: int | None = None,
    work_from: time | None = None,
    work_to: time | None = None,
    with_children: bool = False,
    by: Viewer,
    now: datetime,
) -> WaitingRequest:
    """Put somebody on the list for a kind. Raises NotFound, RuleBroken, Conflict when they wait for it already."""
    person, wanted = lock_beneficiary(beneficiary_id), get_kind(kind)
    _check_days(first_on, last_on, now)
    if (work_from is None) != (work_to is None):
        raise RuleBroken("Donnez les deux heures, ou aucune.", field="work_from" if work_from is None else "work_to")
    if site_id is not None and db.session.scalar(select(Site.id).filter(Site.id == site_id)) is None:
        raise NotFound("Ce pôle n’existe pas ici.", field="site_id")
    if any(request.kind == kind and state in LIVE for request, _, _, state in list_requests_of(person.id, paris_day(now))):
        raise Conflict(f"Cette personne attend déjà {wanted.a} : retirez d’abord cette demande.", field="kind")
    request = WaitingRequest(beneficiary_id=person.id, kind=kind, status=WAITING, asked_at=now, asked_by=by.account_id)
    request.first_on, request.last_on, request.site_id = first_on, last_on, site_id
    request.automatic_only, request.with_children = automatic_only and wanted.has_gearbox, with_children
    request.work_from, request.work_to = _said(work_from), _said(work_to)
    db.session.add(request)
    audit.record("ask", request, by=by, now=now, subject=person)
    return request


def pause(request_id: int, *, by: Viewer, now: datetime) -> WaitingRequest:
    """Keep the request, out of the ranking for a while. Raises NotFound, Conflict."""
    return _move(PAUSE, request_id, by=by, now=now)


def resume(request_id: int, *, by: Viewer, now: datetime) -> WaitingRequest:
    """Back into the ranking, as old as it is. Raises NotFound, Conflict."""
    return _move(RESUME, request_id, by=by, now=now)


def put_first(request_id: int, *, reason: str, by: Viewer, now: datetime) -> WaitingRequest:
    """Before all those for the same kind whom nobody put first earlier, for a coded reason. Raises NotFound, Conflict."""
    return _move(FIRST, request_id, by=by, now=now, first_for=reason, first_at=now)


def put_back(request_id: int, *, by: Viewer, now: datetime) -> WaitingRequest:
    """Where the criteria alone place it. Raises NotFound, Conflict."""
    return _move(BACK, request_id, by=by, now=now, first_for=None, first_at=None)


def withdraw(request_id: int, *, reason: str, by: Viewer, now: datetime) -> WaitingRequest:
    """Nobody waits for it any more, for a coded reason. Raises NotFound, Conflict."""
    return _move(WITHDRAW, request_id, by=by, now=now, withdrawn_for=reason)


def settle(*, now: datetime) -> int:
    """Write down what bookings and passed days made of requests meanwhile; how many. Harmless when run again."""
    day = paris_day(now)
    gone = select(WaitingRequest.id).filter(WaitingRequest.status.in_(LIVE), state_on(day).not_in(LIVE))
    found = db.session.scalars(gone.order_by(WaitingRequest.beneficiary_id, WaitingRequest.id)).all()
    for request_id in found:
        request, person, state = _open(request_id, now)
        if state != request.status:  # nobody settled it meanwhile
            request.status = state
            audit.record("settle", request, by=house(platform_id()), now=now, subject=person)
    return len(found)


def _move(act: str, request_id: int, *, by: Viewer, now: datetime, **values: object) -> WaitingRequest:
    request, person, state = _open(request_id, now)
    request.status = after(act, state)
    for name, value in values.items():
        setattr(request, name, value)
    audit.record(act, request, by=by, now=now, subject=person)
    return request


def _open(request_id: int, now: datetime) -> tuple[WaitingRequest, Beneficiary, str]:
    """A request read again under its person's lock, and where it stands."""
    found, *_ = get_request(request_id, paris_day(now))
    person = lock_beneficiary(found.beneficiary_id)
    db.session.refresh(found)
    request, _, _, state = get_request(request_id, paris_day(now))
    return request, person, state


def _check_days(first_on: date, last_on: date, now: datetime) -> None:
    check_order(first_on, last_on, sentence="Le dernier jour vient après le premier.", field="last_on")
    if last_on < paris_day(now):
        raise RuleBroken("Ces dates sont passées.", field="last_on")
    most = practice.value_on("fleet.longest_booking_days", paris_day(now))
    if last_on - first_on >= timedelta(days=most):
        raise RuleBroken(f"Une réservation dure au plus {most} jours.", field="last_on")
    check_within(chain_from(first_on, DAILY, now), last_on, field="last_on")


def _said(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
