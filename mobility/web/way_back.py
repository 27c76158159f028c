"""The page that an act was asked from, when its address says so (`next`): back to it afterwards, never out of the platform."""

from flask import request, url_for


def way_back(usual: str) -> str:
    """The page that `next` names, when it is one of this platform's; else the usual one."""
    asked = request.args.get("next", "")
    return asked if asked.startswith(url_for("home.platform")) else usual
