"""Pages and JSON go out compressed: a page weighs under 30 kB on the wire (faces.md "Manners")."""

from flask import Flask
from flask_compress import Compress

KINDS = ["text/html", "text/csv", "application/json", "application/problem+json", "image/svg+xml"]


def register(app: Flask) -> None:
    """Compress answers; hung before every other hook, so that it runs after them all and they see plain text."""
    app.config |= {
        "COMPRESS_MIMETYPES": KINDS,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_STREAMS": False,
        "COMPRESS_EVALUATE_CONDITIONAL_REQUEST": False,
    }
    Compress(app)
