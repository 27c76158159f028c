"""Links sent to people: drawn at random, kept hashed, for one purpose, for a time, used up by a button and never by opening the page."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from mobility import audit
from mobility.crypto import hash_token, new_token
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Link
from mobility.rights import Viewer
from mobility.tongues import say


class LinkGone(NotFound):
    """Unknown, used, expired, made for something else, or its holder is shut out: the same answer for all (404)."""

    title = say("Ce lien n’est plus valable")

    def __init__(self) -> None:
        super().__init__("Ce lien a déjà servi, ou son temps est passé. Demandez-en un nouveau à qui vous l’a donné.")


class Purpose(StrEnum):
    """What a link opens; a link made for one purpose opens no other."""

    ENTER = "enter"  # an account, without its password
    PAY = "pay"  # one card payment
    SAVE_CARD = "save_card"  # the page where a card is left for a deposit
    HOLD_CARD = "hold_card"  # the page where a sum is set aside for a deposit
    GARAGE = "garage"  # a garage's own work orders
    BOOKLET = "booklet"  # the pages of a person's mobility booklet that they chose to show
    WORKSHOP = "workshop"  # the answer to one invitation to a workshop
    CALENDAR_OWN = "calendar_own"  # what somebody of the staff has planned, read by their own phone
    CALENDAR_SITE = "calendar_site"  # what comes to a pole and goes from it
    CALENDAR_VEHICLE = "calendar_vehicle"  # what holds a vehicle


def make_link(
    *,
    purpose: Purpose,
    lasts: timedelta,
    account_id: int | None = None,
    subject_id: int | None = None,
    email: str | None = None,
    by: Viewer,
    now: datetime,
) -> str:
    """Make a link and give its token, shown this once; `subject_id` is what it opens when that is no account."""
    token = new_token()
    link = Link(
        token_hash=hash_token(token),
        purpose=purpose,
        account_id=account_id,
        subject_id=subject_id,
        email=email,
        created_at=now,
        expires_at=now + lasts,
    )
    db.session.add(link)
    audit.record("make link", link, by=by, now=now)
    return token


def get_link(token: str, *, purpose: Purpose, now: datetime, lock: bool = False) -> Link:
    """The live link of a token. Raises LinkGone."""
    live = select(Link).filter(Link.token_hash == hash_token(token), Link.purpose == purpose, Link.used_at.is_(None), Link.expires_at > now)
    link = db.session.scalar(live.with_for_update() if lock else live)
    if link is None:
        raise LinkGone
    return link


def use_link(token: str, *, purpose: Purpose, by: Viewer, now: datetime) -> Link:
    """Use a link up. Raises LinkGone; of two clicks at once one finds it gone."""
    link = get_link(token, purpose=purpose, now=now, lock=True)
    link.used_at = now
    audit.record("use link", link, by=by, now=now)
    return link
