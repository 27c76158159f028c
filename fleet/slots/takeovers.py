"""What a rental taken over from a spreadsheet still lacks, on the person's file until it is there."""

from collections.abc import Iterable

from flask import url_for

from billing.queries import deposit_of
from fleet.actions.running_rentals import conditions_now
from fleet.conditions import MISSING
from fleet.eligibility import TAKEN_OVER
from fleet.queries.contracts import find_contract
from fleet.queries.rentals import Rental
from mobility.db import db
from mobility.models import Account
from mobility.periods import say_moment
from mobility.slots import Line, Section


def to_complete(rental: Rental) -> Iterable[Section]:
    """What a running rental that came from a spreadsheet still lacks; nothing of any other."""
    if not rental.is_running or not any(waiver["reason"] == TAKEN_OVER for waiver in rental.booking.waivers):
        return
    if lines := tuple(_missing(rental)):
        yield Section(
            order=15,
            key=f"taken-over-{rental.booking.id}",
            title=f"Reprise, à compléter : {rental.vehicle.label}",
            icon="list-check",
            sentence=_who(rental),
            lines=lines,
        )


def _who(rental: Rental) -> str:
    account = db.session.get(Account, rental.booking.created_by) if rental.booking.created_by else None
    by = f" par {account.name}" if account else ""
    return f"Cette location était en cours quand elle a été reprise, {say_moment(rental.booking.created_at)}{by}."


def _missing(rental: Rental) -> Iterable[Line]:
    booking = rental.booking
    if not ((contract := find_contract(booking.id)) and contract.signed_at):
        href = url_for("contracts.show", booking_id=booking.id)
        yield Line(text="Contrat", detail="à faire et à signer ici", state="à compléter", tone="waiting", href=href, act="Préparer")
    if booking.account_id and deposit_of(booking.account_id) is None:
        href = url_for("deposits.new", account_id=booking.account_id)
        yield Line(text="Caution", detail="à noter si elle est tenue", state="à compléter", tone="waiting", href=href, act="Noter")
    for condition in conditions_now(booking, rental.person, rental.vehicle):
        if condition.state == MISSING:
            yield Line(text=condition.label.capitalize(), detail=condition.sentence, state="à compléter", tone="waiting")
