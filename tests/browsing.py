"""A browser for tests: posts forms with the token their page would have carried."""

import secrets
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from PIL import Image
from werkzeug.test import TestResponse


def post(client: FlaskClient, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
    """POST a form as a page of this browser's session would, forgery token included."""
    return client.post(path, data={**(data or {}), "csrf_token": forgery_token(client)}, **more)


def forgery_token(client: FlaskClient) -> str:
    """The token of this browser's session, made like flask-wtf makes it."""
    with client.session_transaction() as cookie:
        raw = cookie.setdefault("csrf_token", secrets.token_hex(20))
    token = URLSafeTimedSerializer(client.application.secret_key, salt="wtf-csrf-token").dumps(raw)
    return token if isinstance(token, str) else token.decode()


def picture(name: str = "photo.jpg") -> tuple[BytesIO, str]:
    """A small picture, as a form sends it."""
    raw = BytesIO()
    Image.new("RGB", (40, 30), "red").save(raw, "JPEG")
    raw.seek(0)
    return raw, name
