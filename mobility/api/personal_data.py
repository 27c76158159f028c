"""Everything held about a person as the API gives it: the same archive."""

from flask import Response

from mobility.rights import Role
from mobility.views.personal_data import ADVISERS, everything_of, own_everything
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("personal_data_api", __name__, url_prefix="/api/v1/p/<slug>", description="Ce qui est gardé d’une personne")


@blp.get("/me/everything")
@blp.response(200, content_type="application/zip", description="L’archive : donnees.json, les fichiers, les documents")
@allow(Role.BENEFICIARY)
def own_archive() -> Response:
    """Everything of one's own, as one archive."""
    return own_everything()


@blp.get("/people/<int:beneficiary_id>/everything")
@blp.response(200, content_type="application/zip", description="L’archive : donnees.json, les fichiers, les documents")
@allow(*ADVISERS)
def archive(beneficiary_id: int) -> Response:
    """Everything of a person, as one archive; the look at the file is noted."""
    return everything_of(beneficiary_id)
