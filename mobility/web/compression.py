"""Pages and JSON go out compressed: under 30 kB a page on the wire, for a phone on a poor network waits for every one."""

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
