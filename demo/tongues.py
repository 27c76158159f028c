"""Two people who asked to be written to in their tongue too, below the French."""

from demo.stage import Stage
from demo.timeline import Story
from fleet.queries.rentals import list_rentals
from mobility.actions.tongues import write_in
from mobility.rights import Role, Viewer

_ASKED = ("uk", "fr-facile")


def tongues(stage: Stage) -> Story:
    """From their own space, two weeks ago: what was sent since holds both."""
    yield stage.at(-14, 18, 10)
    for rental, tongue in zip(list_rentals(), _ASKED, strict=False):
        own = Viewer(name=rental.name, roles=frozenset({Role.BENEFICIARY}), beneficiary_id=rental.person.id)
        write_in(rental.person.id, tongue, by=own, now=stage.now)
