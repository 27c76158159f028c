"""What bookings give to the manager's tariffs: which of them a new version would reprice."""

from flask import Flask, url_for

from billing.events import Follower, enrol
from billing.tariff_change import Move, TariffChange
from fleet.actions.tariff_change import follow
from fleet.queries.unbound import list_unbound, price_change
from mobility.names import say_name
from mobility.periods import paris_day


def fill_tariffs(app: Flask) -> None:
    """Have bookings asked about, and follow, a new tariff."""
    enrol(app, Follower(foresee=foresee, follow=follow))


def foresee(change: TariffChange) -> list[Move]:
    """The bookings that would cost something else, the earliest first."""
    moves = []
    for booking, vehicle, person in list_unbound(change):
        price = price_change(booking, vehicle, change)
        if price.difference_cents:
            move = Move(
                number=booking.number,
                name=say_name(person.first_name, person.last_name),
                first_on=paris_day(booking.starts_at),
                before_cents=price.before.cents,
                after_cents=price.after.cents,
                sentence=price.after.ahead,
                href=url_for("bookings.show", booking_id=booking.id),
            )
            moves.append(move)
    return moves
