"""Files that look alike: told apart, or made one and two again."""

from mobility.rights import Role
from tests.web.rights.roles import ADVISER, MANAGER

ROWS: dict[str, frozenset[Role] | set[Role]] = {
    "likeness.apart": {ADVISER, MANAGER},
    "likeness.show": {ADVISER, MANAGER},
    "likeness_api.apart": {ADVISER, MANAGER},
    "likeness_api.show": {ADVISER, MANAGER},
    "merges.index": {ADVISER, MANAGER},
    "merges.make": {ADVISER, MANAGER},
    "merges.show": {ADVISER, MANAGER},
    "merges.undo": {ADVISER, MANAGER},
    "merges_api.index": {ADVISER, MANAGER},
    "merges_api.make": {ADVISER, MANAGER},
    "merges_api.show": {ADVISER, MANAGER},
    "merges_api.undo": {ADVISER, MANAGER},
}
