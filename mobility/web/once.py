"""A form sent twice is taken once: each page's form carries an id of its own, and the API an `Idempotency-Key`.

The key is written first, inside the request's transaction, so that a second sending waits for the first and then gets its answer.
"""

import hashlib
from typing import Any

from flask import Flask, Response, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text, update
from werkzeug.wrappers import Response as BaseResponse

from mobility.clock import now
from mobility.crypto import hash_token
from mobility.db import db, platform_id
from mobility.db.types import Instant
from mobility.errors import Conflict, RuleBroken
from mobility.models import SentForm
from mobility.web.edge import SAFE, view_says
from mobility.web.errors import is_api
from mobility.web.viewer import viewer

_CLAIM = text(
    "INSERT INTO sent_form (platform_id, key, body_hash, sent_at) VALUES (:platform_id, :key, :body_hash, :sent_at) "
    "ON CONFLICT (platform_id, key) DO NOTHING RETURNING id"
)


def register(app: Flask) -> None:
    """Claim each form before its view, and remember its answer."""
    app.before_request(lambda: None if view_says("looks_first") else claim())
    app.after_request(_remember)


def claim() -> BaseResponse | None:
    """Write the key of this sending, or give the answer that an earlier one had. Raises RuleBroken or Conflict when it asked otherwise."""
    key = _key()
    if key is None:
        return None
    body_hash = _asked_hash()
    values = {"platform_id": platform_id(), "key": key, "body_hash": body_hash, "sent_at": _bound(now())}
    g.sent_form_id = db.session.scalar(_CLAIM, values)
    if g.sent_form_id is not None:
        return None
    seen = db.session.scalars(select(SentForm).filter(SentForm.key == key)).one()
    if seen.body_hash != body_hash:
        raise _other_body()
    return _same_answer(seen)


def was_sent_before() -> bool:
    """Whether this sending's key is known: its answer stands, whatever has happened since."""
    key = _key()
    return key is not None and db.session.scalar(select(SentForm.id).filter(SentForm.key == key)) is not None


def _key() -> str | None:
    """The key of this sending, by account so that nobody meets another's; None where sending again is handled by the view."""
    if request.method in SAFE or platform_id() is None or view_says("own_transactions"):
        return None
    if is_api():
        sent = request.headers.get("Idempotency-Key")
        return hash_token(f"{viewer().account_id}:{sent}") if sent else None
    sent = request.form.get("once")  # the forms of one page share it, and tell themselves apart by where they lead
    return hash_token(f"{viewer().account_id}:{request.path}:{sent}") if sent else None


def _asked_hash() -> str:
    """All that is asked: method, path, query and body. A key answers for this alone."""
    fields = sorted((k, v) for k, v in request.form.items(multi=True) if k != "csrf_token")
    body = request.get_data() if is_api() else repr(fields).encode("utf-8", "surrogatepass")
    where = f"{request.method} {request.path}?".encode("utf-8", "surrogatepass") + request.query_string
    return hashlib.sha256(where + b"\n" + body).hexdigest()


def _other_body() -> Conflict | RuleBroken:
    if is_api():
        return RuleBroken("Cette clé d’idempotence a déjà servi pour une autre demande.", field="Idempotency-Key")
    return Conflict("Ce formulaire a déjà été enregistré avec d’autres réponses. Rechargez la page pour en envoyer un nouveau.")


def _same_answer(seen: SentForm) -> BaseResponse:
    if seen.location and not is_api():
        return redirect(seen.location, code=303)
    if seen.answer is None:
        raise Conflict("C’est déjà fait, et la réponse ne se montre qu’une fois. Rechargez la page pour recommencer.")
    return Response(seen.answer, seen.status or 200, content_type="application/json")


def shown_once(answer: ResponseReturnValue) -> Response:
    """An answer that holds a secret (a code, a token): never kept, so that sending the form again is refused."""
    keep_no_answer()
    return make_response(answer)


def keep_no_answer() -> None:
    """The same, said before the answer is made."""
    g.shown_once = True


def _remember(response: Response) -> Response:
    claimed = g.pop("sent_form_id", None)
    if claimed is not None and response.status_code < 400:
        answer: Any = response.get_data(as_text=True) if is_api() and "shown_once" not in g else None
        db.session.execute(
            update(SentForm)
            .filter(SentForm.id == claimed)
            .values(status=response.status_code, location=response.headers.get("Location"), answer=answer)
            .execution_options(synchronize_session=False)
        )
    return response


def _bound(instant: Any) -> Any:
    """The instant as this engine's column keeps it: text() knows no column types."""
    return Instant().process_bind_param(instant, db.engine.dialect)
