"""A structure's own figures: what became of the people it sent (domain.md §8)."""

from datetime import date

from sqlalchemy import select

from mobility.db import db
from mobility.models import LiaisonForm
from mobility.queries import liaison
from mobility.queries.structures import get_structure
from mobility.rights import Viewer
from mobility.slots import Slot, gather
from mobility.structure_figures import Answered, StructureFigures, count


def structure_figures(year: int, structure_id: int | None, viewer: Viewer) -> StructureFigures:
    """The forms received in a year from one structure, or from all that the viewer may see. Raises NotFound for another's."""
    asked = liaison.visible(select(*(getattr(LiaisonForm, name) for name in Answered._fields)), viewer)
    asked = asked.filter(LiaisonForm.received_on.between(date(year, 1, 1), date(year, 12, 31)))
    if structure_id is not None:
        asked = asked.filter(LiaisonForm.structure_id == get_structure(structure_id, viewer).id)
    forms = [Answered(*row) for row in db.session.execute(asked)]
    people = {form.beneficiary_id for form in forms if form.is_accepted}
    return count(year, forms, dict(gather(Slot.OUTCOMES, people, date(year, 1, 1))) if people else {})
