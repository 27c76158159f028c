"""To the gateway's page and back: a key nobody guesses, the address of the return, and the call between two transactions."""

import hashlib
import hmac

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from billing.actions import cards
from billing.models import Payment
from mobility.clock import now
from mobility.errors import RuleBroken
from mobility.web.viewer import viewer


def key_of_request() -> str:
    """This sending's key: the page's own id or the API's `Idempotency-Key`, under our secret, since the return page opens with it.

    Raises RuleBroken when there is none: without it a second click would be a second charge.
    """
    sent = request.headers.get("Idempotency-Key") if request.path.startswith("/api/") else request.form.get("once")
    if not sent:
        raise RuleBroken("Envoyez un en-tête Idempotency-Key : il évite de débiter deux fois.", field="Idempotency-Key")
    secret = current_app.config["SECRET_KEY"].encode()
    said = f"card\n{viewer().account_id}\n{request.path}\n{sent}".encode("utf-8", "surrogatepass")
    return hmac.new(secret, said, hashlib.sha256).hexdigest()


def checkout_url(payment_id: int) -> str:
    """The gateway's page of a payment that was committed. Outside any transaction."""
    return cards.open_checkout(payment_id, back_url=back_url, by=viewer(), now=now())


def to_gateway(payment_id: int) -> Response:
    """Send the browser there."""
    return redirect(checkout_url(payment_id), code=303)


def back_url(payment: Payment) -> str:
    """Where the person returns to: always the same for a payment, and on the address that people type."""
    return current_app.extensions["settings"].public_url + url_for("card.back", key=payment.key)
