"""The door: tries are counted in the database before a password is looked at, and one answer serves every refusal.

The count is a named writer of its own transaction, committed before anything is compared: twenty tries at once are counted like twenty in
a row, and when it cannot be written nobody comes in. Passwords are compared outside any transaction, so that a try holds up no writer.
"""

from datetime import datetime, timedelta

from flask import current_app, g, request, session, url_for
from flask_login import current_user, login_user
from sqlalchemy import func, select

from mobility import passwords
from mobility.actions.sessions import end_session, start_session
from mobility.crypto import keyed_hash
from mobility.db import db, platform_id, transaction
from mobility.errors import RuleBroken, TooManyTries
from mobility.models import Account, LoginAttempt
from mobility.queries.accounts import find_by_login, get_own_account, read_login
from mobility.rights import Role, Viewer
from mobility.tongues import say
from mobility.web import devices
from mobility.web.viewer import load, viewer_of
from mobility.web.way_back import way_back

A_MINUTE = timedelta(minutes=1)
TRIES = {"account": 5, "code": 5, "mail": 5, "address": 20}  # a minute each; asking for a link uses up no try at the door
_BY_LINK = "came_by_link"

REFUSED_HERE = (
    "Ces identifiants n’ouvrent pas l’administration du réseau. Si vous travaillez dans une plateforme ou êtes suivi par elle,"
    " passez par sa propre porte, plus bas."
)
REFUSED = say("Ces identifiants n’ouvrent aucun compte ici. Vérifiez-les, ou demandez un nouveau code à votre conseiller.")


def knock(login: str, password: str, *, now: datetime) -> Viewer:
    """Who comes in with this login and password here. Raises TooManyTries, and one RuleBroken whatever was wrong."""
    account = find_by_login(login)
    count_try("account", devices.bucket(read_login(login), account.id if account else None), now=now)
    count_try("address", request.remote_addr or "", now=now)
    usable = account is not None and _may_try(account, now)
    kept = account.password_hash if account and usable else None
    matched = passwords.matches(kept, password, printed=bool(account and account.must_change))
    who = viewer_of(account.id, account.name, platform_id()) if account and matched else None
    if who is None or not who.roles:
        raise RuleBroken(REFUSED if platform_id() else REFUSED_HERE)
    return who


def count_try(kind: str, key: str, *, now: datetime) -> None:
    """Write one try, then count this minute's. Raises TooManyTries above the allowed number."""
    hashed = keyed_hash(current_app.config["SECRET_KEY"], f"{kind}:{key}")
    with transaction():
        db.session.add(LoginAttempt(kind=kind, key=hashed, at=now))
    recent = select(func.count()).filter(LoginAttempt.kind == kind, LoginAttempt.key == hashed, LoginAttempt.at > now - A_MINUTE)
    if (db.session.scalar(recent) or 0) > TRIES[kind]:
        raise TooManyTries(say("Trop d’essais en peu de temps. Attendez une minute, puis recommencez."))


def come_in(who: Viewer, *, now: datetime, second_factor: bool = False, by_link: bool = False) -> None:
    """Give this browser a new session, the former one ended; inside a transaction. A mailed link proves as much as a password."""
    leave(now=now)
    token = start_session(by=who, now=now, second_factor=second_factor)
    signed_in = load(token)
    assert signed_in is not None
    login_user(signed_in)
    devices.remember(signed_in.account_id)
    session[_BY_LINK] = by_link


def leave(*, now: datetime) -> None:
    """End this browser's session and empty its cookie; inside a transaction."""
    if current_user.is_authenticated:
        end_session(current_user.token, now=now)
    session.clear()


def came_by_link() -> bool:
    """Whether this session began with a mailed link: its owner may choose a password without knowing the former one."""
    return bool(session.get(_BY_LINK))


def lacks_password(who: Viewer) -> bool:
    """Whether to offer choosing a password now; prescribers come in by their links, and are kept from their form by nothing."""
    return who.roles != {Role.PRESCRIBER} and get_own_account(who.account_id or 0).password_hash is None


def inside() -> str:
    """The page that was asked for, when it is one of this platform's; else its start."""
    if not g.get("platform"):
        return url_for("network.show")
    return way_back(url_for("home.platform"))


def _may_try(account: Account, now: datetime) -> bool:
    return account.disabled_at is None and (account.code_until_at is None or account.code_until_at > now)
