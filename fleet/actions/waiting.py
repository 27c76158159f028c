"""Somebody waits for a vehicle: asked, changed, paused, put first with a reason, withdrawn; what bookings and days settle by themselves."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from billing.terms import DAILY
from fleet.errors import StalePage
from fleet.kinds import get_kind
from fleet.models import WaitingRequest
from fleet.needs import AUTOMATIC, check_need
from fleet.queries.chain import chain_from, check_within
from fleet.queries.proposals import find_open
from fleet.queries.waiting import get_request, list_requests_of, state_on
from fleet.waiting import BACK, CHANGE, FIRST, LIVE, PAUSE, RESUME, WAITING, WITHDRAW, Wanted, after
from mobility import audit, practice
from mobility.actions.people import lock_beneficiary
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary, Site
from mobility.periods import check_order, paris_day
from mobility.rights import Viewer, house


def ask(beneficiary_id: int, *, by: Viewer, now: datetime, **wanted: Any) -> WaitingRequest:
    """Put somebody on the list for what is `Wanted`. Raises NotFound, RuleBroken, Conflict when they wait for it already."""
    person = lock_beneficiary(beneficiary_id)
    request = WaitingRequest(beneficiary_id=person.id, status=WAITING, asked_at=now, asked_by=by.account_id)
    _write(request, Wanted(**wanted), now)
    db.session.add(request)
    audit.record("ask", request, by=by, now=now, subject=person)
    return request


def change(request_id: int, *, version: int, by: Viewer, now: datetime, **wanted: Any) -> WaitingRequest:
    """Something else is `Wanted`, as old a request as it was; put first for one kind is not put first for another.

    Raises NotFound, RuleBroken, StalePage, Conflict while a vehicle is held for it, or when it would be served already.
    """
    request, person, state = _open(request_id, now)
    after(CHANGE, state)
    if request.version != version:
        raise StalePage("la demande")
    if find_open(request.id, now):
        raise Conflict("Un véhicule est gardé pour cette personne : dites d’abord oui ou non.")
    former = request.kind
    _write(request, Wanted(**wanted), now)
    request.version += 1
    if request.kind != former:
        request.first_for = request.first_at = None
    audit.record(CHANGE, request, by=by, now=now, subject=person)
    if get_request(request.id, paris_day(now))[3] not in LIVE:
        raise Conflict("Un véhicule de ce type a été réservé depuis la demande : faites plutôt une nouvelle demande.", field="kind")
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


def _write(request: WaitingRequest, wish: Wanted, now: datetime) -> None:
    """What is wanted, checked, onto the request; the person is locked. Raises RuleBroken, NotFound, Conflict."""
    kind = get_kind(wish.kind)
    _check_days(request.beneficiary_id, wish.first_on, wish.last_on, now)
    if (wish.work_from is None) != (wish.work_to is None):
        raise RuleBroken("Donnez les deux heures, ou aucune.", field="work_from" if wish.work_from is None else "work_to")
    if wish.site_id is not None and db.session.scalar(select(Site.id).filter(Site.id == wish.site_id)) is None:
        raise NotFound("Ce pôle n’existe pas ici.", field="site_id")
    others = (other for other, _, _, state in list_requests_of(request.beneficiary_id, paris_day(now)) if state in LIVE)
    if any(other.kind == kind.code and other is not request for other in others):
        raise Conflict(f"Cette personne attend déjà {kind.a} : retirez d’abord cette demande.", field="kind")
    request.kind, request.site_id = kind.code, wish.site_id
    request.first_on, request.last_on = wish.first_on, wish.last_on
    check_need(wish.need, kind)
    request.automatic_only = AUTOMATIC in wish.need.codes and kind.has_gearbox
    request.needs = [code for code in wish.need.codes if code != AUTOMATIC]
    request.adaptation, request.with_children = wish.need.adaptation or None, wish.with_children
    request.work_from, request.work_to = _said(wish.work_from), _said(wish.work_to)


def _check_days(beneficiary_id: int, first_on: date, last_on: date, now: datetime) -> None:
    check_order(first_on, last_on, sentence="Le dernier jour vient après le premier.", field="last_on")
    if last_on < paris_day(now):
        raise RuleBroken("Ces dates sont passées.", field="last_on")
    most = practice.value_on("fleet.longest_booking_days", paris_day(now))
    if last_on - first_on >= timedelta(days=most):
        raise RuleBroken(f"Une réservation dure au plus {most} jours.", field="last_on")
    check_within(chain_from(first_on, DAILY, now, beneficiary_id=beneficiary_id), last_on, field="last_on")


def _said(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
