"""The workshop on the pages that gather: the mechanic’s day, the menu."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, url_for

from fleet.lists import work_state
from fleet.queries.vehicles import full_name
from fleet.queries.workshop import list_running_orders
from fleet.work import SUBJECTS
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Line, NavItem, Slot, fill

_WORKSHOP = (Role.MECHANIC, Role.MANAGER)


def fill_workshop(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.DESK, _desk)
    fill(app, Slot.NAV, _nav)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    if viewer.may(*_WORKSHOP):
        yield DeskCard(
            order=58,
            key="work-orders",
            title="À l’atelier",
            icon="tools",
            lines=tuple(_to_do()),
            empty="Aucun ordre de réparation n’est en cours.",
            more_href=url_for("work_orders.index"),
        )


def _to_do() -> Iterator[Line]:
    for order, vehicle, garage, _ in list_running_orders():
        state = work_state(order)
        yield Line(
            text=full_name(vehicle),
            detail=", ".join(part for part in (SUBJECTS[order.subject].capitalize(), garage) if part),
            href=url_for("work_orders.show", order_id=order.id),
            state=state.word,
            tone=state.tone,
            act="Voir",
        )


def _nav(viewer: Viewer) -> Iterator[NavItem]:
    if viewer.may(*_WORKSHOP):
        yield NavItem(order=23, label="Atelier", href=url_for("work_orders.index"), icon="tools", endpoint="work_orders.index")
