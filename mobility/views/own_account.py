"""One's own account: the phone people call, the password, and the second factor."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobility.actions import accounts, second_factor
from mobility.clock import now
from mobility.db import transaction
from mobility.later import later
from mobility.phones import say_phone
from mobility.queries.accounts import get_own_account
from mobility.rights import STAFF, Role
from mobility.schemas.accounts import CodeSchema, OwnAccountSchema, PasswordSchema
from mobility.tongues import say
from mobility.web import door
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")

pages = Blueprint("own_account", __name__)

_DRAFT = "second_factor_draft"


@pages.get("/account")
@pages.get("/p/<slug>/account")
@allow(*Role)
@in_every_tongue
def show(form: Form | None = None) -> str:
    """What one can settle oneself; the staff of a platform also the phone that people see."""
    account = get_own_account(current_user.account_id)
    form = form or Form(values={"phone": say_phone(account.phone) if account.phone else ""})
    return render_template("accounts/own.html", form=form, account=account, calls=viewer().is_staff and "platform" in g)


@pages.post("/p/<slug>/account")
@allow(*STAFF)
@or_again(show)
def set_phone() -> ResponseReturnValue:
    """Keep the phone that people call."""
    told = from_form(OwnAccountSchema())
    accounts.set_own_phone(current_user.account_id, **told, by=viewer(), now=now())
    flash("Votre téléphone est enregistré." if told["phone"] else "Votre téléphone n’est plus montré.", "fine")
    return redirect(url_for("own_account.show"), code=303)


@pages.get("/password")
@pages.get("/p/<slug>/password")
@allow(*Role)
@in_every_tongue
def password(form: Form | None = None) -> str:
    """Choose a password; the first time, in place of the code."""
    none_kept = get_own_account(current_user.account_id).password_hash is None
    return render_template(
        "accounts/password.html",
        form=form or Form(),
        first=current_user.must_change,
        none_kept=none_kept,
        proven=door.came_by_link(),
        back=door.inside(),
    )


@pages.post("/password")
@pages.post("/p/<slug>/password")
@allow(*Role)
@in_every_tongue
@own_transactions
@or_again(password)
def change_password() -> ResponseReturnValue:
    """Keep the new password; every session ends, this browser's starts anew."""
    told, who = from_form(PasswordSchema()), viewer()
    with transaction():
        accounts.change_password(current_user.account_id, **told, proven=door.came_by_link(), by=who, now=now())
        door.come_in(who, now=now(), second_factor=current_user.second_factor_at is not None)
    flash(say("Votre mot de passe est enregistré."), "fine")
    return redirect(door.inside(), code=303)


@pages.get("/second-factor")
@pages.get("/p/<slug>/second-factor")
@allow(*Role)
@in_every_tongue
def second_factor_page(form: Form | None = None) -> str:
    """Type the phone's code; the first time, have the phone read the secret."""
    account = get_own_account(current_user.account_id)
    if account.totp_secret is not None:
        return render_template("accounts/second_factor.html", form=form or Form(), passed=current_user.second_factor_at is not None)
    secret = _draft()
    picture = segno.make(second_factor.phone_address(secret, account), error="m", micro=False).svg_data_uri(
        scale=5, dark="#14213D", light="#fff"
    )
    return render_template("accounts/second_factor_new.html", form=form or Form(), secret=secret, picture=picture)


@pages.post("/second-factor")
@pages.post("/p/<slug>/second-factor")
@allow(*Role)
@in_every_tongue
@own_transactions
@or_again(second_factor_page)
def pass_second_factor() -> ResponseReturnValue:
    """Check the code, keep the phone's secret the first time, and start a session anew."""
    code, who = from_form(CodeSchema())["code"], viewer()
    door.count_try("code", str(current_user.account_id), now=now())
    with transaction():
        if get_own_account(current_user.account_id).totp_secret is None:
            second_factor.enrol(current_user.account_id, secret=_draft(), code=code, by=who, now=now())
        else:
            second_factor.verify(current_user.account_id, code=code, by=who, now=now())
        door.come_in(who, now=now(), second_factor=True, by_link=door.came_by_link())
    return redirect(door.inside(), code=303)


def _draft() -> str:
    """The secret shown and not yet kept: sealed in this browser's cookie, so that showing the page writes nothing here."""
    if _DRAFT not in session:
        session[_DRAFT] = second_factor.box().seal(second_factor.new_secret())
    return second_factor.box().open(session[_DRAFT])
