"""A rental that ran before this house knew of it comes in as it stands: the vehicle is held, the rent counts from today on.

By the day that is today's; in a programme by the month it is the month that runs, due whole at its end, those before counted elsewhere.

What a booking asks for (assessment, licence, papers, contract, deposit) is dispensed with as "taken over", by whom and when, and stays
on the person's file as to be completed. Nobody is told.
"""

from datetime import date, datetime
from typing import Any

from billing.actions import accounts
from billing.actions.openings import pass_months
from billing.terms import AMIE, DAILY
from fleet.actions.eligibility import as_data, wish_of
from fleet.actions.occupancy import check_clear, keep_until, occupy, restate
from fleet.actions.opening import check_length, lock_both
from fleet.actions.point_etape import plan
from fleet.conditions import ASSOCIATION, MISSING, WAIVED, Condition
from fleet.eligibility import TAKEN_OVER, list_conditions
from fleet.follow_up import next_at
from fleet.lifecycle import LATE, OUT
from fleet.models import Booking, Vehicle
from fleet.queries.applicants import applicant_of
from fleet.queries.prices import planned_days, say_booking_price
from fleet.queries.turnarounds import held_over
from fleet.queries.vehicles import full_name
from fleet.renewal import at_hour_of
from fleet.requirements import requirements_on
from mobility import audit, numbers, practice
from mobility.actions.paths import start_action
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, Period, instant_of, paris_day
from mobility.rights import Viewer

TO_COMPLETE = "Location en cours à la reprise : à compléter."


def take_over(
    beneficiary_id: int,
    vehicle_id: int,
    *,
    handed_over_at: datetime,
    ends_at: datetime,
    programme: str = DAILY,
    qpv: bool = False,
    met_on: date | None = None,
    by: Viewer,
    now: datetime,
) -> Booking:
    """A running rental, from its keys on; late when its return has passed. Raises NotFound, RuleBroken, VehicleTaken.

    What was owed before today is not reckoned again; the point-étapes go on from the last one, `met_on`, or from the keys.
    """
    if handed_over_at > now:
        raise RuleBroken("Les clés ne peuvent pas être remises dans le futur.", field="handed_over_at")
    person, vehicle = lock_both(beneficiary_id, vehicle_id)
    period = check_length(handed_over_at, ends_at, programme=programme, now=now)
    today = paris_day(now)
    late_until = instant_of(today + 2 * ONE_DAY) if ends_at <= now else None
    check_clear(vehicle, [held_over(vehicle, Period(starts_at=handed_over_at, ends_at=late_until or ends_at))], now=now)
    booking = Booking(beneficiary_id=person.id, vehicle_id=vehicle.id, status=OUT, programme=programme, qpv=qpv)
    booking.cap_applies = programme == DAILY  # as for any booking: AMIE's use is not limited to work (domain.md §3.4)
    booking.starts_at, booking.ends_at, booking.handed_over_at = handed_over_at, ends_at, handed_over_at
    booking.created_at, booking.created_by = now, by.account_id
    booking.waivers, booking.eligibility = _dispensed(booking, person, vehicle, by=by, now=now)
    booking.price_sentence = ""
    booking.number = f"R-{today.year}-{numbers.take('booking', today.year):04d}"
    db.session.add(booking)
    db.session.flush()
    occupy(vehicle, period, OUT, holder=booking)
    if late_until is not None:
        keep_until(booking, late_until)
        booking.status = LATE
        restate(booking, LATE)
    _open_terms(booking, vehicle, by=by, now=now)
    met_at = at_hour_of(handed_over_at, met_on) if met_on else handed_over_at
    plan(booking, starts_at=_next_meeting(met_at, now), site_id=vehicle.site_id, by=by, now=now)
    audit.record("take_over", booking, by=by, now=now, subject=person)
    return booking


def _open_terms(booking: Booking, vehicle: Vehicle, *, by: Viewer, now: datetime) -> None:
    """Its account, charged from today on, and its action on the path; no deposit is asked for here, since one may be held already."""
    assert booking.handed_over_at is not None
    today, started_on = paris_day(now), paris_day(booking.handed_over_at)
    counts_from = started_on if booking.programme == AMIE else today
    account = accounts.open_account(
        beneficiary_id=booking.beneficiary_id,
        reference=f"booking:{booking.id}",
        label=full_name(vehicle),
        kind=vehicle.kind,
        programme=booking.programme,
        qpv=booking.qpv,
        first_on=counts_from,
        last_on=max(today, planned_days(booking.starts_at, booking.ends_at)[-1]),
        by=by,
        now=now,
    )
    gone = (counts_from - started_on).days
    accounts.start_account(account.id, handed_over_at=instant_of(counts_from), days_gone=gone, by=by, now=now)
    if booking.programme == AMIE:
        pass_months(account.id, by=by, now=now)
    action = start_action(booking.beneficiary_id, kind=f"rental_{vehicle.kind}", started_on=started_on, by=by, now=now)
    booking.account_id, booking.action_id = account.id, action.id
    booking.price_sentence = say_booking_price(booking, vehicle.kind)


def _next_meeting(met_at: datetime, now: datetime) -> datetime:
    """The rhythm goes on from the last time the person came."""
    every = practice.value_on("fleet.point_etape_days", paris_day(now))
    passed = (paris_day(now) - paris_day(met_at)).days // every
    return next_at(met_at, (passed + 1) * every)


def _dispensed(
    booking: Booking, person: Beneficiary, vehicle: Vehicle, *, by: Viewer, now: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The dispenses of what is missing, by whom and when, and the whole list of conditions as the booking keeps it."""
    asked = conditions_now(booking, person, vehicle)
    kept = {"reason": TAKEN_OVER, "reference": "", "at": now.isoformat(), "by": by.account_id}
    waivers = [{"code": c.code, "class": c.class_, **kept} for c in asked if c.state == MISSING]
    shown = [as_data(c) | ({"state": WAIVED, "sentence": TO_COMPLETE} if c.state == MISSING else {}) for c in asked]
    return waivers, shown


def conditions_now(booking: Booking, person: Beneficiary, vehicle: Vehicle) -> tuple[Condition, ...]:
    """Everything asked of the person; until their day of birth is known, that alone."""
    if person.birth_on is None:
        return (
            Condition(
                code="birth", label="date de naissance", class_=ASSOCIATION, state=MISSING, sentence="à noter sur le dossier", waivable=True
            ),
        )
    wish = wish_of(booking, vehicle)
    return list_conditions(applicant_of(person, wish), wish, requirements_on(booking.programme, wish.first_on))
