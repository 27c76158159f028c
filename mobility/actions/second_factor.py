"""The second factor of staff: a time-based code from their phone (RFC 6238), its secret sealed, each code taken once."""

from datetime import datetime

import pyotp
from flask import current_app
from sqlalchemy import select

from mobility import audit
from mobility.actions.accounts import get_ours
from mobility.actions.sessions import end_sessions
from mobility.crypto import SecretBox, same
from mobility.db import db, platform_id
from mobility.errors import Conflict, RuleBroken
from mobility.models import Account
from mobility.rights import Viewer
from mobility.tongues import say

STEP_S = 30
STEPS_ASIDE = (0, -1, 1)  # a phone's clock may be half a minute off

WRONG = say("Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant sur votre téléphone, puis tapez-le.")


def box() -> SecretBox:
    """What seals the secrets of this installation."""
    return SecretBox(current_app.extensions["settings"].encryption_keys)


def new_secret() -> str:
    """A secret to show once, for the phone to read."""
    return pyotp.random_base32()


def phone_address(secret: str, account: Account) -> str:
    """The otpauth address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email or account.identifier or account.name, issuer_name="Point-Étape")


def enrol(account_id: int, *, secret: str, code: str, by: Viewer, now: datetime) -> Account:
    """Keep a secret once the phone has shown that it reads it. Raises RuleBroken, and Conflict when one is kept already."""
    account = _locked(account_id)
    if account.totp_secret is not None:
        raise Conflict(say("Votre téléphone est déjà enregistré."))
    _take(account, secret, code, now)
    account.totp_secret = box().seal(secret)
    return _note("enrol second factor", account, by=by, now=now)


def verify(account_id: int, *, code: str, by: Viewer, now: datetime) -> Account:
    """Check a code against the kept secret and use it up. Raises RuleBroken."""
    account = _locked(account_id)
    if account.totp_secret is None:
        raise Conflict(say("Enregistrez d’abord votre téléphone."))
    _take(account, box().open(account.totp_secret), code, now)
    return _note("pass second factor", account, by=by, now=now)


def forget(account_id: int, *, by: Viewer, now: datetime) -> Account:
    """Forget the phone of somebody who lost it: they enrol another at their next login. For a manager."""
    account = get_ours(account_id, by=by)
    account.totp_secret = account.totp_last_step = None
    end_sessions(account.id, now=now)
    return _note("forget second factor", account, by=by, now=now)


def _take(account: Account, secret: str, code: str, now: datetime) -> None:
    """Use up the code's step; each step, and every one before it, is refused from then on."""
    typed = "".join(code.split())
    step_now = int(now.timestamp()) // STEP_S
    generate = pyotp.TOTP(secret).generate_otp
    step = next((step_now + aside for aside in STEPS_ASIDE if same(generate(step_now + aside), typed)), None)
    if step is None or step <= (account.totp_last_step or 0):
        raise RuleBroken(WRONG, field="code")
    account.totp_last_step = step


def _locked(account_id: int) -> Account:
    return db.session.scalars(select(Account).filter(Account.id == account_id).with_for_update()).one()


def _note(verb: str, account: Account, *, by: Viewer, now: datetime) -> Account:
    if platform_id() is not None:
        audit.record(verb, account, by=by, now=now)
    db.session.flush()
    return account
