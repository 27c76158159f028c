"""A liaison form is kept as it is typed, for its author alone, until it is sent or some days have passed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from mobility import audit
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.liaison import MOST_DRAFTS, says_something
from mobility.models import Account, LiaisonDraft
from mobility.periods import paris_day
from mobility.queries.liaison_drafts import find_draft, get_draft, kept_until, list_drafts, was_sent
from mobility.rights import Viewer, house


class AlreadySent(Conflict):
    """A keeping that comes after the form left: the page was still saving when it was sent."""


def keep_draft(*, key: str, typed: Mapping[str, str], by: Viewer, now: datetime) -> LiaisonDraft:
    """Keep what is typed so far, unchecked; the same `key` again changes the same draft.

    Raises NotFound without an account, RuleBroken when nothing is typed, Conflict when too many wait already
    or the form of this key is sent.
    """
    if not says_something(typed):
        raise RuleBroken("Rien n’est encore écrit : il n’y a rien à garder.")
    _lock_author(by)
    draft = find_draft(key, by)
    if draft is None:
        if was_sent(key, by):
            raise AlreadySent("Cette fiche est déjà envoyée : il n’y a plus rien à garder.")
        if len(list_drafts(by)) >= MOST_DRAFTS:
            raise Conflict(f"{MOST_DRAFTS} fiches commencées vous attendent déjà : finissez-en une ou effacez-la.")
        draft = LiaisonDraft(account_id=by.account_id, key=key)
        db.session.add(draft)
    draft.typed, draft.saved_at = dict(typed), now
    audit.record("keep_liaison_draft", draft, by=by, now=now)
    return draft


def erase_draft(draft_id: int, *, by: Viewer, now: datetime) -> None:
    """Erase one's own. Raises NotFound."""
    _erase(get_draft(draft_id, by), by=by, now=now)


def erase_sent(key: str | None, *, by: Viewer, now: datetime) -> None:
    """Erase the draft of a form that is sent, when it had one."""
    if not key or by.account_id is None:
        return
    _lock_author(by)  # a keeping under way ends first, or finds the form sent
    draft = find_draft(key, by)
    if draft is not None:
        _erase(draft, by=by, now=now)


def erase_old(*, now: datetime) -> None:
    """The daily job: erase what nobody has written on for the platform's number of days."""
    today = paris_day(now)
    for draft in db.session.scalars(select(LiaisonDraft).order_by(LiaisonDraft.id)).all():
        if kept_until(draft) < today:
            _erase(draft, by=house(platform_id()), now=now)


def _erase(draft: LiaisonDraft, *, by: Viewer, now: datetime) -> None:
    db.session.delete(draft)
    audit.record("erase_liaison_draft", draft, by=by, now=now)


def _lock_author(by: Viewer) -> None:
    """One of their savings after the other: two at once would both be new."""
    if by.account_id is None or db.session.scalar(select(Account.id).filter(Account.id == by.account_id).with_for_update()) is None:
        raise NotFound
