"""What a booking's page and its contract say of the way its vehicle goes."""

from dataclasses import dataclass
from datetime import date

from billing.hires import STATES, TONES
from billing.queries.hires import HireRow, find_live_order, get_hirer, hires_of, said_return
from billing.terms import AMIE
from fleet.documents.contract import Hirer
from fleet.hired import goes_by_hirer, say_way
from fleet.models import Booking, Vehicle
from mobility import practice
from mobility.clock import today
from mobility.periods import paris_day, say_day


@dataclass(frozen=True, kw_only=True)
class Way:
    """The way in words; through a hirer, its latest order with its state, and what there is to warn of."""

    sentence: str
    by_hirer: bool
    order: HireRow | None = None
    state: tuple[str, str] | None = None
    warning: str | None = None

    @property
    def may_order(self) -> bool:
        """Whether an order is to be placed."""
        return self.by_hirer and (self.order is None or self.order.order.cancelled_at is not None)


def way_of(booking: Booking, vehicle: Vehicle) -> Way:
    """The way of a booking's vehicle; nothing is looked up for those that go the short way."""
    sentence, by_hirer = say_way(vehicle.ownership), goes_by_hirer(vehicle.ownership)
    if not by_hirer or booking.account_id is None:
        return Way(sentence=sentence, by_hirer=by_hirer and booking.account_id is not None)
    orders = hires_of(booking.account_id)
    if not orders:
        return Way(sentence=sentence, by_hirer=True)
    latest = orders[0]
    state = (STATES[latest.state], TONES.get(latest.state, "neutral"))
    said = say_way(vehicle.ownership, is_ordered=latest.order.cancelled_at is None)
    return Way(sentence=said, by_hirer=True, order=latest, state=state, warning=_warn(latest, booking))


def hirer_of(booking: Booking, vehicle: Vehicle, on: date) -> Hirer | None:
    """The company that signs the contract: the one the vehicle was ordered of, or else the programme's, where it has one."""
    if goes_by_hirer(vehicle.ownership) and booking.account_id and (order := find_live_order(booking.account_id)):
        found = get_hirer(order.hirer_id)
        return Hirer(name=found.name, address=found.address)
    name = practice.value_on("fleet.hirer_name", on) if booking.programme == AMIE else ""
    return Hirer(name=name, address=practice.value_on("fleet.hirer_address", on)) if name else None


def _warn(row: HireRow, booking: Booking) -> str | None:
    """The rental goes beyond what the hirer agreed to, or the vehicle is due back."""
    if row.order.cancelled_at is None and booking.returned_at is None and paris_day(booking.ends_at) > row.order.last_on:
        return f"La location va au-delà du retour convenu avec le loueur, le {say_day(row.order.last_on)} : demandez-lui de prolonger."
    said = said_return(row, today())
    return f"Véhicule {said[0]} au loueur." if said else None
