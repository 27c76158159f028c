"""A person whom a second structure sent with name and first name the wrong way round: two files, made one by the adviser."""

from demo.stage import Stage
from demo.timeline import Story
from fleet.queries.rentals import list_rentals
from mobility.actions.merging import merge_files
from mobility.actions.people import register_beneficiary


def alike(stage: Stage) -> Story:
    """Opened ten days ago, seen to be the same person a week ago."""
    yield stage.at(-10, 11, 20)
    person = list_rentals()[-1].person
    turned = register_beneficiary(
        first_name=person.last_name, last_name=person.first_name, phone=person.phone, by=stage.adviser, now=stage.now
    )
    yield stage.at(-7, 9, 40)
    merge_files(person.id, turned.id, chosen=(), by=stage.adviser, now=stage.now)
