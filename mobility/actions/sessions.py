"""Sessions on the server: new at login, dead at logout, at disabling and whenever a role or a password changes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, update

from mobility import audit
from mobility.crypto import hash_token, new_token
from mobility.db import db, platform_id
from mobility.models import AccountSession, ApiToken, LoginAttempt
from mobility.queries.accounts import list_grants
from mobility.rights import Role, Viewer

LASTS = timedelta(hours=12)  # a working day
ATTEMPTS_KEPT, SESSIONS_KEPT = timedelta(days=1), timedelta(days=30)  # the door counts by the minute; a dead session proves nothing later
LASTS_FOR_A_PERSON = timedelta(days=30)  # own phone, and a code that is tiresome to type


def start_session(*, by: Viewer, now: datetime, second_factor: bool = False) -> str:
    """Start a session of the viewer's account and give the token for its cookie; only the hash stays here.

    It opens every platform, so it is as long as the account's roles everywhere allow, whatever the door it came by.
    """
    assert by.account_id is not None
    token = new_token()
    everywhere = {g.role for g in list_grants(by.account_id)}
    lasts = LASTS_FOR_A_PERSON if everywhere == {Role.BENEFICIARY} else LASTS
    session = AccountSession(
        token_hash=hash_token(token),
        account_id=by.account_id,
        created_at=now,
        expires_at=now + lasts,
        second_factor_at=now if second_factor else None,
    )
    db.session.add(session)
    if platform_id() is not None:
        audit.record("sign in", session, by=by, now=now)
    db.session.flush()
    return token


def end_session(token: str, *, now: datetime) -> None:
    """End the session of a token; an ended or unknown one is left as it is."""
    mine = AccountSession.token_hash == hash_token(token)
    db.session.execute(update(AccountSession).filter(mine, AccountSession.ended_at.is_(None)).values(ended_at=now))


def end_sessions(account_id: int, *, now: datetime) -> None:
    """End every session of an account, on every platform."""
    theirs = AccountSession.account_id == account_id
    db.session.execute(update(AccountSession).filter(theirs, AccountSession.ended_at.is_(None)).values(ended_at=now))


def end_tokens(account_id: int, *, role: str | None = None, now: datetime) -> None:
    """End every API token of an account on this platform, or those of one role."""
    theirs = [ApiToken.account_id == account_id, ApiToken.ended_at.is_(None)] + ([ApiToken.role == role] if role else [])
    db.session.execute(update(ApiToken).filter(*theirs).values(ended_at=now))


def forget_old(*, now: datetime) -> None:
    """The daily job that forgets tries at the door and dead sessions; they belong to no platform, so every one's run does it for all."""
    over_at = func.coalesce(AccountSession.ended_at, AccountSession.expires_at)
    db.session.execute(delete(LoginAttempt).filter(LoginAttempt.at < now - ATTEMPTS_KEPT))
    db.session.execute(delete(AccountSession).filter(over_at < now - SESSIONS_KEPT))
