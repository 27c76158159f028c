"""Messages written, with what became of them."""

from typing import Any

from sqlalchemy import Select, select

from mobility.models import Message, Outbox

IN_STATE = {
    "done": Outbox.done_at.is_not(None),
    "waiting": Outbox.done_at.is_(None) & Outbox.gave_up_at.is_(None),
    "gave_up": Outbox.gave_up_at.is_not(None),
}


def all_messages() -> Select[Message, Outbox]:
    """Every message with its header: what lists narrow and order."""
    return select(Message, Outbox).join(Outbox, Outbox.id == Message.outbox_id)


def in_state(query: Any, state: str) -> Any:
    """Narrow to the messages gone out, those that wait, or those given up."""
    return query.filter(IN_STATE[state])
