"""An accident from its statement to its end: told to the insurer in time, the vehicle kept back, closed. It blames nobody."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from fleet.accidents import (
    BLOCKED_DAYS,
    CLOSE,
    COMPLETE,
    CORRECT,
    DAYS,
    DECLARE,
    MOST_PHOTOS,
    OPEN,
    REPAIR,
    after,
    check_declared,
    due_after,
)
from fleet.actions.work_orders import open_planned
from fleet.errors import StalePage
from fleet.holders import instant_told
from fleet.models import Accident, AccidentPhoto, Vehicle
from fleet.queries.accidents import get_accident, list_photos
from fleet.queries.holders import read_booking, who_had
from fleet.queries.insurance import insurance_of
from fleet.queries.vehicles import get_vehicle
from mobility import audit, numbers, practice
from mobility.actions.attachments import claim
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Role, Viewer

_READERS = frozenset({Role.ADVISER, Role.MANAGER})
PHOTO = AttachmentKind(code="accident", name="photo d’accident", adders=_READERS, readers=_READERS)


def record_accident(
    vehicle_id: int,
    *,
    on: date,
    hour: time,
    which: str | None = None,
    place: str,
    circumstances: str,
    account: str | None = None,
    injured: bool = False,
    third_name: str | None = None,
    third_plate: str | None = None,
    third_insurer: str | None = None,
    third_policy: str | None = None,
    police_report: str | None = None,
    photos: Sequence[int] = (),
    by: Viewer,
    now: datetime,
) -> Accident:
    """What happened, in facts; its person is whoever held the vehicle. Raises NotFound, RuleBroken beside the field."""
    vehicle, happened_at = get_vehicle(vehicle_id), _instant(on, hour, which, now)
    accident = Accident(vehicle_id=vehicle.id, status=OPEN, version=1, place=place, circumstances=circumstances)
    accident.account, accident.injured, accident.police_report = account, injured, police_report
    accident.third_name, accident.third_plate = third_name, third_plate
    accident.third_insurer, accident.third_policy = third_insurer, third_policy
    _set_moment(accident, vehicle, happened_at)
    year = paris_day(now).year
    accident.number = f"AC-{year}-{numbers.take('accident', year):04d}"
    accident.created_at, accident.created_by = now, by.account_id
    db.session.add(accident)
    audit.record("record", accident, by=by, now=now, subject=_person(accident))
    _keep(accident, photos, by=by, now=now)
    return accident


def correct(
    accident_id: int,
    *,
    on: date,
    hour: time,
    which: str | None = None,
    place: str,
    circumstances: str,
    account: str | None = None,
    injured: bool = False,
    version: int | None = None,
    by: Viewer,
    now: datetime,
) -> Accident:
    """The facts were told badly, and the insurer has not read them: they are told again; another moment may be another person's.

    Raises Conflict once it is declared, StalePage, RuleBroken beside the field.
    """
    accident = _open(accident_id, version)
    accident.status = after(CORRECT, accident.status)
    happened_at = _instant(on, hour, which, now)
    accident.place, accident.circumstances, accident.account, accident.injured = place, circumstances, account, injured
    _set_moment(accident, get_vehicle(accident.vehicle_id), happened_at)
    accident.version += 1
    audit.record("correct", accident, by=by, now=now, subject=_person(accident))
    return accident


def complete(
    accident_id: int,
    *,
    third_name: str | None = None,
    third_plate: str | None = None,
    third_insurer: str | None = None,
    third_policy: str | None = None,
    police_report: str | None = None,
    expert: str | None = None,
    expert_on: date | None = None,
    liability_percent: int | None = None,
    photos: Sequence[int] = (),
    version: int | None = None,
    by: Viewer,
    now: datetime,
) -> Accident:
    """What comes later: the other party, the police's number, the expert, our share. It replaces what stood there.

    Raises Conflict, StalePage.
    """
    accident = _open(accident_id, version)
    accident.status = after(COMPLETE, accident.status)
    accident.version += 1
    accident.third_name, accident.third_plate = third_name, third_plate
    accident.third_insurer, accident.third_policy = third_insurer, third_policy
    accident.police_report, accident.liability_percent = police_report, liability_percent
    accident.expert, accident.expert_on = expert, expert_on
    audit.record("complete", accident, by=by, now=now, subject=_person(accident))
    _keep(accident, photos, by=by, now=now)
    return accident


def declare(accident_id: int, *, declared_on: date, claim_number: str | None = None, by: Viewer, now: datetime) -> Accident:
    """The insurer knows. Raises Conflict, RuleBroken on `declared_on`."""
    accident = _open(accident_id)
    accident.status = after(DECLARE, accident.status)
    check_declared(declared_on, happened_on=paris_day(accident.happened_at), today=paris_day(now))
    accident.declared_on, accident.claim_number = declared_on, claim_number
    audit.record("declare", accident, by=by, now=now, subject=_person(accident))
    return accident


def keep_back(accident_id: int, *, by: Viewer, now: datetime) -> Accident:
    """The vehicle does not move: a work order, and the vehicle kept back for a week from now. Raises Conflict, VehicleTaken."""
    accident = _open(accident_id)
    after(REPAIR, accident.status)
    if accident.work_order_id is not None:
        raise Conflict("L’ordre de réparation de cet accident est déjà ouvert.")
    until = now + timedelta(days=BLOCKED_DAYS)
    order = open_planned(accident.vehicle_id, subject="accident", starts_at=now, ends_at=until, by=by, now=now)
    accident.work_order_id = order.id
    audit.record("keep_back", accident, by=by, now=now, subject=_person(accident))
    return accident


def close(accident_id: int, *, outcome: str, by: Viewer, now: datetime) -> Accident:
    """Nothing more is to come. Raises Conflict."""
    accident = _open(accident_id)
    accident.status = after(CLOSE, accident.status)
    accident.outcome, accident.closed_at = outcome, now
    audit.record("close", accident, by=by, now=now, subject=_person(accident))
    return accident


def _open(accident_id: int, version: int | None = None) -> Accident:
    """The accident as it stands now, its row locked. Raises StalePage unless it is still the version that the page showed."""
    asked = select(Accident).filter(Accident.id == get_accident(accident_id).id)
    accident = db.session.scalars(asked.with_for_update().execution_options(populate_existing=True)).one()
    if version is not None and accident.version != version:
        raise StalePage("le relevé")
    return accident


def _instant(on: date, hour: time, which: str | None, now: datetime) -> datetime:
    """When it happened. Raises RuleBroken beside the field for a moment to come."""
    happened_at = instant_told(on, hour, which)
    if happened_at > now:
        raise RuleBroken("Cette heure n’est pas encore venue.", field="on" if on > paris_day(now) else "hour")
    return happened_at


def _set_moment(accident: Accident, vehicle: Vehicle, happened_at: datetime) -> None:
    """When it happened, and with it who held the vehicle, who insured it, and until when the insurer is told."""
    on = paris_day(happened_at)
    insurance, found = insurance_of(vehicle, on), read_booking(who_had(vehicle.id, happened_at).booking_id)
    accident.happened_at, accident.due_on = happened_at, due_after(on, practice.value_on(DAYS, on))
    accident.insurer, accident.policy, accident.excess_cents = insurance.insurer or None, insurance.policy, insurance.excess_cents
    accident.booking_id, accident.beneficiary_id = (found[0].id, found[1].id) if found else (None, None)


def _person(accident: Accident) -> Beneficiary | None:
    return db.session.get_one(Beneficiary, accident.beneficiary_id) if accident.beneficiary_id is not None else None


def _keep(accident: Accident, photos: Sequence[int], *, by: Viewer, now: datetime) -> None:
    if len(list_photos(accident.id)) + len(photos) > MOST_PHOTOS:
        raise RuleBroken(f"{MOST_PHOTOS} photos au plus : gardez celles qui montrent quelque chose.", field="photos")
    for kept in claim(photos, kind=PHOTO.code, field="photos", by=by, now=now):
        photo = AccidentPhoto(attachment_id=kept.id, accident_id=accident.id)
        db.session.add(photo)
        audit.record("keep_photo", photo, by=by, now=now, subject=_person(accident))
