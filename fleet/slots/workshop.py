"""The workshop on the pages that gather: the mechanic’s day, the menu."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import Flask, url_for

from fleet.availability import UNKNOWN, doubts
from fleet.defects import NEW, PARTS, STATE_NAMES, STATE_TONES, say_state
from fleet.lists import work_state
from fleet.models import Block, Booking, Defect
from fleet.queries.defects import list_defects_of, list_new_defects
from fleet.queries.rentals import list_rentals
from fleet.queries.rescue import list_on_foot
from fleet.queries.upkeep import list_pressing
from fleet.queries.vehicles import facts_of, full_name, list_undated
from fleet.queries.workshop import list_running_orders
from fleet.upkeep import ITEM_NAMES, judge_day
from fleet.work import SUBJECTS, say_garage
from mobility.clock import now
from mobility.periods import say_moment
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Line, NavItem, Section, Slot, fill
from mobility.tongues import capital, joined, say

AHEAD = timedelta(days=7)
_WORKSHOP = (Role.MECHANIC, Role.MANAGER)


def fill_workshop(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.DESK, _desk)
    fill(app, Slot.NAV, _nav)
    fill(app, Slot.OWN_SPACE, _own_defects)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    if viewer.may(Role.ADVISER, Role.MANAGER) and (lines := tuple(_on_foot())):
        yield DeskCard(order=8, key="stranded", title="Sans véhicule", icon="cone-striped", lines=lines, empty="")
    if viewer.may(*_WORKSHOP):
        yield DeskCard(
            order=57,
            key="defects",
            title="Défauts signalés",
            icon="chat-dots",
            lines=tuple(_told()),
            empty="Aucun défaut n’attend d’être regardé.",
            more_href=url_for("defects.index"),
        )
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


def _on_foot() -> Iterator[Line]:
    """Whom a vehicle leaves on foot: a defect, the workshop, now or in the coming week."""
    for vehicle, booking, person, block in list_on_foot(until=now() + AHEAD, now=now()):
        detail, state, tone = _why_on_foot(booking, block)
        yield Line(
            text=f"{person.first_name} {person.last_name}, {vehicle.label}",
            detail=detail,
            href=url_for("rescue.show", vehicle_id=vehicle.id),
            state=state,
            tone=tone,
            act="Dépanner",
        )


def _why_on_foot(booking: Booking, block: Block | None) -> tuple[str, str, str]:
    if block is None or booking.handed_over_at is None:
        return f"départ prévu {say_moment(booking.starts_at)}", "à l’atelier", "over"
    if block.starts_at > now():
        return f"à partir de {say_moment(block.starts_at)}", "atelier prévu", "near"
    return f"jusqu’au {say_moment(block.ends_at)}", "ne doit plus rouler" if block.reason == "breakdown" else "à l’atelier", "over"


def _told() -> Iterator[Line]:
    for defect, vehicle in list_new_defects():
        yield Line(
            text=f"{full_name(vehicle)} : {PARTS[defect.part]}",
            detail=say_moment(defect.told_at),
            href=url_for("defects.show", defect_id=defect.id),
            state=STATE_NAMES[NEW],
            tone=STATE_TONES[NEW],
            act="Regarder",
        )


def _own_defects(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    """What the person told of their vehicle, what became of it, and the place to tell more."""
    rentals, told = list_rentals(beneficiary_id=beneficiary_id), list_defects_of(beneficiary_id)
    if rentals or told:
        yield Section(
            order=13,
            key="defects",
            title=say("Un défaut sur mon véhicule"),
            icon="cone-striped",
            sentence="" if told else say("Un bruit, un pneu, un voyant, un frein : dites-le dès que vous le voyez."),
            lines=tuple(_own_told(defect) for defect, _ in told[:5]),
            acts=tuple(Line(text=say("Signaler un défaut"), href=url_for("defects.tell", booking_id=r.booking.id)) for r in rentals),
        )


def _own_told(defect: Defect) -> Line:
    said = joined(". ", (say_moment(defect.told_at), say_state(defect.state, defect.answer)))
    return Line(text=capital(PARTS[defect.part]), detail=said, state=STATE_NAMES[defect.state], tone=STATE_TONES[defect.state])


def _to_do() -> Iterator[Line]:
    for order, vehicle, garage, _ in list_running_orders():
        state, said = work_state(order), say_garage(order.proposed_starts_at, order.told_done_at)
        yield Line(
            text=full_name(vehicle),
            detail=", ".join(part for part in (SUBJECTS[order.subject].capitalize(), garage, said) if part),
            href=url_for("work_orders.show", order_id=order.id),
            state=state.word,
            tone=state.tone,
            act="Voir",
        )


def _pressing(today: date) -> Iterator[Line]:
    for vehicle in list_undated(today):
        yield Line(
            text=full_name(vehicle),
            detail=" ; ".join(UNKNOWN[doubt.code] for doubt in doubts(facts_of(vehicle))).capitalize(),
            href=url_for("vehicles.edit", vehicle_id=vehicle.id),
            state="date inconnue",
            tone="near",
            act="Noter",
        )
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
