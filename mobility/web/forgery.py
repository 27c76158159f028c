"""Forged requests: every unsafe page request carries this session's token; the API and the webhooks use no cookie and need none."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFProtect

from mobility.web.edge import SAFE
from mobility.web.errors import is_api

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


def register(app: Flask) -> None:
    """Check the token before the view, except where no cookie is read."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.before_request(_check)


def without_cookie(view: View) -> View:
    """Mark a view that reads no cookie: a webhook proves itself by its signature."""
    view.without_cookie = True  # type: ignore[attr-defined]
    return view


def _check() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in SAFE and not is_api() and not getattr(view, "without_cookie", False):
        csrf.protect()
