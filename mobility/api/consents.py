"""A person's agreements as JSON."""

from marshmallow import Schema, fields

from mobility.actions import consents, tongues
from mobility.clock import now
from mobility.models import Beneficiary, LiaisonForm
from mobility.queries.consents import list_consents
from mobility.queries.liaison import Sent
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.schemas.liaison import ConsentSchema
from mobility.schemas.tongues import TongueOut, TongueSchema
from mobility.views.consents import ADVISERS, own_id
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("consents_api", __name__, url_prefix="/api/v1/p/<slug>", description="Les accords d’une personne")


class DecidedOut(Schema):
    """The agreements of a form as they stand: to news going to whoever sent it, and to the referent it names."""

    form_id = fields.Integer(attribute="id", required=True)
    number = fields.String(required=True)
    consent_on = fields.Date(required=True, allow_none=True)
    withdrawn_at = fields.DateTime(required=True, allow_none=True, format="iso")
    referent_name = fields.String(required=True, allow_none=True)
    referent_consent_on = fields.Date(required=True, allow_none=True)
    referent_withdrawn_at = fields.DateTime(required=True, allow_none=True, format="iso")


class ConsentOut(DecidedOut):
    """With the structure that it is about."""

    structure = fields.String(required=True)


@blp.get("/me/consents")
@blp.response(200, ConsentOut(many=True))
@allow(Role.BENEFICIARY)
def own() -> list[Sent]:
    """One's own, the latest form first."""
    return list_consents(own_id())


@blp.post("/me/tongue")
@blp.arguments(TongueSchema)
@blp.response(200, TongueOut)
@allow(Role.BENEFICIARY)
def write_in(sent: dict[str, str | None]) -> Beneficiary:
    """Be written to in one's own tongue too; without one, in French alone."""
    return tongues.write_in(own_id(), **sent, by=viewer(), now=now())


@blp.get("/people/<int:beneficiary_id>/consents")
@blp.response(200, ConsentOut(many=True))
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> list[Sent]:
    """A person's, the latest form first; the look at the file is noted."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="consents")
    return list_consents(person.id)


@blp.post("/consents/<int:form_id>/withdraw")
@blp.arguments(ConsentSchema)
@blp.response(200, DecidedOut)
@allow(*ADVISERS, Role.BENEFICIARY)
def withdraw(sent: dict[str, str], form_id: int) -> LiaisonForm:
    """Taken back, at once."""
    return consents.withdraw_consent(form_id, **sent, by=viewer(), now=now())


@blp.post("/consents/<int:form_id>/give")
@blp.arguments(ConsentSchema)
@blp.response(200, DecidedOut)
@allow(*ADVISERS, Role.BENEFICIARY)
def give(sent: dict[str, str], form_id: int) -> LiaisonForm:
    """Given again."""
    return consents.give_consent(form_id, **sent, by=viewer(), now=now())
