"""A notice of a traffic offence, from the post to its end: who held the vehicle, told, named in time, contested, settled."""

from datetime import date, datetime, time

from sqlalchemy import select

from billing.actions.charging import lock_account
from fleet.actions.loan_news import tell_borrower
from fleet.fines import (
    ASSIGN,
    CONTEST,
    DIRECT,
    FOUND,
    HIRER_ASKS,
    HOW_TOLD,
    NAME,
    RECEIVED,
    REFUSE,
    SETTLE,
    TELL,
    after,
    check_days,
    check_refusal,
)
from fleet.holders import instant_told
from fleet.models import Booking, Fine, VehicleLoan
from fleet.queries.fine_papers import words_to
from fleet.queries.fines import get_fine, naming_days
from fleet.queries.holders import find_by_plate, read_booking, who_had
from fleet.queries.loans import find_lent
from mobility import audit, numbers, outbox
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary, Platform
from mobility.periods import ONE_DAY, paris_day
from mobility.phones import say_phone
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer


def record_fine(
    *,
    plate: str,
    on: date,
    hour: time,
    which: str | None = None,
    notice_number: str,
    sent_on: date,
    route: str | None = None,
    hirer_on: date | None = None,
    place: str | None = None,
    offence: str | None = None,
    amount_cents: int | None = None,
    points: int | None = None,
    by: Viewer,
    now: datetime,
) -> Fine:
    """A notice came: its driver is whoever held the vehicle then. Raises RuleBroken beside the field, Conflict when it is known already."""
    vehicle = find_by_plate(plate)
    offence_at, today = instant_told(on, hour, which), paris_day(now)
    way = route or (HIRER_ASKS if vehicle.keeper == "hirer" else DIRECT)
    check_days(offence_on=on, sent_on=sent_on, hirer_on=hirer_on, route=way, today=today)
    if offence_at > now:
        raise RuleBroken("Cette heure n’est pas encore venue.", field="hour")
    _check_new(notice_number)
    fine = Fine(vehicle_id=vehicle.id, notice_number=notice_number, route=way, hirer_on=hirer_on, offence_at=offence_at, place=place)
    fine.offence, fine.amount_cents, fine.points = offence, amount_cents, points
    fine.sent_on, fine.due_on = sent_on, sent_on + naming_days(sent_on) * ONE_DAY
    fine.status, fine.created_at, fine.created_by = RECEIVED, now, by.account_id
    held = who_had(vehicle.id, offence_at)
    person = _give_to(fine, held.booking_id)
    fine.number = f"AV-{today.year}-{numbers.take('fine', today.year):04d}"
    db.session.add(fine)
    db.session.flush()
    if lent := find_lent(block_id=held.block_id):
        _give_to_borrower(fine, *lent, now=now)
    audit.record("record", fine, by=by, now=now, subject=person)
    return fine


def assign(fine_id: int, *, booking_number: str | None = None, loan_id: int | None = None, by: Viewer, now: datetime) -> Fine:
    """Say whose booking or which loan it was, when the hour alone did not tell or was told badly. Raises Conflict, RuleBroken."""
    fine = _open(fine_id)
    fine.status = after(ASSIGN, fine.status)
    fine.told_at = fine.told_how = None  # somebody else is to be told
    if loan_id is not None:
        _assign_loan(fine, loan_id, now=now)
    elif booking_number is not None:
        _assign_booking(fine, booking_number)
    else:
        raise RuleBroken("Dites qui avait le véhicule : le numéro de la réservation, ou le prêt.", field="booking_number")
    audit.record("assign", fine, by=by, now=now, subject=_person(fine))
    return fine


def _assign_loan(fine: Fine, loan_id: int, *, now: datetime) -> None:
    lent = find_lent(loan_id=loan_id)
    if lent is None or lent[0].vehicle_id != fine.vehicle_id:
        raise RuleBroken("Ce prêt n’est pas celui de ce véhicule.", field="loan_id")
    fine.booking_id = fine.beneficiary_id = None
    _give_to_borrower(fine, *lent, now=now)


def _assign_booking(fine: Fine, booking_number: str) -> None:
    booking = db.session.scalar(select(Booking).filter(Booking.number == booking_number.upper()))
    if booking is None or booking.handed_over_at is None:
        raise RuleBroken("Aucune mise à disposition ne porte ce numéro.", field="booking_number")
    fine.loan_id = None
    _give_to(fine, booking.id)


def tell(fine_id: int, *, how: str, by: Viewer, now: datetime) -> Fine:
    """The person, or the platform it was lent to, is told before they are named: by mail or SMS at once, or by hand.

    Raises Conflict, RuleBroken on `how`.
    """
    fine = _open(fine_id)
    fine.status = after(TELL, fine.status)
    person, lent = _person(fine), find_lent(loan_id=fine.loan_id)
    if lent:
        if how == "sms" or (how == "mail" and not tell_borrower(fine, lent[1], now=now)):
            raise RuleBroken("Cette plateforme n’a pas d’adresse pour cela : prévenez-la autrement.", field="how")
    else:
        assert person is not None
        _send(fine, person, how, now=now)
    fine.told_at, fine.told_how = now, how
    audit.record("tell", fine, by=by, now=now, subject=person)
    return fine


def name_driver(fine_id: int, *, how: str, named_on: date, by: Viewer, now: datetime) -> Fine:
    """The person was named to the police, or to the hirer who asked. Raises Conflict, RuleBroken on `named_on`."""
    fine = _open(fine_id)
    fine.status = after(NAME, fine.status)
    if not paris_day(fine.offence_at) <= named_on <= paris_day(now):
        raise RuleBroken("La désignation se fait après l’infraction, et pas dans l’avenir.", field="named_on")
    fine.named_on, fine.named_how = named_on, how
    audit.record("name", fine, by=by, now=now, subject=_person(fine))
    return fine


def refuse_naming(fine_id: int, *, refused_on: date, reason: str, answer_by: date | None = None, by: Viewer, now: datetime) -> Fine:
    """The authority did not take the naming: the clock runs again, to the day the letter gives if any, and the deposit waits again.

    The person is to be told again. Raises Conflict, RuleBroken on `refused_on` or `answer_by`.
    """
    fine = _open(fine_id)
    fine.status = after(REFUSE, fine.status)
    assert fine.named_on is not None
    check_refusal(named_on=fine.named_on, refused_on=refused_on, answer_by=answer_by, today=paris_day(now))
    person = _hold(fine.booking_id)
    fine.refused_on, fine.refused_reason = refused_on, reason
    fine.told_at = fine.told_how = None
    if answer_by is not None:
        fine.due_on, fine.reminded_days = answer_by, None
    audit.record("refuse", fine, by=by, now=now, subject=person)
    return fine


def contest(fine_id: int, *, contested_on: date, by: Viewer, now: datetime) -> Fine:
    """The person says that they did not drive, or that nothing happened. Raises Conflict, RuleBroken on `contested_on`."""
    fine = _open(fine_id)
    fine.status = after(CONTEST, fine.status)
    if not paris_day(fine.offence_at) <= contested_on <= paris_day(now):
        raise RuleBroken("Une contestation suit l’infraction, et n’est pas dans l’avenir.", field="contested_on")
    fine.contested_on = contested_on
    audit.record("contest", fine, by=by, now=now, subject=_person(fine))
    return fine


def settle(fine_id: int, *, outcome: str, by: Viewer, now: datetime) -> Fine:
    """Nothing more is to come: the deposit waits no longer. Raises Conflict."""
    fine = _open(fine_id)
    fine.status = after(SETTLE, fine.status)
    fine.outcome, fine.settled_at = outcome, now
    audit.record("settle", fine, by=by, now=now, subject=_person(fine))
    return fine


def _open(fine_id: int) -> Fine:
    """The notice as it stands now, its row locked."""
    asked = select(Fine).filter(Fine.id == get_fine(fine_id).id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(asked).one()


def _check_new(notice_number: str) -> None:
    known = db.session.scalar(select(Fine.number).filter(Fine.notice_number == notice_number))
    if known is not None:
        raise Conflict(f"Cet avis est déjà enregistré : {known}.", field="notice_number")


def _give_to(fine: Fine, booking_id: int | None) -> Beneficiary | None:
    """Its driver, when there is one."""
    person = _hold(booking_id)
    if person is not None:
        fine.booking_id, fine.beneficiary_id, fine.status = booking_id, person.id, FOUND
    return person


def _give_to_borrower(fine: Fine, loan: VehicleLoan, borrower: Platform, *, now: datetime) -> None:
    """The platform it was lent to had it, and is told at once: its own driver is to be found while the clock runs."""
    fine.loan_id, fine.status = loan.id, FOUND
    if tell_borrower(fine, borrower, now=now):
        fine.told_at, fine.told_how = now, "mail"


def _hold(booking_id: int | None) -> Beneficiary | None:
    """Whose booking it is; their account is locked, so that no deposit goes back meanwhile."""
    found = read_booking(booking_id)
    if found is not None and found[0].account_id is not None:
        lock_account(found[0].account_id)
    return found[1] if found else None


def _person(fine: Fine) -> Beneficiary | None:
    return db.session.get_one(Beneficiary, fine.beneficiary_id) if fine.beneficiary_id is not None else None


def _send(fine: Fine, person: Beneficiary, how: str, *, now: datetime) -> None:
    to = {"mail": person.email, "sms": person.phone}
    if how not in HOW_TOLD or (how in to and not to[how]):
        missing = "d’adresse mail" if how == "mail" else "de téléphone"
        raise RuleBroken(f"Cette personne n’a pas {missing} : prévenez-la autrement.", field="how")
    if how == "mail":
        outbox.post(
            "mail",
            str(person.email),
            subject=f"Avis de contravention n° {fine.notice_number}",
            body=words_to(fine, person),
            now=now,
            beneficiary_id=person.id,
        )
    elif how == "sms":
        outbox.post("sms", str(person.phone), subject="", body=_short(), now=now, beneficiary_id=person.id)


def _short() -> str:
    """By SMS, which others may read: that there is something, and whom to call."""
    platform = platform_here()
    call = f"appelez-nous au {say_phone(platform.phone)}" if platform.phone else "passez nous voir"
    return f"{platform.name} : un courrier est arrivé pour le véhicule que vous aviez. Il vous concerne : {call}."
