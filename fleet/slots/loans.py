"""Loans between platforms on the desk: what the other platform waits for."""

from collections.abc import Iterator
from datetime import date, datetime

from flask import Flask, url_for

from fleet.kinds import get_kind
from fleet.loans import say_waiting, waits_for
from fleet.models import VehicleLoan
from fleet.queries.loans import count_waiting, list_with_partners, side_of
from mobility.clock import now
from mobility.periods import say_moment
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Line, Slot, fill


def fill_loans(app: Flask) -> None:
    """Hang the card."""
    fill(app, Slot.DESK, _desk)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    """Only while something waits: most platforms lend nothing."""
    if not viewer.may(Role.MANAGER):
        return
    at = now()
    told = ((loan, other, _waits(loan, at)) for loan, other in list_with_partners())
    if lines := tuple(_line(loan, other, word, count_waiting(loan, at)) for loan, other, word in told if word):
        yield DeskCard(order=44, key="loans", title="Prêts entre plateformes", icon="arrow-left-right", lines=lines, empty="")


def _waits(loan: VehicleLoan, at: datetime) -> tuple[str, str, str] | None:
    return waits_for(loan.status, side_of(loan), ends_at=loan.ends_at, now=at, is_asked=loan.wanted_until is not None)


def _line(loan: VehicleLoan, other: str, word: tuple[str, str, str], waiting: int) -> Line:
    state, act, tone = word
    hit = f" ; {say_waiting(waiting)}" if waiting else ""
    return Line(
        text=f"{other} : {get_kind(loan.kind).name}",
        detail=f"du {say_moment(loan.starts_at)} au {say_moment(loan.ends_at)}{hit}",
        href=url_for("loans.index", _anchor=f"loan-{loan.id}"),
        state=state,
        tone=tone,
        act=act,
    )
