"""Pictures and papers that a form carries itself: kept as they come, and claimed by the act that reads the form."""

from typing import Any

from flask import request
from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from mobility.actions.attachments import keep_attachment
from mobility.attachments import AttachmentKind
from mobility.clock import now
from mobility.web.forms import as_json, load
from mobility.web.viewer import viewer


def form_with_pictures(schema: Schema, kind: AttachmentKind, *, beneficiary_id: int | None = None) -> dict[str, Any]:
    """This request's form with the files of its field `pictures` kept, their ids among `photos`. Raises InputRefused."""
    typed = MultiDict(request.form)
    for sent in request.files.getlist("pictures"):
        if sent.filename:
            kept = keep_attachment(sent.read(), kind=kind.code, beneficiary_id=beneficiary_id, field="pictures", by=viewer(), now=now())
            typed.add("photos", str(kept.id))
    return load(schema, as_json(schema, typed))
