"""What vehicles cost, where they go (from pole to pole, from platform to platform), and the calendars that follow them."""

from mobility.rights import STAFF, Role
from tests.web.rights.roles import ADVISER, MANAGER, MECHANIC, TREASURER

ROWS: dict[str, frozenset[Role] | set[Role]] = {
    "calendars.index": STAFF,
    "calendars.make": STAFF,
    "calendars.renew": STAFF,
    "calendars.stop": STAFF,
    "calendars_api.index": STAFF,
    "calendars_api.make": STAFF,
    "calendars_api.renew": STAFF,
    "calendars_api.stop": STAFF,
    "costs.drop": {MANAGER, MECHANIC, TREASURER},
    "costs.index": STAFF,
    "costs.note": {MANAGER, MECHANIC, TREASURER},
    "costs.of_vehicle": STAFF,
    "costs_api.drop": {MANAGER, MECHANIC, TREASURER},
    "costs_api.index": STAFF,
    "costs_api.note": {MANAGER, MECHANIC, TREASURER},
    "costs_api.of_vehicle": STAFF,
    "loans.ask": {MANAGER},
    "loans.index": {MANAGER},
    "loans.step": {MANAGER},
    "loans.ask_longer": {MANAGER},
    "loans.answer_longer": {MANAGER},
    "loans_api.ask_longer": {MANAGER},
    "loans_api.answer_longer": {MANAGER},
    "loans_api.ask": {MANAGER},
    "loans_api.index": {MANAGER},
    "loans_api.partners": {MANAGER},
    "loans_api.step": {MANAGER},
    "transfers.move": {ADVISER, MANAGER, MECHANIC},
    "transfers.show": {ADVISER, MANAGER, MECHANIC},
    "transfers_api.index": STAFF,
    "transfers_api.move": {ADVISER, MANAGER, MECHANIC},
}
