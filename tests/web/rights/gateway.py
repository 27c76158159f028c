"""Who reads and mends what the card gateway says: its balance, its differences."""

from mobility.rights import Role
from tests.web.rights.roles import MANAGER, TREASURER

ROWS: dict[str, set[Role]] = {
    # gateway_books
    "gateway_books.banked": {MANAGER, TREASURER},
    "gateway_books.decide": {MANAGER, TREASURER},
    "gateway_books.dispute": {MANAGER, TREASURER},
    "gateway_books.disputes": {MANAGER, TREASURER},
    "gateway_books.payouts": {MANAGER, TREASURER},
    "gateway_books.read": {MANAGER, TREASURER},
    "gateway_books_api.banked": {MANAGER, TREASURER},
    "gateway_books_api.decide": {MANAGER, TREASURER},
    "gateway_books_api.dispute": {MANAGER, TREASURER},
    "gateway_books_api.list_disputes": {MANAGER, TREASURER},
    "gateway_books_api.list_payouts": {MANAGER, TREASURER},
    "gateway_books_api.read": {MANAGER, TREASURER},
    # differences_api
    "differences_api.mend": {MANAGER, TREASURER},
    "differences_api.run": {MANAGER, TREASURER},
    "differences_api.seen": {MANAGER, TREASURER},
    "differences_api.show": {MANAGER, TREASURER},
    # differences
    "differences.mend": {MANAGER, TREASURER},
    "differences.run": {MANAGER, TREASURER},
    "differences.seen": {MANAGER, TREASURER},
    "differences.show": {MANAGER, TREASURER},
}
