"""The way in and out: login, logout, and the links sent by mail."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobility.actions import invitations
from mobility.actions.links import LinkGone
from mobility.clock import now
from mobility.db import db, transaction
from mobility.queries.platforms import list_platforms
from mobility.schemas.accounts import LoginSchema, MailSchema
from mobility.tongues import say
from mobility.web import door
from mobility.web.access import own_transactions, public
from mobility.web.forms import Form, from_form, or_again
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("accounts", __name__)


@pages.get("/login")
@pages.get("/p/<slug>/login")
@public
@in_every_tongue
def login(form: Form | None = None) -> ResponseReturnValue:
    """The door of a platform; without one, the network administrator's."""
    if current_user.is_authenticated and viewer().roles and form is None:
        return redirect(door.inside(), code=303)
    doors = [] if g.get("platform") else list_platforms()
    return render_template("accounts/login.html", form=form or Form(), back=request.args.get("next"), doors=doors)


@pages.post("/login")
@pages.post("/p/<slug>/login")
@public
@in_every_tongue
@own_transactions
@or_again(login)
def enter() -> ResponseReturnValue:
    """Come in with a new session."""
    who = door.knock(**from_form(LoginSchema()), now=now())
    with transaction():
        door.come_in(who, now=now())
    return redirect(door.inside(), code=303)


@pages.post("/logout")
@pages.post("/p/<slug>/logout")
@public
def logout() -> ResponseReturnValue:
    """Leave; the session is dead on the server too."""
    door.leave(now=now())
    flash(say("Vous êtes déconnecté."), "fine")
    gone = redirect(url_for("accounts.login"), code=303)
    gone.headers["Clear-Site-Data"] = '"storage"'  # what waited for the network on this device is somebody's
    return gone


@pages.errorhandler(LinkGone)
def link_gone(gone: LinkGone) -> ResponseReturnValue:
    """What to do about a link that opens nothing any more."""
    db.session.rollback()
    return render_template("accounts/link_gone.html", gone=gone), gone.status


@pages.get("/p/<slug>/link/<token>")
@public
@in_every_tongue
def link(token: str) -> str:
    """A page with a button: mail scanners open links, they press nothing."""
    return render_template("accounts/link.html", form=Form(), token=token, offers=invitations.list_offered(token, now=now()))


@pages.post("/p/<slug>/link/<token>")
@public
@in_every_tongue
def enter_by_link(token: str) -> ResponseReturnValue:
    """Use the link up and come in."""
    who = invitations.who_enters(token, now=now())
    door.come_in(who, now=now(), by_link=True)
    return redirect(url_for("own_account.password") if door.lacks_password(who) else door.inside(), code=303)


@pages.get("/p/<slug>/forgotten")
@public
@in_every_tongue
def forgotten(form: Form | None = None) -> str:
    """Ask for a link by mail."""
    return render_template("accounts/forgotten.html", form=form or Form())


@pages.post("/p/<slug>/forgotten")
@public
@in_every_tongue
@own_transactions
@or_again(forgotten)
def send_link() -> ResponseReturnValue:
    """Mail a link when the address may come in here; the answer is the same when not."""
    told = from_form(MailSchema())
    door.count_try("mail", told["email"], now=now())
    door.count_try("address", request.remote_addr or "", now=now())
    with transaction():
        invitations.send_link(told["email"], now=now())
    return render_template("accounts/link_sent.html")
