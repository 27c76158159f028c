"""The conditions of a booking: asked again at each act, and the dispenses that somebody signs for (domain.md §3.1, §10.6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fleet.conditions import Condition, Wish
from fleet.eligibility import Waiver, check_waiver, list_conditions
from fleet.lifecycle import HELD
from fleet.models import Booking, Vehicle
from fleet.queries.applicants import applicant_of, list_eligibility
from fleet.queries.kind_rules import rules_on
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer


def settle_conditions(
    booking: Booking, person: Beneficiary, vehicle: Vehicle, more: Sequence[Waiver], *, by: Viewer, now: datetime
) -> tuple[Condition, ...]:
    """Ask everything again, with the dispenses given so far and these; what was found stays on the booking. Raises RuleBroken."""
    wish = wish_of(booking, vehicle)
    applicant, rules = applicant_of(person, wish, job_id=booking.job_id), rules_on(booking.programme, wish.kind, wish.first_on)
    found = list_conditions(applicant, wish, rules)
    plain = {c.code: c for c in found}
    for waiver in more:
        if waiver.code not in plain:
            raise RuleBroken("Cette condition n’est pas demandée ici.", field="code")
        check_waiver(plain[waiver.code], waiver)
    given = (*waivers_of(booking), *more)
    asked = list_conditions(applicant, wish, rules, given) if given else found
    booking.waivers = [*booking.waivers, *(_kept(waiver, plain[waiver.code], by, now) for waiver in more)]
    booking.eligibility = [as_data(condition) for condition in asked]
    return asked


def wish_of(booking: Booking, vehicle: Vehicle) -> Wish:
    """What the booking asks for, as the rules read it."""
    gearbox = vehicle.gearbox or "manual"
    return Wish(kind=vehicle.kind, first_on=paris_day(booking.starts_at), last_on=paris_day(booking.ends_at), gearbox=gearbox)


def waivers_of(booking: Booking) -> tuple[Waiver, ...]:
    """The dispenses a booking carries."""
    return tuple(Waiver(code=w["code"], reason=w["reason"], reference=w["reference"]) for w in booking.waivers)


def _kept(waiver: Waiver, condition: Condition, by: Viewer, now: datetime) -> dict[str, Any]:
    return {
        "code": waiver.code,
        "class": condition.class_,
        "reason": waiver.reason,
        "reference": waiver.reference,
        "at": now.isoformat(),
        "by": by.account_id,
    }


def as_data(condition: Condition) -> dict[str, Any]:
    """A condition in plain values, as a booking keeps it and the API shows it."""
    return {
        "code": condition.code,
        "label": condition.label,
        "class": condition.class_,
        "state": condition.state,
        "sentence": condition.sentence,
        "waivable": condition.waivable,
    }


def asked_again(booking: Booking, person: Beneficiary, vehicle: Vehicle) -> tuple[Condition, ...]:
    """The conditions of an option as they stand now, for what is noted meanwhile counts at once; those of any other as it keeps them."""
    if booking.status != HELD or person.birth_on is None:
        return conditions_of(booking)
    wish = wish_of(booking, vehicle)
    return list_eligibility(person, wish, programme=booking.programme, job_id=booking.job_id, waivers=waivers_of(booking))


def conditions_of(booking: Booking) -> tuple[Condition, ...]:
    """The conditions as a booking keeps them: what was found when they were last asked."""
    return tuple(Condition(class_=kept["class"], **{name: kept[name] for name in kept if name != "class"}) for kept in booking.eligibility)
