"""The board's vehicles as a list: the same filters as the fleet's, and what each vehicle does at this moment."""

from dataclasses import replace
from functools import partial

from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, WORKSHOP
from fleet.lists import VEHICLES
from fleet.queries.planning import FREE, is_now
from mobility.clock import now
from mobility.listing import Filter
from mobility.web.fields import Choice

STATES = {FREE: "libre", HELD: "en option", CONFIRMED: "réservé", OUT: "dehors", LATE: "en retard", WORKSHOP: "immobilisé"}
_doing = Filter("state", "En ce moment", partial(Choice, STATES), lambda q, v: q.filter(is_now(v, now())), lambda: list(STATES.items()))
BOARD = replace(
    VEHICLES,
    name="planning",
    title="Planning",
    filters=[*(each for each in VEHICLES.filters if each.name != "stage"), _doing],
    size=200,
)
