"""The first page: which platforms there are, and the way in."""

from flask import Blueprint, Flask, render_template
from sqlalchemy import select

from mobility.db import db
from mobility.models import Platform
from mobility.rights import Role
from mobility.web.access import allow, public

pages = Blueprint("home", __name__)


def register(app: Flask) -> None:
    """Hang the first page."""
    app.register_blueprint(pages)


@pages.get("/")
@public
def index() -> str:
    """The platforms of this installation."""
    platforms = db.session.scalars(select(Platform).order_by(Platform.name)).all()
    return render_template("home.html", platforms=platforms)


@pages.get("/p/<slug>/")
@allow(*Role)
def platform() -> str:
    """The start of a platform."""
    return render_template("home_platform.html")
