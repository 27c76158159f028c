"""Whom a person calls: their adviser where one is known, the platform else."""

from dataclasses import dataclass

from sqlalchemy import select

from mobility.db import db
from mobility.models import Account, Meeting, Site
from mobility.phones import say_phone
from mobility.queries.letterhead import platform_here
from mobility.tongues import say


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A name and a phone as read aloud; no name means the platform, no phone that none is known."""

    name: str | None
    phone: str | None


def contact_of(account_id: int | None) -> Contact:
    """An adviser by their own phone, the platform's where they gave none; the platform alone for nobody or an account that is shut."""
    account = db.session.get(Account, account_id) if account_id is not None else None
    if account is not None and account.disabled_at is not None:
        account = None
    phone = (account.phone if account else None) or platform_here().phone
    return Contact(name=account.name if account else None, phone=say_phone(phone) if phone else None)


def last_contact_of(beneficiary_id: int) -> Contact:
    """The adviser of the person's latest appointment that stands."""
    theirs = select(Meeting.adviser_id).filter(Meeting.beneficiary_id == beneficiary_id, Meeting.cancelled_at.is_(None))
    return contact_of(db.session.scalar(theirs.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1)))


def say_place(site: Site | None) -> str:
    """Where to come: the pole and its address; without one, by phone or where it was agreed."""
    if site is None:
        return say("par téléphone, ou à l’endroit convenu ensemble")
    return ", ".join(part for part in (site.name, site.address, f"{site.postcode or ''} {site.commune or ''}".strip()) if part)
