"""Messages are written in the transaction that causes them and sent after it, by the worker: at least once, never lost."""

import re
from datetime import datetime
from typing import Literal

from mobility.db import db, platform_id
from mobility.models import Message, Outbox

Channel = Literal["mail", "sms"]

_SECRET = re.compile(r"(https?://\S*/)[A-Za-z0-9_-]{40,}")  # the token of a mailed link opens somebody's door


def without_secrets(body: str) -> str:
    """A message as it may be read by others than whom it went to: its links open nothing."""
    return _SECRET.sub(r"\1…", body)


def post(
    channel: Channel,
    recipient: str,
    *,
    subject: str,
    body: str,
    now: datetime,
    beneficiary_id: int | None = None,
    not_before: datetime | None = None,
) -> Message:
    """Put a message in the outbox of the platform in force; the caller's transaction keeps or loses it. It waits for `not_before`."""
    here = platform_id()
    assert here is not None
    header = Outbox(platform_id=here, topic=channel, due_at=max(now, not_before or now))
    db.session.add(header)
    db.session.flush()
    message = Message(
        outbox_id=header.id,
        channel=channel,
        recipient=recipient,
        subject=subject,
        body=body,
        beneficiary_id=beneficiary_id,
        created_at=now,
    )
    db.session.add(message)
    return message
