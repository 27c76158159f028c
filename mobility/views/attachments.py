"""Files kept: sent ahead by a page's script, and shown to who may see them; each look of the staff at a person's is noted."""

from flask import Blueprint, Flask, Response, request, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.attachments import keep_attachment
from mobility.clock import now
from mobility.errors import RuleBroken
from mobility.models import Attachment
from mobility.queries.attachments import get_attachment
from mobility.rights import STAFF, Role
from mobility.schemas.attachments import AttachmentAskedSchema, AttachmentSchema
from mobility.web.access import allow
from mobility.web.forms import from_form, load
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("attachments", __name__)


def register(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(pages)


@pages.post("/p/<slug>/attachments")
@allow(*STAFF, Role.BENEFICIARY)
def add() -> ResponseReturnValue:
    """Take one file in and answer its number, for the form to come."""
    kept = take_in(**from_form(AttachmentSchema()))
    return {"id": kept.id, "href": url_for("attachments.show", attachment_id=kept.id)}, 201


def take_in(*, kind: str, beneficiary_id: int | None = None) -> Attachment:
    """The request's `file`, kept. Raises RuleBroken on `file`, NotFound."""
    sent = request.files.get("file")
    if sent is None:
        raise RuleBroken("Choisissez un fichier.", field="file")
    return keep_attachment(sent.read(), kind=kind, beneficiary_id=beneficiary_id, by=viewer(), now=now())


@pages.get("/p/<slug>/attachments/<int:attachment_id>")
@allow(*STAFF, Role.BENEFICIARY)
def show(attachment_id: int) -> Response:
    """The picture or the PDF; `?size=small` gives the small picture."""
    return answer(attachment_id, small=load(AttachmentAskedSchema(), request.args.to_dict())["size"] == "small")


def answer(attachment_id: int, *, small: bool) -> Response:
    """A file's bytes, as a file that runs nothing. Raises NotFound."""
    found = get_attachment(attachment_id, viewer(), small=small)
    if found.beneficiary_id is not None:
        look(found.beneficiary_id, page="attachment")
    shown = Response((found.small if small else None) or found.content, mimetype=found.media_type)
    shown.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    shown.headers["Content-Disposition"] = f'inline; filename="{found.kind}-{found.id}.{found.media_type.partition("/")[2]}"'
    return shown
