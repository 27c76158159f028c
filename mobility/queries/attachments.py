"""Files kept, for who may see them."""

from sqlalchemy import select
from sqlalchemy.orm import undefer

from mobility.attachments import get_kind, may_read
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Attachment
from mobility.rights import Viewer


def get_attachment(attachment_id: int, viewer: Viewer, *, small: bool = False) -> Attachment:
    """One file with its bytes (those of the small picture, or all). Raises NotFound, also when it is not for this viewer."""
    bytes_ = undefer(Attachment.small if small else Attachment.content)
    found = db.session.scalar(select(Attachment).filter(Attachment.id == attachment_id).options(bytes_))
    if found is None or not may_read(get_kind(found.kind), viewer, found.beneficiary_id):
        raise NotFound
    return found
