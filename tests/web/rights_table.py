"""THE table of rights: every endpoint, and the roles that may come in. A route without its row turns the suite red and prints the row.

A row says what should be; `@allow` in the code says what is; tests/web/test_rights_matrix.py holds the two together and tries them by HTTP.
"""

from mobility.rights import STAFF, Role

ADVISER, MECHANIC, TREASURER, MANAGER = Role.ADVISER, Role.MECHANIC, Role.TREASURER, Role.MANAGER
PRESCRIBER, BENEFICIARY, NETWORK = Role.PRESCRIBER, Role.BENEFICIARY, Role.NETWORK
ALL = frozenset(Role)

PUBLIC: dict[str, str] = {  # open to anybody, and why
    "api-docs.openapi_json": "says how the API is spoken",
    "home.index": "names the platforms",
    "mileage_simulation.show": "a simulator: stateless, reads no database",
    "mileage_simulation_api.simulate": "a simulator: stateless, reads no database",
    "simulation_pages.rental": "a simulator: stateless, reads no database",
    "simulation_pages.schedule": "a simulator: stateless, reads no database",
    "simulations.rental": "a simulator: stateless, reads no database",
    "simulations.schedule": "a simulator: stateless, reads no database",
    "api_docs.show": "the page to try the API",
    "api_docs.asset": "the page to try the API",
    "home.platform": "says what a platform offers, and sends whoever is signed in to their place",
    "accounts.login": "the door",
    "accounts.enter": "the door",
    "accounts.logout": "the way out",
    "accounts.link": "proves itself by its token",
    "accounts.enter_by_link": "proves itself by its token",
    "accounts.forgotten": "mails a link, and tells nobody whether it did",
    "accounts.send_link": "mails a link, and tells nobody whether it did",
}

RIGHTS: dict[str, frozenset[Role] | set[Role]] = {
    # one's own account
    "own_account.password": ALL,
    "own_account.change_password": ALL,
    "own_account.second_factor_page": ALL,
    "own_account.pass_second_factor": ALL,
    # who may come in
    "team.list_all": {MANAGER},
    "team.new": {MANAGER},
    "team.create": {MANAGER},
    "team.show": {MANAGER},
    "team.renew_code": {MANAGER},
    "team.mail_link": {MANAGER},
    "team.grant": {MANAGER},
    "team.end_role": {MANAGER},
    "team.disable": {MANAGER},
    "team.enable": {MANAGER},
    "team.forget_phone": {MANAGER},
    "team.make_token": {MANAGER},
    "team.end_token": {MANAGER},
    "accounts_api.list_all": {MANAGER},
    "accounts_api.create": {MANAGER},
    "accounts_api.disable": {MANAGER},
    "accounts_api.make_token": {MANAGER},
    "accounts_api.end_token": {MANAGER},
    "access_letters.show": {ADVISER, MANAGER},
    "access_letters.make": {ADVISER, MANAGER},
    "network.show": {NETWORK},
    "network.create": {NETWORK},
    # the gathered pages
    "desk.show": STAFF,
    "desk.search": STAFF,
    "files.show": STAFF,
    "outbox.show": STAFF,
    "own_space.show": {BENEFICIARY},
    # vehicles, bookings, the board
    "vehicles.index": STAFF,
    "vehicles.show": STAFF,
    "vehicles.new": {ADVISER, MANAGER, MECHANIC},
    "vehicles.create": {ADVISER, MANAGER, MECHANIC},
    "vehicles.edit": {ADVISER, MANAGER, MECHANIC},
    "vehicles.change": {ADVISER, MANAGER, MECHANIC},
    "vehicles.block": {ADVISER, MANAGER, MECHANIC},
    "vehicles.lift": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.index": STAFF,
    "vehicles_api.show": STAFF,
    "vehicles_api.current": STAFF,
    "vehicles_api.create": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.change": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.block": {ADVISER, MANAGER, MECHANIC},
    "vehicles_api.lift": {ADVISER, MANAGER, MECHANIC},
    "board.show": STAFF,
    "bookings.index": STAFF,
    "bookings.show": STAFF,
    "bookings.who": {ADVISER, MANAGER},
    "bookings.new": {ADVISER, MANAGER},
    "bookings.choose": {ADVISER, MANAGER},
    "bookings.create": {ADVISER, MANAGER},
    "bookings.confirm": {ADVISER, MANAGER},
    "bookings.waive": {ADVISER, MANAGER},
    "bookings.extend": {ADVISER, MANAGER},
    "bookings.shorten": {ADVISER, MANAGER},
    "bookings.shift": {ADVISER, MANAGER},
    "bookings.swap": {ADVISER, MANAGER},
    "bookings.cancel": {ADVISER, MANAGER},
    "bookings_api.free": {ADVISER, MANAGER},
    "bookings_api.eligibility": {ADVISER, MANAGER},
    "bookings_api.index": STAFF,
    "bookings_api.show": STAFF,
    "bookings_api.create": {ADVISER, MANAGER},
    "bookings_api.confirm": {ADVISER, MANAGER},
    "bookings_api.waive": {ADVISER, MANAGER},
    "bookings_api.extend": {ADVISER, MANAGER},
    "bookings_api.shorten": {ADVISER, MANAGER},
    "bookings_api.shift": {ADVISER, MANAGER},
    "bookings_api.swap": {ADVISER, MANAGER},
    "bookings_api.cancel": {ADVISER, MANAGER},
    # the year
    "reports.year": {MANAGER, TREASURER},
    "reports.spreadsheet": {MANAGER, TREASURER},
    "imports.index": {MANAGER},
    "imports.show": {MANAGER},
    "imports.start": {MANAGER},
    "reports_api.year": {MANAGER, TREASURER},
}

# Where the view lets in fewer than its mark says, and why.
NARROWED: dict[str, set[Role]] = {
    "outbox.show": {MANAGER},  # everybody of the staff only in a demonstration
}
