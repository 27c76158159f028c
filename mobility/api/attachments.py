"""Files as the API takes and gives them."""

from typing import Any

from flask import Response

from mobility.models import Attachment
from mobility.rights import STAFF, Role
from mobility.schemas.attachments import AttachmentAskedSchema, AttachmentOut, AttachmentSchema
from mobility.views.attachments import answer, take_in
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("attachments_api", __name__, url_prefix="/api/v1/p/<slug>/attachments", description="Photos et pièces")


@blp.post("")
@blp.arguments(AttachmentSchema, location="query")
@blp.response(201, AttachmentOut)
@allow(*STAFF, Role.BENEFICIARY)
def add(asked: dict[str, Any]) -> Attachment:
    """Send a file as `file` of a multipart/form-data body; an act then claims it by its number."""
    return take_in(**asked)


@blp.get("/<int:attachment_id>")
@blp.arguments(AttachmentAskedSchema, location="query")
@blp.response(200, content_type="image/jpeg", description="La photo, ou le PDF")
@allow(*STAFF, Role.BENEFICIARY)
def show(asked: dict[str, Any], attachment_id: int) -> Response:
    """The file itself."""
    return answer(attachment_id, small=asked["size"] == "small")
