"""Two liaison forms begun and left: a prescriber was called away, an adviser waits for a number."""

from demo.stage import Stage
from demo.timeline import Story
from mobility.actions.liaison_drafts import keep_draft


def drafts(stage: Stage) -> Story:
    """Yesterday afternoon, and this morning."""
    yield stage.at(-1, 16, 50)
    typed = {"first_name": "Ysaline", "last_name": "Courtevoie", "contact_by": "sms", "motive": "training", "job_place": "Le lycée du Port"}
    typed |= {"commune": "13600 La Ciotat", "job_hours": "lun–ven 8:30–16:30", "referent_name": "Aubane Lestorey"}
    keep_draft(key="commencee-entre-deux-rendez-vous", typed=typed, by=stage.prescribers[0], now=stage.now)
    yield stage.at(0, 8, 5)
    typed = {"first_name": "Bastiane", "last_name": "Orgeval", "contact_by": "phone", "motive": "job", "consent": "yes"}
    keep_draft(key="papier-recu-ce-matin", typed=typed, by=stage.adviser, now=stage.now)
