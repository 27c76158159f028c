"""The page that shows every part of the look in every state, in the demonstration only."""

from flask import Flask, render_template

from mobility.web.access import public


def register(app: Flask) -> None:
    """Hang /style where invented people are shown."""
    if app.extensions["settings"].demo:
        app.add_url_rule("/style", "style", public(_style))


def _style() -> str:
    return render_template("layout/style.html")
