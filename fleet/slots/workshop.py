"""The workshop on the pages that gather: the mechanic’s day, the menu."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, url_for

from fleet.lists import work_state
from fleet.queries.upkeep import list_pressing
from fleet.queries.vehicles import full_name
from fleet.queries.workshop import list_running_orders
from fleet.upkeep import ITEM_NAMES, judge_day
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
        yield DeskCard(
            order=59,
            key="upkeep",
            title="À prévoir",
            icon="bell",
            lines=tuple(_pressing(today)),
            empty="Aucune échéance n’approche.",
            more_href=url_for("upkeep.index"),
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


def _pressing(today: date) -> Iterator[Line]:
    for due, vehicle, _ in list_pressing(today):
        word, tone = judge_day(due.due_on, due.remind_on, today)
        yield Line(
            text=f"{full_name(vehicle)} : {ITEM_NAMES[due.item]}",
            detail=due.sentence,
            href=url_for("upkeep.show", vehicle_id=vehicle.id),
            state=word,
            tone=tone,
            act="Prévoir",
        )


def _nav(viewer: Viewer) -> Iterator[NavItem]:
    if viewer.may(*_WORKSHOP):
        yield NavItem(order=23, label="Atelier", href=url_for("work_orders.index"), icon="tools", endpoint="work_orders.index")
