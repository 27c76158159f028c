"""The page to try the API, with the assets of the installed flask-swagger-ui served from here, and a policy of its own."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Flask, make_response, render_template, send_from_directory
from flask.typing import ResponseReturnValue
from flask_smorest import Api

from mobility.errors import NotFound
from mobility.web.access import public

pages = Blueprint("api_docs", __name__)

VENDOR = Path(flask_swagger_ui.__file__).parent / "dist"
ASSETS = frozenset({"swagger-ui.css", "swagger-ui-bundle.js"})
# Swagger UI writes its own style attributes and draws its icons as data; nothing of it is loaded from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def register(app: Flask, api: Api) -> None:
    """Hang the page, and say in the description how one proves who one is."""
    app.register_blueprint(pages)
    api.spec.components.security_scheme(
        "bearer",
        {"type": "http", "scheme": "bearer", "description": "Un jeton fait par la personne responsable, pour un rôle et une plateforme."},
    )
    api.spec.options["security"] = [{"bearer": []}]


@pages.get("/api/docs")
@public
def show() -> ResponseReturnValue:
    """Swagger UI on our own description."""
    answer = make_response(render_template("api_docs.html"))
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@pages.get("/api/docs/<name>")
@public
def asset(name: str) -> ResponseReturnValue:
    """One of its two files, kept by browsers for a day."""
    if name not in ASSETS:
        raise NotFound
    return send_from_directory(VENDOR, name, max_age=86_400)
