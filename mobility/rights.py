"""Who acts: the roles, and the viewer that every read is scoped by and every write is signed with. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from mobility.tongues import say


class Role(StrEnum):
    """The seven roles (domain.md §1). One account may hold several, on several platforms."""

    ADVISER = "adviser"
    MECHANIC = "mechanic"
    TREASURER = "treasurer"
    PRESCRIBER = "prescriber"
    BENEFICIARY = "beneficiary"
    MANAGER = "manager"
    NETWORK = "network"


STAFF = frozenset({Role.ADVISER, Role.MECHANIC, Role.TREASURER, Role.MANAGER})
# Who of the staff reads people's files and money; the mechanic comes to the vehicles (domain.md §1).
FILE_READERS = STAFF - {Role.MECHANIC}
# Who reads what the law keeps of an erased person, under their number (docs/adr/0027).
ARCHIVE_READERS = (Role.MANAGER, Role.TREASURER)

ROLE_NAMES = {
    Role.ADVISER: "conseiller mobilité",
    Role.MECHANIC: "mécanicien",
    Role.TREASURER: "trésorier",
    Role.PRESCRIBER: "prescripteur",
    Role.BENEFICIARY: say("bénéficiaire"),
    Role.MANAGER: "responsable",
    Role.NETWORK: "administrateur du réseau",
}


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Somebody acting on one platform with the roles granted there. `account_id` is None for the house's own jobs and for visitors."""

    name: str
    account_id: int | None = None
    platform_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    structure_ids: frozenset[int] = field(default_factory=frozenset)
    beneficiary_id: int | None = None

    @property
    def is_staff(self) -> bool:
        """Whether any role held is one of the platform's own people."""
        return bool(self.roles & STAFF)

    def may(self, *roles: Role) -> bool:
        """Whether one of these roles is held."""
        return not self.roles.isdisjoint(roles)


VISITOR = Viewer(name="visiteur")


def house(platform_id: int | None) -> Viewer:
    """The house itself: jobs, the command line, webhooks."""
    return Viewer(name="Point-Étape", platform_id=platform_id, roles=frozenset({Role.ADVISER, Role.MANAGER, Role.TREASURER}))
