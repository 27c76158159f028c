"""The signature of a webhook, in Stripe's scheme: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`.

Our own, on raw bytes and with `now` given, for both gateways: the SDK's decodes the body first, reads the clock by itself,
and breaks with a TypeError on a signature that is not ASCII.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from billing.card_gateway import SignatureRefused

TOLERANCE = timedelta(minutes=5)
SCHEME = "v1"


def sign(raw: bytes, secret: str, at: datetime) -> str:
    """The header's value for this body."""
    seconds = str(int(at.timestamp()))
    return f"t={seconds},{SCHEME}={_digest(raw, secret, seconds)}"


def check_signature(raw: bytes, header: str | None, secret: str, now: datetime) -> None:
    """Raises SignatureRefused unless one signature of the header is ours, made less than five minutes from `now`."""
    if not secret.strip():  # anybody can sign with an empty secret
        raise SignatureRefused("La plateforme n’a pas encore de secret pour les avis de paiement : avis refusé.")
    seconds, signatures = _parts(header or "")
    expected = _digest(raw, secret, seconds).encode()
    if not any([hmac.compare_digest(expected, signature.encode("utf-8", "replace")) for signature in signatures]):
        raise SignatureRefused("La signature de cet avis de paiement n’est pas la bonne : avis refusé.")
    if abs(now.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        raise SignatureRefused("Cet avis de paiement a été signé il y a trop longtemps : avis refusé.")


def _parts(header: str) -> tuple[str, list[str]]:
    pairs = [item.strip().partition("=") for item in header.split(",")]
    times = [value for name, _, value in pairs if name == "t"]
    signatures = [value for name, _, value in pairs if name == SCHEME]
    if len(times) != 1 or not signatures or not _is_seconds(times[0]):
        raise SignatureRefused("Cet avis de paiement n’est pas signé : avis refusé.")
    return times[0], signatures


def _is_seconds(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12


def _digest(raw: bytes, secret: str, seconds: str) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + raw, sha256).hexdigest()
