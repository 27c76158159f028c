"""Browsers that an account came in with before: their tries at its door are counted apart, so that nobody's hammering locks its holder out.

The cookie proves nothing but that (OWASP "Device cookies"): it opens no door, and whoever steals it has five tries a minute of their own.
"""

import secrets
from datetime import timedelta

from flask import after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

LASTS = timedelta(days=365)
MOST = 8  # accounts that share one browser, at a desk


def bucket(login: str, account_id: int | None) -> str:
    """What a try at this login is counted under: the browser's own count where the account came in with it before."""
    device, accounts = _read()
    return f"{login} {device}" if account_id in accounts else login


def remember(account_id: int) -> None:
    """Have this request's answer tell the browser that the account came in with it."""
    device, accounts = _read()
    told = _signer().dumps([device or secrets.token_urlsafe(16), [account_id, *(a for a in accounts if a != account_id)][:MOST]])

    @after_this_request
    def _tell(response: Response) -> Response:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(_name(), told, max_age=LASTS, secure=secure, httponly=True, samesite="Lax")
        return response


def _read() -> tuple[str, list[int]]:
    try:
        device, accounts = _signer().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return "", []
    return device, accounts


def _name() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="device")
