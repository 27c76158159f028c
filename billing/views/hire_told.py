"""What the page of an order to a hirer shows, and the forms of all its acts."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import request

from billing import hires
from billing.models import HireStep
from billing.queries.claims import list_payers
from billing.queries.fuel import fuel_of
from billing.queries.hire_papers import say_parts, usual_days
from billing.queries.hires import HireRow, as_steps, bill_in, list_hire_steps, parts_of, said_return
from billing.views.amounts import typed
from billing.views.hire_acts import OF_ORDER, OF_STEP
from mobility.clock import today
from mobility.web.forms import Form
from mobility.web.viewer import viewer

WORDS = {
    "names": hires.ACTS,
    "lines": hires.LINES,
    "bill_states": hires.BILL_STATES,
    "bill_tones": hires.BILL_TONES,
    "units": hires.UNITS,
}


def told_of(row: HireRow) -> dict[str, Any]:
    """Where an order stands, its invoices, calls and shares with what is left of each, and who bears what."""
    steps, parts, payers = list_hire_steps(row.order.id), parts_of(row.account.id), [line.payer for line in list_payers()]
    stand = _standing(steps)
    return WORDS | {
        "state": (hires.STATES[row.state], hires.TONES.get(row.state, "neutral")),
        "said_return": said_return(row, today()),
        "steps": steps,
        "known": {step.id for step in stand},
        "undoable": {step.id for step in as_steps(stand) if hires.may_undo(step, as_steps(steps))},
        "bills": [(step, bill_in(step, steps)) for step in stand if step.act == hires.BILLED],
        "calls": [(step, _left(step, stand, hires.PAID), _left(step, stand, hires.OWED, hires.LOST)) for step in _of(stand, hires.CALLED)],
        "shares": [(step, _left(step, stand, hires.RECEIVED)) for step in _of(stand, hires.SHARED)],
        "was_guaranteed": any(step.act == hires.GUARANTEED for step in steps),
        "parts": say_parts(parts),
        "invoiced_cents": parts.invoiced,
        "own_cents": parts.own,
        "fuel": fuel_of(row.account),
        "payers": [(payer.id, payer.name) for payer in payers],
        "payer_names": {payer.id: payer.name for payer in payers},
        "may": {act.name: viewer().may(*act.roles) for act in (*OF_ORDER, *OF_STEP)},
    }


def forms_of(row: HireRow, steps: list[HireStep], refused: Form | None, step_id: int | None) -> dict[str, Form]:
    """A form an act, and an act a step; the one that was refused keeps what was typed."""
    stand = _standing(steps)
    forms = {act.name: Form(prefix=act.name, values=values) for act, values in zip(OF_ORDER, _usual(row, stand), strict=True)}
    for step in stand:
        for act in OF_STEP:
            name = f"{act.name}-{step.id}"
            forms[name] = Form(prefix=name, values={"on": today().isoformat(), "cents": typed(_open(act.name, step, steps))})
    tried = (request.endpoint or "").partition(".")[2] + (f"-{step_id}" if step_id else "")
    if refused is not None and tried in forms:
        forms[tried] = replace(refused, prefix=tried)
    return forms


def _usual(row: HireRow, stand: list[HireStep]) -> list[dict[str, Any]]:
    """What each act of an order begins with, in their order."""
    spans = [date.fromisoformat((step.content or {})["last_on"]) for step in _of(stand, hires.BILLED)]
    first_on, last_on = usual_days(row, max(spans, default=None))
    day = {"on": today().isoformat()}
    usual = {"contract": day, "call": day, "extend": {"last_on": row.order.last_on.isoformat()}}
    usual["invoice"] = day | {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
    return [usual.get(act.name, {}) for act in OF_ORDER]


def _open(act: str, step: HireStep, steps: list[HireStep]) -> int:
    """What is left of a step for an act on it."""
    stand = _standing(steps)
    if step.act == hires.BILLED:
        return bill_in(step, steps).left_cents
    return _left(step, stand, hires.OWED, hires.LOST) if act in ("owed", "lost") else _left(step, stand, hires.PAID, hires.RECEIVED)


def _standing(steps: list[HireStep]) -> list[HireStep]:
    known = {step.id for step in hires.standing(as_steps(steps))}
    return [step for step in steps if step.id in known]


def _of(stand: list[HireStep], act: str) -> list[HireStep]:
    return [step for step in stand if step.act == act]


def _left(step: HireStep, stand: list[HireStep], *acts: str) -> int:
    return step.cents - sum(one.cents for one in stand if one.about_id == step.id and one.act in acts)
