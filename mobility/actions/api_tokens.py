"""Tokens for the API: bound to one account, this platform and one of the account's roles; shown once, kept hashed, ended by a click."""

from datetime import datetime, timedelta

from sqlalchemy import select

from mobility import audit
from mobility.crypto import hash_token, new_token
from mobility.db import db, platform_id
from mobility.errors import NotFound, RuleBroken
from mobility.models import ApiToken
from mobility.queries.accounts import get_account, list_grants
from mobility.rights import Role, Viewer


def make_api_token(account_id: int, *, role: Role, label: str, days: int, by: Viewer, now: datetime) -> tuple[ApiToken, str]:
    """Make a token and give it, shown this once. Raises RuleBroken when the account does not hold the role here."""
    account = get_account(account_id)
    if not any(g.role == role and g.platform_id == platform_id() for g in list_grants(account.id)):
        raise RuleBroken("Ce compte n’a pas ce rôle ici.", field="role")
    token = new_token()
    row = ApiToken(
        token_hash=hash_token(token),
        account_id=account.id,
        role=role,
        label=label,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(row)
    audit.record("make api token", row, by=by, now=now)
    return row, token


def end_api_token(account_id: int, token_id: int, *, by: Viewer, now: datetime) -> ApiToken:
    """End a token at once; ended again, it stays as it was. Raises NotFound."""
    row = db.session.scalar(select(ApiToken).filter(ApiToken.id == token_id, ApiToken.account_id == account_id))
    if row is None:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = now
        audit.record("end api token", row, by=by, now=now)
    return row
