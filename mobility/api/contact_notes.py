"""What was said with people, as JSON."""

from typing import Any

from mobility.actions.contact_notes import note_contact, withdraw_contact
from mobility.clock import now
from mobility.models import ContactNote
from mobility.queries.contact_notes import list_contact_notes
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.schemas.contact_notes import ContactNoteOut, ContactNoteSchema
from mobility.schemas.liaison import NothingSchema
from mobility.views.consents import ADVISERS, own_id
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("contact_notes_api", __name__, url_prefix="/api/v1/p/<slug>", description="Les échanges notés")


@blp.get("/me/contacts")
@blp.response(200, ContactNoteOut(many=True))
@allow(Role.BENEFICIARY)
def own() -> list[ContactNote]:
    """One's own, the latest first."""
    return [told.row for told in list_contact_notes(own_id())]


@blp.get("/people/<int:beneficiary_id>/contacts")
@blp.response(200, ContactNoteOut(many=True))
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> list[ContactNote]:
    """A person's, the latest first; the look at the file is noted."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="contacts")
    return [told.row for told in list_contact_notes(person.id)]


@blp.post("/people/<int:beneficiary_id>/contacts")
@blp.arguments(ContactNoteSchema)
@blp.response(201, ContactNoteOut)
@allow(*ADVISERS)
def create(sent: dict[str, Any], beneficiary_id: int) -> ContactNote:
    """Note an exchange."""
    return note_contact(beneficiary_id, **sent, by=viewer(), now=now())


@blp.post("/contacts/<int:note_id>/withdraw")
@blp.arguments(NothingSchema)
@blp.response(200, ContactNoteOut)
@allow(*ADVISERS)
def withdraw(sent: dict[str, Any], note_id: int) -> ContactNote:
    """Take back what was noted by mistake."""
    return withdraw_contact(note_id, by=viewer(), now=now())
