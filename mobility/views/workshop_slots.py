"""What workshops show elsewhere: in the menu and in one's own space."""

from collections.abc import Iterable
from datetime import date

from flask import Flask, url_for

from mobility.queries.workshops import list_seats_of
from mobility.rights import Viewer
from mobility.slots import Line, NavItem, Section, Slot, fill
from mobility.tongues import say
from mobility.views.workshop_list import line_of
from mobility.views.workshops import ADVISERS
from mobility.workshops import PRESENT


def register(app: Flask) -> None:
    """Fill the slots."""
    fill(app, Slot.NAV, nav)
    fill(app, Slot.OWN_SPACE, own_sections)


def nav(viewer: Viewer) -> Iterable[NavItem]:
    """The calendar of workshops, for those who lead them."""
    if viewer.may(*ADVISERS):
        href = url_for("workshops.index")
        yield NavItem(order=27, label="Ateliers", href=href, icon="people", endpoint="workshops.index")


def own_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """One's own invitations; nothing for who was never asked."""
    seats = list_seats_of(beneficiary_id)
    if not seats:
        return
    paper = Line(text=say("Mon attestation de présence"), href=url_for("attendance.attestation", beneficiary_id=beneficiary_id))
    yield Section(
        order=15,
        key="workshops",
        title=say("Mes ateliers"),
        icon="people",
        lines=tuple(line_of(seat, workshop, url_for("workshops.own_seat", seat_id=seat.id)) for seat, workshop in seats),
        acts=(paper,) if any(seat.mark in PRESENT and not workshop.stops for seat, workshop in seats) else (),
    )
