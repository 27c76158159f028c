"""What of a person no row of theirs leads to: the ground's part of an erasure (mobility/erasing.py)."""

import json
from typing import Any

from sqlalchemy import Connection, delete, null, or_, select, update

from mobility.db import Base
from mobility.erasing import GONE, Case


def erase_messages(connection: Connection, case: Case) -> None:
    """Messages to their addresses that name no file, and what waits to leave: none of theirs leaves any more."""
    message, outbox = Base.metadata.tables["message"], Base.metadata.tables["outbox"]
    theirs = or_(message.c.beneficiary_id == case.beneficiary_id, message.c.recipient.in_(case.addresses))
    mine = (message.c.platform_id == case.platform_id) & theirs
    of_mine = outbox.c.id.in_(select(message.c.outbox_id).where(mine))
    connection.execute(update(outbox).where(of_mine).values(last_error=null()))
    waiting = of_mine & outbox.c.done_at.is_(None) & outbox.c.gave_up_at.is_(None)
    connection.execute(update(outbox).where(waiting).values(gave_up_at=case.at))
    connection.execute(update(message).where(mine).values(recipient=GONE, subject=GONE, body=GONE))


def erase_links(connection: Connection, case: Case) -> None:
    """Links sent to their addresses open nothing any more."""
    link = Base.metadata.tables["link"]
    mine = (link.c.platform_id == case.platform_id) & link.c.email.in_(case.addresses)
    connection.execute(update(link).where(mine).values(email=null(), expires_at=case.at))


def erase_pairs(connection: Connection, case: Case) -> None:
    """That this file and another are two people."""
    pair = Base.metadata.tables["distinction"]
    one_of = or_(pair.c.lower_id == case.beneficiary_id, pair.c.higher_id == case.beneficiary_id)
    connection.execute(delete(pair).where(pair.c.platform_id == case.platform_id, one_of))


def erase_mentions(connection: Connection, case: Case) -> None:
    """Forms begun and not sent, doubts of an import, answers kept for a second sending: they say of whom in words alone."""
    draft, doubt, sent = (Base.metadata.tables[name] for name in ("liaison_draft", "import_doubt", "sent_form"))
    for id_, typed in connection.execute(select(draft.c.id, draft.c.typed).where(draft.c.platform_id == case.platform_id)).all():
        if case.is_told_in(said(typed)):
            connection.execute(delete(draft).where(draft.c.id == id_))
    for id_, reason in connection.execute(select(doubt.c.id, doubt.c.reason).where(doubt.c.platform_id == case.platform_id)).all():
        if case.is_told_in(reason):
            connection.execute(update(doubt).where(doubt.c.id == id_).values(reason=GONE))
    # Without its answer, a form sent again is still taken once: it says that it was done.
    connection.execute(update(sent).where(sent.c.platform_id == case.platform_id, sent.c.answer.is_not(None)).values(answer=null()))


def said(value: Any) -> str:
    """A JSON value as the words in it."""
    return json.dumps(value, ensure_ascii=False)


MORE = (erase_messages, erase_links, erase_pairs, erase_mentions)
