"""The *contrat de mise à disposition*: its terms frozen, replaced by a new version, signed on screen or on paper (domain.md §2.4)."""

from datetime import datetime

from fleet.actions.opening import open_booking
from fleet.actions.signing import note_signature
from fleet.checks import SCREEN
from fleet.documents.frozen import freeze
from fleet.insurance import check_gaps
from fleet.lifecycle import CONFIRMED, LATE, OUT, NotNow
from fleet.models import Booking, Contract, Vehicle
from fleet.queries.contracts import count_of_stem, draft, find_contract, is_current, stem_of_chain
from fleet.queries.insurance import gaps_of
from fleet.queries.rentals import Rental
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer
from mobility.tongues import say

MADE_WHILE = (CONFIRMED, OUT, LATE)


def make_contract(booking_id: int, *, by: Viewer, now: datetime) -> Contract:
    """Freeze the terms of a firm booking; a version made before is replaced, and stays. Raises NotFound, NotNow.

    Raises RuleBroken while nobody has said whom to call on the roadside, who insures, and for what excess.
    """
    booking, person, vehicle = open_booking(booking_id, version=None, now=now)
    if booking.status not in MADE_WHILE:
        raise NotNow("Le contrat se fait une fois la réservation confirmée, et jusqu’au retour.")
    check_gaps(gaps_of(vehicle, paris_day(now)))
    number = _number(booking, now)
    paper = draft(Rental(booking=booking, person=person, vehicle=vehicle), number=number, adviser=by.name, now=now)
    contract = Contract(number=number, booking_id=booking.id, terms=freeze(paper), made_at=now)
    db.session.add(contract)
    audit.record("make_contract", contract, by=by, now=now, subject=person)
    return contract


def follow(booking: Booking, person: Beneficiary, *, by: Viewer, now: datetime) -> None:
    """A contract made before gets its next version where it no longer says the vehicle or the dates of its booking.

    No exchange of keys waits for a paper: where a term is missing for the other vehicle, the contract's page asks for it afterwards.
    """
    contract, vehicle = find_contract(booking.id), db.session.get_one(Vehicle, booking.vehicle_id)
    if contract is None or is_current(contract, Rental(booking=booking, person=person, vehicle=vehicle)):
        return
    if not gaps_of(vehicle, paris_day(now)):
        make_contract(booking.id, by=by, now=now)


def sign_contract(
    booking_id: int,
    number: str,
    *,
    signer_name: str,
    agreed: bool,
    how: str = SCREEN,
    signature: str | None = None,
    by: Viewer,
    now: datetime,
) -> Contract:
    """Note the person's signature of this version: their typed name and ticked box, with a drawing when they made one.

    Raises NotFound, Conflict when it is signed or replaced, and what note_signature raises.
    """
    booking, person, vehicle = open_booking(booking_id, version=None, now=now)
    contract = find_contract(booking.id)
    if contract is None:
        raise NotFound(say("Ce contrat n’existe pas ici."))
    if contract.number != number:
        raise Conflict(say("Une nouvelle version de ce contrat a été faite entre-temps : relisez-la avant de signer."))
    if contract.signed_at is not None:
        raise Conflict(say("Ce contrat est déjà signé."))
    check_gaps(gaps_of(vehicle, paris_day(now)))  # a version of before this was asked may still wait for its signature
    note_signature(contract, say("le contrat"), signer_name=signer_name, agreed=agreed, how=how, signature=signature, by=by, now=now)
    audit.record("sign_contract", contract, by=by, now=now, subject=person)
    return contract


def _number(booking: Booking, now: datetime) -> str:
    """A number of its own for the first version of a chain; the next ones add theirs: "C-2026-0042-2"."""
    stem = stem_of_chain(booking)
    if stem is not None:
        return f"{stem}-{count_of_stem(stem) + 1}"
    year = paris_day(now).year
    return f"C-{year}-{numbers.take('contract', year):04d}"
