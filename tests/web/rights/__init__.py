"""THE table of rights: every endpoint, and the roles that may come in; a file per floor. A route without its row turns the suite red.

A row says what should be; `@allow` in the code says what is; tests/web/test_rights_matrix.py holds the two together, tries them by HTTP,
and prints the row that is missing.
"""

from mobility.rights import Role
from tests.web.rights import alike, assessments, billing, cards, fleet, gateway, ground, hires, places, rentals
from tests.web.rights.roles import MANAGER

RIGHTS = (
    ground.ROWS
    | alike.ROWS
    | assessments.ROWS
    | billing.ROWS
    | cards.ROWS
    | gateway.ROWS
    | hires.ROWS
    | fleet.ROWS
    | rentals.ROWS
    | places.ROWS
)

_OFFER = "what a platform publishes of its vehicles, without anybody"
_SIMULATOR = "a simulator: stateless, reads no database"
_DOOR = "the door"
_TOKEN = "proves itself by its token"
_MAILS = "mails a link, and tells nobody whether it did"

PUBLIC: dict[str, str] = {  # open to anybody, and why
    "api-docs.openapi_json": "says how the API is spoken",
    "api_docs.show": "the page to try the API",
    "api_docs.asset": "the page to try the API",
    "home.index": "names the platforms",
    "home.platform": "says what a platform offers, and sends whoever is signed in to their place",
    "offline.worker": "a script, the same for everybody",
    "structures.prescribe": "tells a referent what the platform does and how to get in",
    "accounts.login": _DOOR,
    "accounts.enter": _DOOR,
    "accounts.logout": "the way out",
    "tongue.choose": "one reads before one signs in; it writes nothing but this browser's cookie",
    "accounts.link": _TOKEN,
    "accounts.enter_by_link": _TOKEN,
    "accounts.forgotten": _MAILS,
    "accounts.send_link": _MAILS,
    "booklet.shared": _TOKEN,
    "calendars.feed": _TOKEN,
    "card.link": _TOKEN,
    "garage_door.done": _TOKEN,
    "garage_door.index": _TOKEN,
    "garage_door.labour": _TOKEN,
    "garage_door.part": _TOKEN,
    "genuine.show": "a printed code of 128 bits: a stranger reads two days and nothing of the person",
    "genuine_api.show_genuine": "a printed code of 128 bits: a stranger reads two days and nothing of the person",
    "garage_door.propose": _TOKEN,
    "garage_door.show": _TOKEN,
    "card.pay": _TOKEN,
    "card.receipt": _TOKEN,
    "card.back": "proves itself by a key of 256 bits; shows an amount and a state, no name",
    "card_holds.agree": _TOKEN,
    "card_holds.back": "proves itself by a key of 256 bits; shows a card's last digits, an amount and a state, no name",
    "card_holds.link": _TOKEN,
    "saved_cards.agree": _TOKEN,
    "saved_cards.back": "proves itself by a key of 256 bits; shows a card's last digits and a state, no name",
    "saved_cards.link": _TOKEN,
    "workshop_doors.answer": _TOKEN,
    "workshop_doors.link": _TOKEN,
    "card.webhook": "proves itself by the gateway's signature",
    "labels.scan": "a label's code of 128 bits: a stranger reads the platform's phone and nothing of the vehicle",
    "mileage_simulation.show": _SIMULATOR,
    "mileage_simulation_api.simulate": _SIMULATOR,
    "offer.show": _OFFER,
    "offer_api.gbfs": _OFFER,
    "offer_api.services": _OFFER,
    "offer_api.show": _OFFER,
    "offer_api.structures": _OFFER,
    "short_check.show": _SIMULATOR,
    "short_check_api.answer_short_check": _SIMULATOR,
    "simulation_pages.rental": _SIMULATOR,
    "simulation_pages.schedule": _SIMULATOR,
    "simulations.rental": _SIMULATOR,
    "simulations.schedule": _SIMULATOR,
}

# Where the view lets in fewer than its mark says, and why.
NARROWED: dict[str, set[Role]] = {
    "outbox.show": {MANAGER},  # everybody of the staff only in a demonstration
}
