"""Vehicles, bookings, rentals and the weekly meeting."""

from mobility.rights import STAFF, Role
from tests.web.rights.roles import ADVISER, MANAGER, MECHANIC

ROWS: dict[str, frozenset[Role] | set[Role]] = {
    # board
    "board.show": STAFF,
    # bookings
    "bookings.cancel": {ADVISER, MANAGER},
    "bookings.choose": {ADVISER, MANAGER},
    "bookings.confirm": {ADVISER, MANAGER},
    "bookings.create": {ADVISER, MANAGER},
    "bookings.extend": {ADVISER, MANAGER},
    "bookings.index": STAFF,
    "bookings.new": {ADVISER, MANAGER},
    "bookings.shift": {ADVISER, MANAGER},
    "bookings.shorten": {ADVISER, MANAGER},
    "bookings.show": STAFF,
    "bookings.swap": {ADVISER, MANAGER},
    "bookings.waive": {ADVISER, MANAGER},
    "bookings.who": {ADVISER, MANAGER},
    # bookings_api
    "bookings_api.cancel": {ADVISER, MANAGER},
    "bookings_api.confirm": {ADVISER, MANAGER},
    "bookings_api.create": {ADVISER, MANAGER},
    "bookings_api.eligibility": {ADVISER, MANAGER},
    "bookings_api.extend": {ADVISER, MANAGER},
    "bookings_api.free": {ADVISER, MANAGER},
    "bookings_api.index": STAFF,
    "bookings_api.shift": {ADVISER, MANAGER},
    "bookings_api.shorten": {ADVISER, MANAGER},
    "bookings_api.show": STAFF,
    "bookings_api.swap": {ADVISER, MANAGER},
    "bookings_api.waive": {ADVISER, MANAGER},
    # vehicles
    "vehicles.block": {ADVISER, MANAGER, MECHANIC},
    "vehicles.change": {ADVISER, MANAGER, MECHANIC},
    "vehicles.create": {ADVISER, MANAGER, MECHANIC},
    "vehicles.edit": {ADVISER, MANAGER, MECHANIC},
    "vehicles.index": STAFF,
    "vehicles.lift": {ADVISER, MANAGER, MECHANIC},
    "vehicles.new": {ADVISER, MANAGER, MECHANIC},
    "vehicles.show": STAFF,
    # vehicles_api
    "vehicles_api.block": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.change": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.create": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.current": STAFF,
    "vehicles_api.index": STAFF,
    "vehicles_api.lift": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.show": STAFF,
}
