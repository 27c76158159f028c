"""Who is asking: a session's cookie on pages, a bearer token in the API, never one for the other."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, g, request
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user
from sqlalchemy import select

from mobility.clock import now
from mobility.crypto import hash_token
from mobility.db import db
from mobility.models import Account, AccountSession, ApiToken, Grant
from mobility.rights import VISITOR, Role, Viewer

login_manager = LoginManager()


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The account behind a live session; `token` is what the cookie holds."""

    token: str
    account_id: int
    name: str
    must_change: bool
    second_factor_at: datetime | None

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
    row = db.session.execute(
        select(AccountSession, Account)
        .join(Account, Account.id == AccountSession.account_id)
        .filter(AccountSession.token_hash == hash_token(token), AccountSession.ended_at.is_(None), AccountSession.expires_at > now())
        .filter(Account.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    session, account = row
    return SignedIn(token, account.id, account.name, account.must_change, session.second_factor_at)


def take_for_visitor() -> None:
    """Ask nothing more about who this is: the database that would know has gone."""
    g.viewer, g._login_user = VISITOR, AnonymousUserMixin()


def viewer() -> Viewer:
    """The viewer of this request on the platform of its address; VISITOR when nobody is signed in."""
    if "viewer" not in g:
        g.viewer = _from_token() if request.path.startswith("/api/") else _from_session()
    return g.viewer


def _from_session() -> Viewer:
    if not current_user.is_authenticated:
        return VISITOR
    return viewer_of(current_user.account_id, current_user.name, _here())


def _from_token() -> Viewer:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    here = _here()
    if scheme.lower() != "bearer" or not token or here is None:
        return VISITOR
    row = db.session.execute(
        select(ApiToken, Account)
        .join(Account, Account.id == ApiToken.account_id)
        .filter(ApiToken.token_hash == hash_token(token.strip()), ApiToken.ended_at.is_(None), ApiToken.expires_at > now())
        .filter(Account.disabled_at.is_(None))
    ).first()
    if row is None:
        return VISITOR
    return viewer_of(row[1].id, row[1].name, here, only=Role(row[0].role))


def viewer_of(account_id: int, name: str, platform_id: int | None, *, only: Role | None = None) -> Viewer:
    """The viewer an account is on a platform, by its live grants; `only` narrows to one role, as a token does."""
    grants = db.session.scalars(
        select(Grant)
        .filter(Grant.account_id == account_id, Grant.ended_at.is_(None))
        .filter((Grant.platform_id == platform_id) | Grant.platform_id.is_(None))
    ).all()
    held = [g for g in grants if only is None or g.role == only]
    return Viewer(
        name=name,
        account_id=account_id,
        platform_id=platform_id,
        roles=frozenset(Role(g.role) for g in held),
        structure_ids=frozenset(g.structure_id for g in held if g.structure_id is not None),
        beneficiary_id=next((g.beneficiary_id for g in held if g.beneficiary_id is not None), None),
    )


def _here() -> int | None:
    return getattr(g, "platform_id", None)
