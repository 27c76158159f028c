"""What a person agreed to, form by form, and who may say so for them."""

from mobility.models import LiaisonForm
from mobility.queries.liaison import FORMS, Sent
from mobility.rights import Role, Viewer


def list_consents(beneficiary_id: int) -> list[Sent]:
    """The forms about a person, each an agreement given, taken back, or never noted; the latest first."""
    return FORMS(beneficiary_id)


def may_decide(form: LiaisonForm, viewer: Viewer) -> bool:
    """The person, of their own; an adviser, for whoever tells them."""
    return viewer.may(Role.ADVISER, Role.MANAGER) or viewer.beneficiary_id == form.beneficiary_id
