"""Bookings that no contract binds yet, as a new tariff finds them: a contract freezes its version (domain.md §10.1)."""

from dataclasses import replace

from sqlalchemy import exists, select

from billing.models import BillingAccount
from billing.queries.tariffs import terms_by
from billing.tariff_change import TariffChange
from billing.tariffs import Tariff
from billing.terms import AMIE, Terms, thaw
from fleet.lifecycle import CONFIRMED, HELD
from fleet.models import Booking, Contract, Vehicle
from fleet.patterns import rhythm_of
from fleet.price_change import PriceChange
from fleet.queries.prices import priced_by
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import instant_of, paris_day

Unbound = tuple[Booking, Vehicle, Beneficiary]


def list_unbound(change: TariffChange, *, beneficiary_id: int | None = None) -> list[Unbound]:
    """Bookings by the day, without keys or contract, that begin while the change holds, of a kind still lent; earliest first.

    All of them, or one person's, read anew.
    """
    query = (
        select(Booking, Vehicle, Beneficiary)
        .join(Vehicle, Vehicle.id == Booking.vehicle_id)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
        .filter(Booking.status.in_((HELD, CONFIRMED)), Booking.handed_over_at.is_(None), Booking.programme != AMIE)
        .filter(Booking.starts_at >= instant_of(change.from_on), Vehicle.kind.in_(list(change.after.day_cents)))
        .filter(~exists().where(Contract.booking_id == Booking.id, Contract.platform_id == Booking.platform_id))
    )
    if change.until is not None:
        query = query.filter(Booking.starts_at < instant_of(change.until))
    if beneficiary_id is not None:
        query = query.filter(Booking.beneficiary_id == beneficiary_id)
    rows = db.session.execute(query.order_by(Booking.starts_at, Booking.id).execution_options(populate_existing=True))
    return [(booking, vehicle, person) for booking, vehicle, person in rows]


def terms_under(tariff: Tariff, booking: Booking) -> Terms:
    """What the booking would be priced by under a tariff."""
    return replace(terms_by(tariff, paris_day(booking.starts_at), booking.programme), rhythm=rhythm_of(booking.pattern))


def price_change(booking: Booking, vehicle: Vehicle, change: TariffChange) -> PriceChange:
    """What the booking comes to as it stands, and under the new version."""
    account = db.session.get_one(BillingAccount, booking.account_id) if booking.account_id else None
    before = thaw(account.terms) if account else terms_under(change.before, booking)
    return PriceChange(
        before=priced_by(booking, vehicle.kind, before),
        after=priced_by(booking, vehicle.kind, replace(terms_under(change.after, booking), agreements=before.agreements)),
    )
