"""Messages written, with what became of them."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select

from mobility.db import db
from mobility.models import Message, Outbox

PAGE = 50


def list_messages(*, first: int = 0) -> Sequence[Row[Message, Outbox]]:
    """A page of messages, the latest first, each with its header."""
    return db.session.execute(
        select(Message, Outbox).join(Outbox, Outbox.id == Message.outbox_id).order_by(Message.id.desc()).offset(first).limit(PAGE)
    ).all()


def count_messages() -> int:
    """How many there are on this platform."""
    return db.session.scalar(select(func.count(Message.id))) or 0
