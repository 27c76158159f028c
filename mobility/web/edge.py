"""The edge: an unsafe request that answers below 400 commits once, everything else rolls back, and a GET cannot write.

A view that many go for at once looks before it writes (first_look.py): what it refuses then has made nobody wait.

Three named writers stand outside, each in a short transaction of its own after the reading one has closed, and fail closed:
the look at a person's file (a list taken away as a file is one at each person it names), the one at a booklet shown by its link,
and the try at the door.
"""

from collections.abc import Callable

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as BaseResponse

from mobility.db import db, transaction, undo
from mobility.web.addresses import Linking

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class PointEtape(Linking):
    """The application, whose every dispatch is inside the right kind of transaction."""

    def full_dispatch_request(self) -> Response:
        """Dispatch inside one transaction, then run the named writers. Raises what they raise: no page is shown that left no trace."""
        try:
            response = self._in_transaction()
            _leave_traces(response)
        except SQLAlchemyError as error:  # at the commit itself, where no view stands any more
            return self.finalize_request(self.handle_user_exception(error))
        return response

    def _in_transaction(self) -> Response:
        if request.method in SAFE or view_says("own_transactions"):
            try:
                return super().full_dispatch_request()
            finally:
                db.session.close()
        response: Response
        with transaction(looking_first=view_says("looks_first")):
            response = super().full_dispatch_request()
            if response.status_code >= 400:
                undo()
        return response


def after_reading(write: Callable[[], object]) -> None:
    """Have a named writer run once this request's own transaction has closed."""
    g.setdefault("after_reading", []).append(write)


def _leave_traces(response: Response) -> None:
    """Run the named writers; an answer that they keep from leaving is closed, with the file it may hold."""
    try:
        for write in g.pop("after_reading", ()):
            with transaction():
                write()
    except BaseException:
        response.close()
        raise


def view_says(mark: str) -> bool:
    """Whether the view of this request carries a mark: `own_transactions` (mobility/web/access.py), `looks_first` (first_look.py)."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, mark, False))


def register(app: Flask) -> None:
    """Put the security headers on every answer."""
    app.after_request(_headers)


def _headers(response: BaseResponse) -> BaseResponse:
    hosts = " ".join(current_app.extensions.get("checkout_hosts", ()))
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        f"manifest-src 'self'; worker-src 'self'; form-action 'self' {hosts}; base-uri 'none'; frame-ancestors 'none'".replace(" ;", ";"),
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    if request.endpoint and "Cache-Control" not in response.headers:
        # Pages hold people: neither a shared phone nor a proxy keeps them.
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
