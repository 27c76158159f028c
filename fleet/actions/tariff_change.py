"""Bookings that no contract binds yet follow a tariff added or withdrawn, in its transaction (domain.md §10.1)."""

from datetime import datetime

from billing.actions.accounts import follow_tariff
from billing.tariff_change import TariffChange
from fleet.queries.prices import say_booking_price
from fleet.queries.unbound import list_unbound, terms_under
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.rights import Viewer


def follow(change: TariffChange, version_id: int | None, by: Viewer, now: datetime) -> None:
    """Each one's account freezes the version anew and its price is said again, as it stands once its person is locked."""
    for person_id in sorted({person.id for _, _, person in list_unbound(change)}):
        lock_beneficiary(person_id)
        for booking, vehicle, _ in list_unbound(change, beneficiary_id=person_id):
            if booking.account_id is not None:
                terms = terms_under(change.after, booking)
                days = terms.days_of(booking.starts_at, booking.ends_at)
                follow_tariff(booking.account_id, terms=terms, version_id=version_id, first_on=days[0], last_on=days[-1], by=by, now=now)
            booking.price_sentence = say_booking_price(booking, vehicle.kind)
    db.session.flush()
