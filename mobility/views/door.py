"""The way in and out: login, logout."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobility.clock import now
from mobility.db import transaction
from mobility.schemas.accounts import LoginSchema
from mobility.web import door
from mobility.web.access import own_transactions, public
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("accounts", __name__)


@pages.get("/login")
@pages.get("/p/<slug>/login")
@public
def login(form: Form | None = None) -> ResponseReturnValue:
    """The door of a platform; without one, the network administrator's."""
    if current_user.is_authenticated and viewer().roles and form is None:
        return redirect(_inside(), code=303)
    return render_template("accounts/login.html", form=form or Form(), back=request.args.get("next"))


@pages.post("/login")
@pages.post("/p/<slug>/login")
@public
@own_transactions
@or_again(login)
def enter() -> ResponseReturnValue:
    """Come in with a new session."""
    who = door.knock(**from_form(LoginSchema()), now=now())
    with transaction():
        door.come_in(who, now=now())
    return redirect(_inside(), code=303)


@pages.post("/logout")
@pages.post("/p/<slug>/logout")
@public
def logout() -> ResponseReturnValue:
    """Leave; the session is dead on the server too."""
    door.leave(now=now())
    flash("Vous êtes déconnecté.", "fine")
    return redirect(url_for("accounts.login"), code=303)


def _inside() -> str:
    """The page that was asked for, when it is one of this platform's; else its start."""
    start = url_for("home.platform") if g.get("platform") else url_for("home.index")
    back = request.args.get("next", "")
    return back if g.get("platform") and back.startswith(start) else start
