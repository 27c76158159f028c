"""The script that lets a check-out or check-in open without network; it stands at the platform's address, for it serves no other."""

from pathlib import Path

from flask import Blueprint, Response

from mobility.web.access import public

pages = Blueprint("offline", __name__)
WORKER = (Path(__file__).parents[2] / "static" / "worker" / "check.js").read_bytes()


@pages.get("/p/<slug>/check-worker.js")
@public
def worker() -> Response:
    """The same for everybody: it holds nothing of anybody."""
    return Response(WORKER, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
