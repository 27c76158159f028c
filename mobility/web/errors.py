"""One handler for every no: a page for people, `application/problem+json` for the API; never a trace."""

import logging
from typing import Any

from flask import Flask, Response, current_app, g, json, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException

from mobility.db import db
from mobility.errors import DomainError, InputRefused
from mobility.web.forms import flatten
from mobility.web.platform import stand_where_the_address_points
from mobility.web.viewer import take_for_visitor

log = logging.getLogger("point_etape")

SENTENCES = {
    400: "La demande n’a pas pu être lue. Revenez en arrière, rechargez la page et recommencez : rien n’a été enregistré.",
    404: "Cette page n’existe pas, ou n’est pas pour vous.",
    405: "Cette adresse ne répond pas à cette façon de demander.",
    413: "Le fichier est trop lourd : 10 Mo au plus.",
    415: "Ce type de contenu n’est pas accepté ici.",
    422: "Certaines réponses sont à revoir.",
    429: "Trop d’essais en peu de temps. Attendez une minute, puis recommencez.",
}
FAULT = "Un incident de notre côté a empêché de répondre. Rien n’a été enregistré à moitié ; recommencez dans un instant."
GONE = "La base de données ne répond pas. Rien n’est perdu : recommencez dans quelques instants."
TAKEN = "Quelqu’un vient d’enregistrer la même chose, ou la page n’est plus à jour. Rechargez-la et recommencez."
STALE = "Cette page est restée ouverte trop longtemps, ou votre session a changé. Rechargez-la et recommencez : rien n’a été enregistré."


def register(app: Flask) -> None:
    """Answer every error in words."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, lambda error: answer(400, STALE))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _integrity)
    for gone in (OperationalError, InterfaceError, TimeoutError):
        app.register_error_handler(gone, _database)
    app.register_error_handler(Exception, _fault)


def is_api() -> bool:
    """Whether this request speaks JSON with us."""
    return request.path.startswith("/api/")


def answer(
    status: int,
    sentence: str,
    fields: dict[str, str] | None = None,
    *,
    title: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """The no of this request, as a page or as a problem."""
    db.session.rollback()
    g.pop("refused", None)  # the page that would have said it is not shown
    if is_api():
        body: dict[str, Any] = {"type": "about:blank", "title": sentence, "status": status, "detail": sentence}
        if fields:
            body["errors"] = fields
        return Response(json.dumps(body), status, content_type="application/problem+json", headers=headers)
    stand_where_the_address_points()
    page = render_template("layout/error.html", status=status, sentence=sentence, fields=fields or {}, named=title)
    return Response(page, status, headers=headers)


def _domain(error: DomainError) -> Response:
    if isinstance(error, InputRefused):
        return answer(error.status, error.sentence, error.messages)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    fields = {error.field: error.sentence} if error.field else None
    return answer(error.status, error.sentence, fields, title=error.title, headers=headers)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    messages = (getattr(error, "data", None) or {}).get("messages")
    kept = {k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After", "WWW-Authenticate")}
    return answer(code, SENTENCES.get(code, SENTENCES[400] if code < 500 else FAULT), _input_messages(messages), headers=kept)


def _input_messages(messages: Any) -> dict[str, str] | None:
    """Webargs says {"json": {field: [sentence]}}; the place is dropped, the fields stay."""
    if not isinstance(messages, dict):
        return None
    from_places = [flatten(inner) for inner in messages.values()]
    return {name: sentence for place in from_places for name, sentence in place.items()}


def _integrity(error: IntegrityError) -> Response:
    log.warning("refused by the database: %s", type(error.orig).__name__)
    return answer(409, TAKEN)


def _database(error: SQLAlchemyError) -> Response:
    log.error("database: %s", type(getattr(error, "orig", error)).__name__)
    take_for_visitor()
    return answer(503, GONE, headers={"Retry-After": "5"})


def _fault(error: Exception) -> Response:
    if current_app.testing and not current_app.config.get("SHOW_FAULTS"):
        raise error
    # The type and place only: a message may hold somebody's name.
    log.error("fault in %s: %s", request.endpoint, type(error).__name__, exc_info=current_app.debug)
    return answer(500, FAULT)
