"""A rental as its pages read it: the booking, the person, the vehicle, what was seen of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from billing.models import BillingAccount
from billing.terms import BY_THE_HOUR
from fleet.checks import Zone, compare, merge
from fleet.follow_up import LASTING_SOLUTIONS
from fleet.hours import is_by_the_hour
from fleet.kinds import Kind, get_kind
from fleet.lifecycle import CONFIRMED, LATE, OUT, STATUS_NAMES
from fleet.models import Booking, ConditionReport, MonthlyReview, Outcome, PointEtape, Vehicle
from fleet.patterns import say_pattern
from fleet.queries.parts import is_unseen, left_unseen
from mobility.db import Kept, db, look_once
from mobility.errors import NotFound
from mobility.models import Beneficiary, Meeting
from mobility.rights import Role, Viewer

RUNNING = (OUT, LATE)
HERE = (CONFIRMED, *RUNNING)
_LEFT = aliased(Vehicle)
# Read with the rental: the desk says which monthly reviews are due without a question more.
_REVIEWED = (
    select(func.aggregate_strings(cast(MonthlyReview.month, String(4)), ","))
    .filter(MonthlyReview.platform_id == Booking.platform_id, MonthlyReview.booking_id == Booking.id, MonthlyReview.version == 1)
    .correlate(Booking)
    .scalar_subquery()
)
_PROGRAMME_MONTHS = (
    select(BillingAccount.terms["programme"]["months"].as_integer())
    .filter(BillingAccount.platform_id == Booking.platform_id, BillingAccount.id == Booking.account_id)
    .correlate(Booking)
    .scalar_subquery()
)
_RENTALS = (
    select(Booking, Beneficiary, Vehicle, is_unseen(), _LEFT, _REVIEWED, _PROGRAMME_MONTHS)
    .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    .join(Vehicle, Vehicle.id == Booking.vehicle_id)
    .outerjoin(_LEFT, _LEFT.id == left_unseen())
)
_ONE = Kept(_RENTALS.filter(Booking.id == bindparam("booking_id")))
_IN_STATUSES = _RENTALS.filter(Booking.status.in_(bindparam("statuses", expanding=True))).order_by(Booking.ends_at, Booking.id)
_ALL = Kept(_IN_STATUSES)
_THEIRS = Kept(_IN_STATUSES.filter(Booking.beneficiary_id == bindparam("beneficiary_id")))
_UNSAID = Kept(
    _RENTALS.outerjoin(Outcome, Outcome.booking_id == Booking.id)
    .filter(Booking.status == "returned", Outcome.id.is_(None), Booking.programme.not_in(BY_THE_HOUR))
    .order_by(Booking.returned_at, Booking.id)
)
_HELD = aliased(PointEtape)
_AGREED = (
    select(_HELD.next_step)
    .filter(_HELD.platform_id == PointEtape.platform_id, _HELD.booking_id == PointEtape.booking_id, _HELD.held_at.is_not(None))
    .order_by(_HELD.planned_at.desc(), _HELD.id.desc())
    .limit(1)
    .scalar_subquery()
)
_DUE = Kept(
    select(PointEtape, _AGREED)
    .filter(PointEtape.booking_id.in_(bindparam("booking_ids", expanding=True)))
    .filter(PointEtape.held_at.is_(None), PointEtape.planned_at < bindparam("until"))
    .order_by(PointEtape.planned_at, PointEtape.id)
)


@dataclass(frozen=True, kw_only=True)
class Rental:
    """A booking with its person and the vehicle it holds now.

    As read, nobody has looked over: that vehicle, taken in exchange (`is_unseen`); the one `left` for it, given back.
    """

    booking: Booking
    person: Beneficiary
    vehicle: Vehicle
    is_unseen: bool = False
    left: Vehicle | None = None
    reviewed: frozenset[int] = frozenset()  # the months of the programme whose review is held
    programme_months: int | None = None

    @property
    def kind(self) -> Kind:
        """The kind of its vehicle."""
        return get_kind(self.vehicle.kind)

    @property
    def name(self) -> str:
        """First name and vehicle, as a list shows it."""
        return f"{self.person.first_name} {self.person.last_name}, {self.vehicle.label}"

    @property
    def status(self) -> str:
        """The status in words."""
        return STATUS_NAMES[self.booking.status]

    @property
    def is_by_the_hour(self) -> bool:
        """Whether it is a loan of some hours."""
        return is_by_the_hour(self.booking.programme)

    @property
    def hours(self) -> str | None:
        """At which hours, in words, when the vehicle is shared."""
        return say_pattern(self.booking.pattern)

    @property
    def is_running(self) -> bool:
        """Whether the keys are out."""
        return self.booking.status in RUNNING


def get_rental(booking_id: int, viewer: Viewer) -> Rental:
    """A booking, for advisers and for its own person. Raises NotFound, the same for missing and not theirs."""
    row = _ONE(booking_id=booking_id).first()
    if row is None or not (viewer.may(Role.ADVISER, Role.MANAGER) or viewer.beneficiary_id == row[1].id):
        raise NotFound("Cette mise à disposition n’existe pas, ou n’est pas pour vous.")
    return _rental(*row)


def _rental(
    booking: Booking, person: Beneficiary, vehicle: Vehicle, unseen: bool, left: Vehicle | None, reviewed: str | None, months: int | None
) -> Rental:
    return Rental(
        booking=booking,
        person=person,
        vehicle=vehicle,
        is_unseen=unseen,
        left=left,
        reviewed=frozenset(map(int, reviewed.split(","))) if reviewed else frozenset(),
        programme_months=months,
    )


def list_rentals(*, beneficiary_id: int | None = None, statuses: Sequence[str] = RUNNING) -> list[Rental]:
    """Rentals in some statuses, the soonest planned return first."""
    rows = _ALL(statuses=statuses) if beneficiary_id is None else _THEIRS(statuses=statuses, beneficiary_id=beneficiary_id)
    return [_rental(*row) for row in rows]


def list_here(beneficiary_id: int) -> list[Rental]:
    """A person's rentals confirmed or running, read once for all that a page says of them; the list is not to be changed."""
    return look_once(Booking, ("here", beneficiary_id), lambda: list_rentals(beneficiary_id=beneficiary_id, statuses=HERE))


def list_running() -> list[Rental]:
    """Those whose keys are out, read once for all that a page says of them; the list is not to be changed."""
    return look_once(Booking, "running", list_rentals)


def list_due(rentals: Iterable[Rental], until: datetime) -> list[tuple[PointEtape, Rental, str | None]]:
    """Point-étapes of these rentals planned until an instant and not yet held, the longest waiting first.

    Each with the next step agreed at the rental's last one held; None where there was none.
    """
    of = {rental.booking.id: rental for rental in rentals}
    rows = _DUE(booking_ids=list(of), until=until)
    return [(step, of[step.booking_id], None if agreed == "none" else agreed) for step, agreed in rows]


def list_point_etapes(booking_id: int) -> Sequence[PointEtape]:
    """The point-étapes of a rental, in the order they were planned."""
    asked = select(PointEtape).filter(PointEtape.booking_id == booking_id).order_by(PointEtape.planned_at, PointEtape.id)
    return look_once(PointEtape, booking_id, lambda: db.session.scalars(asked).all())


def find_open_point_etape(booking_id: int) -> PointEtape | None:
    """The one that is not held yet."""
    return next((step for step in list_point_etapes(booking_id) if step.held_at is None), None)


_OPEN_STEP = Kept(
    select(Booking, PointEtape, Meeting)
    .outerjoin(PointEtape, (PointEtape.booking_id == Booking.id) & PointEtape.held_at.is_(None))
    .outerjoin(Meeting, Meeting.id == PointEtape.meeting_id)
    .filter(Booking.id == bindparam("booking_id"))
    .order_by(PointEtape.planned_at, PointEtape.id)
    .limit(1)
    .execution_options(populate_existing=True)
)


def read_with_open_point_etape(booking_id: int) -> tuple[Booking, PointEtape | None, Meeting | None]:
    """The same beside its rental and its appointment, all read anew: for who holds the person's lock."""
    booking, step, meeting = _OPEN_STEP(booking_id=booking_id).one()
    return booking, step, meeting


def list_conditions(booking_id: int, *, vehicle_id: int | None = None) -> Sequence[ConditionReport]:
    """The condition reports of a rental, oldest first; of one vehicle when a swap gave it two."""
    asked = select(ConditionReport).filter(ConditionReport.booking_id == booking_id).order_by(ConditionReport.at, ConditionReport.id)
    if vehicle_id is not None:
        asked = asked.filter(ConditionReport.vehicle_id == vehicle_id)
    return look_once(ConditionReport, (booking_id, vehicle_id), lambda: db.session.scalars(asked).all())


def known_zones(vehicle_id: int) -> Mapping[str, str]:
    """The state last known of each zone of a vehicle, over all its rentals."""
    rows = db.session.scalars(
        select(ConditionReport).filter(ConditionReport.vehicle_id == vehicle_id).order_by(ConditionReport.at, ConditionReport.id)
    )
    return merge([row.zones for row in rows])


def compared(report: ConditionReport, vehicle: Vehicle) -> tuple[Zone, ...]:
    """A report zone by zone, what is new since the reports before it of the same rental."""
    earlier = [r.zones for r in list_conditions(report.booking_id, vehicle_id=report.vehicle_id) if (r.at, r.id) < (report.at, report.id)]
    return compare(vehicle.kind, merge(earlier) if earlier else report.zones, report.zones)


def find_outcome(booking_id: int) -> Outcome | None:
    """How the rental ended, once said."""
    return db.session.scalar(select(Outcome).filter(Outcome.booking_id == booking_id))


def list_without_outcome() -> list[Rental]:
    """Rentals returned whose outcome nobody has said, the oldest return first; read once, the list is not to be changed."""
    return look_once(Booking, "without_outcome", lambda: [_rental(*row) for row in _UNSAID()])


def count_ways_out(beneficiary_ids: Collection[int], since: date) -> dict[str, int]:
    """How the rentals of some people ended since a day, by lasting solution in the list's own order; of a person the last one only."""
    asked = select(Outcome.beneficiary_id, Outcome.lasting_solution).filter(Outcome.recorded_on >= since)
    last = {beneficiary_id: code for beneficiary_id, code in db.session.execute(asked.order_by(Outcome.id))}
    counts = Counter(code for beneficiary_id, code in last.items() if beneficiary_id in beneficiary_ids)
    return {code: counts[code] for code in LASTING_SOLUTIONS if counts[code]}


def count_outcomes(year: int, column: str) -> dict[str, int]:
    """Outcomes recorded in a year by the codes of one column ("job_kind")."""
    asked = select(getattr(Outcome, column)).filter(Outcome.recorded_on.between(date(year, 1, 1), date(year, 12, 31)))
    counts: dict[str, int] = {}
    for code in db.session.scalars(asked):
        counts[code] = counts.get(code, 0) + 1
    return counts
