"""The roles by their short names, for the rows."""

from mobility.rights import Role

ADVISER, MECHANIC, TREASURER, MANAGER = Role.ADVISER, Role.MECHANIC, Role.TREASURER, Role.MANAGER
PRESCRIBER, BENEFICIARY, NETWORK = Role.PRESCRIBER, Role.BENEFICIARY, Role.NETWORK
ALL = frozenset(Role)
