"""Reminders of notices whose driver is still to be named, to whoever recorded them: at 30, 15 and 5 days from the end, once each."""

from datetime import datetime

from sqlalchemy import select

from fleet.fines import OPEN, Clock
from fleet.models import Fine
from fleet.queries.fines import clock_for
from mobility import audit, outbox
from mobility.addresses import page_address
from mobility.db import db, platform_id
from mobility.models import Account
from mobility.periods import paris_day
from mobility.queries.letterhead import platform_here
from mobility.rights import house


def remind(*, now: datetime) -> int:
    """The day's reminders; how many were due. Run again it changes nothing."""
    due = 0
    for fine in db.session.scalars(select(Fine).filter(Fine.status.in_(OPEN)).order_by(Fine.id).with_for_update()):
        clock = clock_for(fine, paris_day(now))
        if clock.reminder is not None and (fine.reminded_days is None or clock.reminder < fine.reminded_days):
            fine.reminded_days = clock.reminder
            _mail(fine, clock, now=now)
            audit.record("remind", fine, by=house(platform_id()), now=now)
            due += 1
    return due


def _mail(fine: Fine, clock: Clock, *, now: datetime) -> None:
    """Without anybody's name: the number leads to the page."""
    account = db.session.get(Account, fine.created_by) if fine.created_by is not None else None
    if account is None or not account.email or account.disabled_at is not None:
        return  # the desk says it to everybody
    platform = platform_here()
    address = page_address(platform.slug, f"fines/{fine.id}")
    body = f"Bonjour,\n\nAvis de contravention {fine.number}. {clock.sentence}\n\n{address}\n\n{platform.name}"
    outbox.post("mail", account.email, subject=f"Avis de contravention {fine.number} : {clock.said}", body=body, now=now)
