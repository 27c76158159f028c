"""The manager's page of accounts: who may come in, with which roles; codes and tokens are shown once, in the answer that makes them."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mobility.actions import accounts, api_tokens, invitations, second_factor
from mobility.clock import now
from mobility.models import Account
from mobility.office_lists import MEMBERS
from mobility.queries.accounts import all_members, get_account, get_member, list_api_tokens, list_grants_here, list_open_structures
from mobility.rights import ROLE_NAMES, Role, Viewer
from mobility.schemas.accounts import INVITED_ROLES, AccountSchema, GrantSchema, TokenSchema
from mobility.slots import NavItem, Slot, fill
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

pages = Blueprint("team", __name__)


def register(app: Flask) -> None:
    """Hang the pages, and their entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _entry)


def _entry(who: Viewer) -> Iterable[NavItem]:
    if not who.may(Role.MANAGER):
        return []
    return [NavItem(order=90, label="Accès", href=url_for("team.list_all"), icon="key", endpoint="team.list_all")]


@pages.get("/p/<slug>/accounts")
@allow(Role.MANAGER)
def list_all() -> ResponseReturnValue:
    """Everybody who holds or held a role here."""
    return show_list(MEMBERS, all_members(), "accounts/list.html")


@pages.get("/p/<slug>/accounts/new")
@allow(Role.MANAGER)
def new(form: Form | None = None) -> str:
    """Invite somebody."""
    return render_template("accounts/new.html", form=form or Form(), **_choices())


@pages.post("/p/<slug>/accounts/new")
@allow(Role.MANAGER)
@or_again(new)
def create() -> ResponseReturnValue:
    """Open the account; the link that activates it goes by mail."""
    account = invitations.open_and_invite(**from_form(AccountSchema()), by=viewer(), now=now())
    return _back(account.id, "L’invitation part par mail dans quelques instants. La personne entre par ce lien.")


@pages.get("/p/<slug>/accounts/<int:account_id>")
@allow(Role.MANAGER)
def show(account_id: int, form: Form | None = None, grant_id: int | None = None, token_id: int | None = None) -> str:
    """One account: its roles here, its phone, its tokens, what to do."""
    form, to_token = form or Form(), request.endpoint == "team.make_token"
    return render_template(
        "accounts/show.html",
        form=Form() if to_token else form,
        token_form=replace(form if to_token else Form(), prefix="token"),
        member=get_member(account_id),
        grants=list_grants_here(account_id),
        tokens=list_api_tokens(account_id),
        now=now(),
        **_choices(),
    )


@pages.post("/p/<slug>/accounts/<int:account_id>/code")
@allow(Role.MANAGER)
@or_again(show)
def renew_code(account_id: int) -> ResponseReturnValue:
    """A fresh code, shown once; password and phone are forgotten."""
    account, code = accounts.hand_over_code(account_id, by=viewer(), now=now())
    return _code_shown(account, code)


@pages.post("/p/<slug>/accounts/<int:account_id>/link")
@allow(Role.MANAGER)
@or_again(show)
def mail_link(account_id: int) -> ResponseReturnValue:
    """Mail a link that lets them in once."""
    invitations.invite(get_account(account_id), by=viewer(), now=now())
    return _back(account_id, "Le lien part par mail dans quelques instants.")


@pages.post("/p/<slug>/accounts/<int:account_id>/roles")
@allow(Role.MANAGER)
@or_again(show)
def grant(account_id: int) -> ResponseReturnValue:
    """Give a role here."""
    grant = invitations.give_role(get_account(account_id).id, **from_form(GrantSchema()), by=viewer(), now=now())
    if grant.offered_at is not None:
        return _back(account_id, "Le rôle est proposé : il s’ouvre quand la personne entre par le lien envoyé à son adresse.")
    return _back(account_id, "Le rôle est donné ; la personne se reconnecte pour en profiter.")


@pages.post("/p/<slug>/accounts/<int:account_id>/roles/<int:grant_id>/end")
@allow(Role.MANAGER)
@or_again(show)
def end_role(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    accounts.end_role(account_id, grant_id, by=viewer(), now=now())
    return _back(account_id, "Le rôle est retiré et les sessions ouvertes sont fermées.")


@pages.post("/p/<slug>/accounts/<int:account_id>/disable")
@allow(Role.MANAGER)
@or_again(show)
def disable(account_id: int) -> ResponseReturnValue:
    """Shut the account."""
    accounts.disable_account(account_id, by=viewer(), now=now())
    return _back(account_id, "Le compte est fermé : plus rien n’entre avec lui.")


@pages.post("/p/<slug>/accounts/<int:account_id>/enable")
@allow(Role.MANAGER)
@or_again(show)
def enable(account_id: int) -> ResponseReturnValue:
    """Open the account again."""
    accounts.enable_account(account_id, by=viewer(), now=now())
    return _back(account_id, "Le compte est rouvert.")


@pages.post("/p/<slug>/accounts/<int:account_id>/second-factor/forget")
@allow(Role.MANAGER)
@or_again(show)
def forget_phone(account_id: int) -> ResponseReturnValue:
    """Forget a lost phone."""
    second_factor.forget(account_id, by=viewer(), now=now())
    return _back(account_id, "Le téléphone est oublié : la personne en enregistre un autre à sa prochaine connexion.")


@pages.post("/p/<slug>/accounts/<int:account_id>/tokens")
@allow(Role.MANAGER)
@or_again(show)
def make_token(account_id: int) -> ResponseReturnValue:
    """Make a token for the API, shown once."""
    row, token = api_tokens.make_api_token(account_id, **from_form(TokenSchema()), by=viewer(), now=now())
    return shown_once(render_template("accounts/token.html", account_id=account_id, row=row, token=token))


@pages.post("/p/<slug>/accounts/<int:account_id>/tokens/<int:token_id>/end")
@allow(Role.MANAGER)
@or_again(show)
def end_token(account_id: int, token_id: int) -> ResponseReturnValue:
    """End a token."""
    api_tokens.end_api_token(account_id, token_id, by=viewer(), now=now())
    return _back(account_id, "Le jeton est éteint.")


def _code_shown(account: Account, code: str) -> ResponseReturnValue:
    address = current_app.extensions["settings"].public_url + url_for("accounts.login")
    return shown_once(render_template("accounts/code.html", account=account, code=code, lasts=accounts.CODE_LASTS.days, address=address))


def _choices() -> dict[str, list[tuple[object, str]]]:
    return {
        "roles": [(role.value, ROLE_NAMES[role]) for role in INVITED_ROLES],
        "structures": [(structure.id, structure.name) for structure in list_open_structures()],
    }


def _back(account_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("team.show", account_id=account_id), code=303)
