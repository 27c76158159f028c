"""What advisers said with people these last days: a few lines in their files."""

from datetime import timedelta

from demo.stage import Stage
from demo.timeline import Story
from fleet.queries.rentals import list_rentals
from mobility.actions.contact_notes import note_contact

_SAID = (
    {"subject": "job", "way": "phone", "side": "them", "note": "Embauchée en CDI à partir du mois prochain, mêmes horaires."},
    {"subject": "vehicle", "way": "sms", "side": "us", "note": "Pression des pneus à revoir avant la prochaine visite."},
    {"subject": "licence", "way": "met", "side": "us", "note": "Inscrite à l’auto-école sociale, code prévu en janvier."},
)


def contact_notes(stage: Stage) -> Story:
    """Three people under way, each told of something; one noted the day after."""
    yield stage.at(-4, 16, 20)
    for rental, said in zip(list_rentals(), _SAID, strict=False):
        note_contact(rental.person.id, **said, at=stage.now - timedelta(hours=2), by=stage.adviser, now=stage.now)
