"""Who is asking: a session's cookie on pages, a bearer token in the API, never one for the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, g, request
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user
from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from mobility.clock import now
from mobility.crypto import hash_token
from mobility.db import Plain, this_platform
from mobility.models import Account, AccountSession, ApiToken, Grant
from mobility.rights import VISITOR, Role, Viewer

login_manager = LoginManager()


def _live(key: type[AccountSession] | type[ApiToken]) -> ColumnElement[bool]:
    """A session or a token that still opens: found by its hash, neither ended nor expired, its account not disabled."""
    opens = key.token_hash == bindparam("token_hash")
    return and_(opens, key.ended_at.is_(None), key.expires_at > bindparam("now"), Account.disabled_at.is_(None))


_GRANT = (Grant.role, Grant.structure_id, Grant.beneficiary_id)
_HERE = or_(Grant.platform_id == this_platform(), Grant.platform_id.is_(None))
_IN_FORCE = and_(Grant.ended_at.is_(None), Grant.offered_at.is_(None), _HERE)
_GRANTED = and_(Grant.account_id == Account.id, _IN_FORCE)

# Who comes with a key and what they may here, in one statement each: a row a grant, one row without when nothing is granted.
_SESSION = Plain(
    select(Account.id.label("account_id"), Account.name, Account.must_change, AccountSession.second_factor_at, *_GRANT)
    .select_from(AccountSession)
    .join(Account, Account.id == AccountSession.account_id)
    .outerjoin(Grant, _GRANTED)
    .filter(_live(AccountSession))
)
_TOKEN = Plain(
    select(Account.id.label("account_id"), Account.name, *_GRANT)
    .select_from(ApiToken)
    .join(Account, Account.id == ApiToken.account_id)
    .outerjoin(Grant, and_(_GRANTED, Grant.role == ApiToken.role))
    .filter(_live(ApiToken), ApiToken.platform_id == this_platform())
)
_GRANTS = Plain(select(*_GRANT).filter(Grant.account_id == bindparam("account_id"), _IN_FORCE))


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The account behind a live session, and who it is on the platform of the address; `token` is what the cookie holds."""

    token: str
    account_id: int
    name: str
    must_change: bool
    second_factor_at: datetime | None
    viewer: Viewer

    def get_id(self) -> str:
        """What the cookie keeps: the session's token, not the account."""
        return self.token


def register(app: Flask) -> None:
    """Hang flask-login on the application: basic protection, because phones change address."""
    login_manager.session_protection = "basic"
    login_manager.init_app(app)
    app.context_processor(lambda: {"viewer": viewer()})


@login_manager.user_loader
def load(token: str) -> SignedIn | None:
    """The live session of a cookie's token, or None when ended, expired or disabled."""
    rows = _read(_SESSION, token)
    if not rows:
        return None
    first = rows[0]
    who = _viewer(first.account_id, first.name, _here(), rows)
    return SignedIn(token, first.account_id, first.name, first.must_change, first.second_factor_at, who)


def take_for_visitor() -> None:
    """Ask nothing more about who this is: the database that would know has gone."""
    g.viewer, g._login_user = VISITOR, AnonymousUserMixin()


def viewer() -> Viewer:
    """The viewer of this request on the platform of its address; VISITOR when nobody is signed in."""
    if "viewer" not in g:
        g.viewer = _from_token() if request.path.startswith("/api/") else _from_session()
    return g.viewer


def _from_session() -> Viewer:
    signed_in: SignedIn | AnonymousUserMixin = current_user
    return signed_in.viewer if isinstance(signed_in, SignedIn) else VISITOR


def _from_token() -> Viewer:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    here = _here()
    if scheme.lower() != "bearer" or not token or here is None:
        return VISITOR
    rows = _read(_TOKEN, token.strip())
    return _viewer(rows[0].account_id, rows[0].name, here, rows) if rows else VISITOR


def viewer_of(account_id: int, name: str, platform_id: int | None, *, only: Role | None = None) -> Viewer:
    """The viewer an account is on a platform, by its live grants; `only` narrows to one role, as a token does."""
    grants = _GRANTS(account_id=account_id, platform_id=platform_id)
    return _viewer(account_id, name, platform_id, [grant for grant in grants if only is None or grant.role == only])


def _read(ask: Plain, token: str) -> Sequence[Any]:
    return ask(token_hash=hash_token(token), now=now())


def _viewer(account_id: int, name: str, platform_id: int | None, grants: Iterable[Any]) -> Viewer:
    held = [grant for grant in grants if grant.role is not None]
    return Viewer(
        name=name,
        account_id=account_id,
        platform_id=platform_id,
        roles=frozenset(Role(grant.role) for grant in held),
        structure_ids=frozenset(grant.structure_id for grant in held if grant.structure_id is not None),
        beneficiary_id=next((grant.beneficiary_id for grant in held if grant.beneficiary_id is not None), None),
    )


def _here() -> int | None:
    return getattr(g, "platform_id", None)
