"""How two people chose to go to work, beside their adviser."""

from datetime import time, timedelta

from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.modes import choose_mode
from fleet.modes import NO, NOTHING, TOOLS
from fleet.queries.rentals import list_rentals

_CHOSEN = (("bike", "price", 42, NOTHING), ("car", "hours", 214, TOOLS))


def modes(stage: Stage) -> Story:
    """Compared at the desk, nine days ago."""
    yield stage.at(-9, 10, 20)
    for rental, (mode, reason, tenths, load) in zip(list_rentals(), _CHOSEN, strict=False):
        question = {"one_way_tenths": tenths, "work_from": time(5), "work_to": time(13), "carrying": load, "transit": NO}
        period = {"starts_at": stage.now + timedelta(days=1), "ends_at": stage.now + timedelta(days=29), "new_chain": "new_job"}
        choose_mode(rental.person.id, mode=mode, reason=reason, **question, **period, by=stage.adviser, now=stage.now)
