"""Accounts and tokens as JSON, for the manager: the pages' actions and schemas."""

from collections.abc import Sequence
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from mobility.actions import accounts, api_tokens, invitations
from mobility.clock import now
from mobility.models import Account
from mobility.office_lists import MEMBERS
from mobility.queries.accounts import Member, all_members, get_account, get_member, get_own_account
from mobility.rights import STAFF, Role
from mobility.schemas.accounts import AccountOut, AccountSchema, OwnAccountSchema, TokenOut, TokenSchema
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

blp = Blueprint("accounts_api", __name__, url_prefix="/api/v1/p/<slug>", description="Comptes, rôles et jetons d’accès d’une plateforme")


@blp.get("/accounts")
@blp.arguments(MEMBERS.schema(), location="query")
@blp.response(200, list_of(AccountOut))
@allow(Role.MANAGER)
def list_all(asked: dict[str, Any]) -> dict[str, Any]:
    """Everybody who holds or held a role here, or was offered one, by name, fifty a page."""
    return told(MEMBERS, all_members(), asked, _told)


@blp.post("/accounts")
@blp.arguments(AccountSchema)
@blp.response(201, AccountOut)
@allow(Role.MANAGER)
def create(given: dict[str, Any]) -> dict[str, Any]:
    """Open an account and mail its link; somebody who already has one elsewhere accepts the role by it."""
    return _told(get_member(invitations.open_and_invite(**given, by=viewer(), now=now()).id))


@blp.delete("/accounts/<int:account_id>")
@blp.response(204)
@allow(Role.MANAGER)
def disable(account_id: int) -> None:
    """Shut an account: sessions and tokens are dead at once."""
    accounts.disable_account(account_id, by=viewer(), now=now())


@blp.post("/accounts/<int:account_id>/tokens")
@blp.arguments(TokenSchema)
@blp.response(201, TokenOut)
@allow(Role.MANAGER)
def make_token(told: dict[str, Any], account_id: int) -> ResponseReturnValue:
    """Make a token for one of the account's roles; it is in this answer only."""
    row, token = api_tokens.make_api_token(get_account(account_id).id, **told, by=viewer(), now=now())
    return shown_once((jsonify(TokenOut().dump({"id": row.id, "token": token, "expires_at": row.expires_at})), 201))


@blp.delete("/accounts/<int:account_id>/tokens/<int:token_id>")
@blp.response(204)
@allow(Role.MANAGER)
def end_token(account_id: int, token_id: int) -> None:
    """End a token at once."""
    api_tokens.end_api_token(account_id, token_id, by=viewer(), now=now())


@blp.get("/own-account")
@blp.response(200, AccountOut)
@allow(*Role)
def own() -> dict[str, Any]:
    """The token's own account."""
    return _own()


@blp.patch("/own-account")
@blp.arguments(OwnAccountSchema)
@blp.response(200, AccountOut)
@allow(*STAFF)
def set_own_phone(told: dict[str, Any]) -> dict[str, Any]:
    """Keep the phone that people call."""
    accounts.set_own_phone(_own_id(), **told, by=viewer(), now=now())
    return _own()


def _own_id() -> int:
    who = viewer()
    assert who.account_id is not None  # every token is an account's
    return who.account_id


def _own() -> dict[str, Any]:
    account = get_own_account(_own_id())
    return _shown(account, roles=sorted(viewer().roles))


def _told(member: Member) -> dict[str, Any]:
    """Whoever accepted no role here yet is an address: what the account is elsewhere is not told."""
    account, known = member.account, member.is_known
    more = {"name": member.name, "phone": account.phone if known else None, "disabled": known and account.disabled_at is not None}
    return _shown(account, roles=member.roles, offered=member.offered) | more


def _shown(account: Account, *, roles: list[str], offered: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "identifier": account.identifier,
        "phone": account.phone,
        "roles": roles,
        "offered": offered,
        "disabled": account.disabled_at is not None,
    }
