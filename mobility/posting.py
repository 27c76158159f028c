"""Sends what the outbox holds: claimed in one transaction, sent outside any, noted in another. At least once, never lost.

A claim is also a lease: it moves the message's next try forward, so a worker that dies leaves it due again later. The identifier
of a message never changes, so that mail servers know a second sending.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from mobility import clock
from mobility.db import db, platform_scope, transaction
from mobility.delivery import NotSent
from mobility.mail import Mail
from mobility.models import Message, Outbox
from mobility.settings import Settings
from mobility.sms import Sms

log = logging.getLogger("point_etape.jobs")

FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=2)
PATIENCE = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A message taken for sending, as plain values."""

    outbox_id: int
    platform_id: int
    tries: int
    channel: str
    recipient: str
    subject: str
    body: str
    written_at: datetime


def wait_after(tries: int) -> timedelta:
    """How long until the next try: 2 minutes, doubling, 2 hours at most."""
    return min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)


def is_last(tries: int) -> bool:
    """Whether a day's patience is over with this try."""
    return sum((wait_after(n) for n in range(1, tries + 1)), timedelta()) > PATIENCE


def drain_outbox(app: Flask) -> int:
    """Send everything that is due; returns how many went out. Several workers may drain at once."""
    sent = 0
    with app.app_context():
        while claimed := _claim():
            sent += _hand_over(app, claimed)
    return sent


def _claim() -> Claimed | None:
    """The next message due, its lease committed."""
    now = clock.now()
    with transaction():
        header = db.session.scalar(
            select(Outbox)
            .filter(Outbox.done_at.is_(None), Outbox.gave_up_at.is_(None), Outbox.due_at <= now)
            .order_by(Outbox.due_at, Outbox.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if header is None:
            return None
        header.tries += 1
        header.due_at = now + wait_after(header.tries)
        with platform_scope(header.platform_id):
            message = db.session.scalars(select(Message).filter(Message.outbox_id == header.id)).one()
            db.session.flush()
            return Claimed(
                outbox_id=header.id,
                platform_id=header.platform_id,
                tries=header.tries,
                channel=message.channel,
                recipient=message.recipient,
                subject=message.subject,
                body=message.body,
                written_at=message.created_at,
            )


def _hand_over(app: Flask, claimed: Claimed) -> bool:
    try:
        _send(app, claimed)
    except NotSent as refused:
        _note_refusal(claimed, str(refused), give_up=not refused.may_retry or is_last(claimed.tries))
        return False
    _note_sent(claimed)
    return True


def _send(app: Flask, claimed: Claimed) -> None:
    reference = f"outbox-{claimed.outbox_id}-{int(claimed.written_at.timestamp())}"
    if claimed.channel == "sms":
        app.extensions["sms"].send(Sms(reference=reference, to=claimed.recipient, text=claimed.body))
        return
    settings: Settings = app.extensions["settings"]
    domain = settings.mail_from.partition("@")[2]
    app.extensions["mailer"].send(
        Mail(
            message_id=f"{reference}@{domain}"[-60:],
            written_at=claimed.written_at,
            to=claimed.recipient,
            subject=claimed.subject,
            text=claimed.body,
        )
    )


def _note_sent(claimed: Claimed) -> None:
    now = clock.now()
    with transaction(), platform_scope(claimed.platform_id):
        header = db.session.get_one(Outbox, claimed.outbox_id)
        header.done_at, header.last_error = now, None
        db.session.scalars(select(Message).filter(Message.outbox_id == claimed.outbox_id)).one().sent_at = now
        db.session.flush()


def _note_refusal(claimed: Claimed, reason: str, *, give_up: bool) -> None:
    with transaction():
        header = db.session.get_one(Outbox, claimed.outbox_id)
        if header.gave_up_at is not None:
            return  # stopped while it was under way: it is not tried again
        header.last_error = reason[:120]
        header.gave_up_at = clock.now() if give_up else None
    log.warning("message %d not sent%s: %s", claimed.outbox_id, ", given up" if give_up else "", reason)
