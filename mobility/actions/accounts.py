"""Opening an account, its password, its roles, and shutting it; what shuts somebody out ends their sessions at once."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from mobility import audit, passwords
from mobility.actions.sessions import end_sessions, end_tokens
from mobility.crypto import new_access_code
from mobility.db import db, platform_id
from mobility.errors import Conflict, Forbidden, RuleBroken
from mobility.models import Account, Grant
from mobility.queries.accounts import find_by_login, get_account, get_own_account, list_grants, list_grants_here, list_offers
from mobility.rights import Role, Viewer

CODE_LASTS = timedelta(days=14)  # long enough for a letter and the next meeting


def open_account(
    *,
    name: str,
    role: Role,
    email: str | None = None,
    identifier: str | None = None,
    structure_id: int | None = None,
    beneficiary_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> tuple[Account, str | None]:
    """Open an account with one role here; without a mail address, give the identifier's code to hand over, shown this once.

    An account with an address has no password until its holder enters by a mailed link (see actions/invitations.py), so that nobody
    opens it before them. Somebody known already keeps their account. Raises RuleBroken: only people come in without an address.
    """
    known = find_by_login(email) if email else None
    if known is not None:
        grant_role(known.id, role=role, structure_id=structure_id, beneficiary_id=beneficiary_id, by=by, now=now)
        return known, None
    _check_address(email, role, field="email")
    account = Account(name=name, email=email, identifier=identifier or _free_identifier(role), created_at=now)
    code = None if email else _hand_over(account, now)
    db.session.add(account)
    audit.record("open account", account, by=by, now=now)
    grant_role(account.id, role=role, structure_id=structure_id, beneficiary_id=beneficiary_id, by=by, now=now)
    return account, code


def change_password(account_id: int, *, current: str, password: str, proven: bool = False, by: Viewer, now: datetime) -> Account:
    """Replace one's own password or the code handed over; every session ends. `proven`: a mailed link stands for the former one.

    Raises RuleBroken on the field at fault.
    """
    account = get_own_account(account_id)
    if not proven and not passwords.matches(account.password_hash, current, printed=account.must_change):
        raise RuleBroken("Ce n’est pas votre mot de passe actuel, ni le code remis.", field="current")
    only_a_person = {g.role for g in list_grants(account.id)} <= {Role.BENEFICIARY}
    shortest = passwords.SHORTEST_OF_A_PERSON if only_a_person else passwords.SHORTEST
    passwords.check_chosen(password, shortest=shortest, known=(account.name, account.email or "", account.identifier or ""))
    if passwords.matches(account.password_hash, password, printed=account.must_change):
        raise RuleBroken("Choisissez un mot de passe nouveau.", field="password")
    account.password_hash, account.must_change, account.code_until_at = passwords.keep(password), False, None
    end_sessions(account.id, now=now)
    audit.record("change password", account, by=by, now=now)
    return account


def set_own_phone(account_id: int, *, phone: str | None, by: Viewer, now: datetime) -> Account:
    """The phone people call this member of the staff on, in E.164; None takes it back."""
    account = get_own_account(account_id)
    account.phone = phone
    audit.record("set own phone", account, by=by, now=now)
    return account


def hand_over_code(account_id: int, *, by: Viewer, now: datetime) -> tuple[Account, str]:
    """A fresh code for somebody who lost theirs; the former password, the second factor and every session end with it.

    Raises Forbidden, and RuleBroken where an address can be written to: nobody else then ever knows a password.
    """
    account = get_ours(account_id, by=by)
    if {g.role for g in list_grants(account.id)} != {Role.BENEFICIARY}:
        if not by.may(Role.MANAGER, Role.NETWORK):
            raise Forbidden("Ce compte ouvre plus qu’un espace personnel : la personne responsable lui remet son code.")
        if account.email:
            raise RuleBroken("Ce compte a une adresse mail : envoyez-lui un lien, la personne choisit elle-même son mot de passe.")
    code = _hand_over(account, now)
    account.totp_secret = account.totp_last_step = account.address_proven_at = None
    end_sessions(account.id, now=now)
    audit.record("hand over code", account, by=by, now=now)
    return account, code


def grant_role(
    account_id: int,
    *,
    role: Role,
    structure_id: int | None = None,
    beneficiary_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> Grant:
    """Give a role here (everywhere for the network administrator); granting it again wakes the former grant.

    In force at once it ends their sessions; else it is offered, and waits for a mailed link to be used (`accept_roles`).
    """
    account = get_own_account(account_id)
    _check_grant(role, structure_id, beneficiary_id, by)
    _check_address(account.email, role, field="role")
    here = None if role == Role.NETWORK else platform_id()
    grant = db.session.scalar(
        select(Grant).filter(
            Grant.account_id == account_id, Grant.role == role, Grant.platform_id == here, Grant.structure_id == structure_id
        )
    )
    offered_at = None if _takes_effect(account, here) else now
    if grant is None:
        grant = Grant(account_id=account_id, platform_id=here, role=role, structure_id=structure_id, offered_at=offered_at)
        db.session.add(grant)
    elif grant.ended_at is not None:
        grant.offered_at = offered_at
    grant.beneficiary_id, grant.ended_at = beneficiary_id, None
    if grant.offered_at is None:
        end_sessions(account_id, now=now)
    audit.record("offer role" if grant.offered_at else "grant role", grant, by=by, now=now)
    return grant


def accept_roles(account: Account, *, by: Viewer, now: datetime) -> None:
    """Its holder has shown that they read the address's mail: what was offered here is in force.

    The first time, the password and the phone kept until then are forgotten: whoever opened the account may have chosen them.
    """
    if account.address_proven_at is None:
        account.password_hash, account.must_change, account.code_until_at = None, False, None
        account.totp_secret = account.totp_last_step = None
        account.address_proven_at = now
        end_sessions(account.id, now=now)
        audit.record("prove address", account, by=by, now=now)
    for grant in list_offers(account.id):
        grant.offered_at = None
        end_sessions(account.id, now=now)
        audit.record("accept role", grant, by=by, now=now)


def end_role(account_id: int, grant_id: int, *, by: Viewer, now: datetime) -> Grant:
    """Take a role away here: every session of the account ends, and the role's tokens, which no later grant may wake.

    Raises NotFound, and Conflict on one's own manager's role.
    """
    account = get_account(account_id)
    grant = next((g for g in list_grants_here(account.id) if g.id == grant_id), None)
    if grant is None:
        raise Conflict("Ce rôle a déjà été retiré.")
    if account.id == by.account_id and grant.role == Role.MANAGER:
        raise Conflict("Vous ne pouvez pas retirer votre propre rôle de responsable : demandez à une autre personne responsable.")
    grant.ended_at = now
    end_sessions(account_id, now=now)
    end_tokens(account_id, role=grant.role, now=now)
    audit.record("end role", grant, by=by, now=now)
    return grant


def disable_account(account_id: int, *, by: Viewer, now: datetime) -> Account:
    """Shut an account of this platform alone: its sessions and tokens are dead at once. Raises Conflict when it serves elsewhere."""
    account = get_ours(account_id, by=by)
    if account.id == by.account_id:
        raise Conflict("Vous ne pouvez pas fermer votre propre compte : demandez à une autre personne responsable.")
    account.disabled_at = now
    end_sessions(account.id, now=now)
    end_tokens(account.id, now=now)
    audit.record("disable account", account, by=by, now=now)
    return account


def enable_account(account_id: int, *, by: Viewer, now: datetime) -> Account:
    """Open a shut account again; tokens ended meanwhile stay ended."""
    account = get_ours(account_id, by=by)
    account.disabled_at = None
    audit.record("enable account", account, by=by, now=now)
    return account


def get_ours(account_id: int, *, by: Viewer) -> Account:
    """An account that serves this platform only, locked. Raises NotFound, and Conflict: nobody here opens another platform's door."""
    account = get_account(account_id, lock=True)
    if any(g.platform_id != platform_id() for g in list_grants(account.id)) and not by.may(Role.NETWORK):
        raise Conflict("Ce compte sert aussi ailleurs : vous pouvez lui retirer ses rôles ici, pas toucher à son mot de passe.")
    return account


def _hand_over(account: Account, now: datetime) -> str:
    code = new_access_code()
    account.password_hash, account.must_change, account.code_until_at = passwords.keep(code), True, now + CODE_LASTS
    return code


def _free_identifier(role: Role) -> str | None:
    """Eight digits, easy to type on a phone; only for people."""
    if role != Role.BENEFICIARY:
        return None
    while find_by_login(drawn := f"{secrets.randbelow(10**4):04d}-{secrets.randbelow(10**4):04d}"):
        pass
    return drawn


def _takes_effect(account: Account, here: int | None) -> bool:
    """Whether a role given here opens at once: to a new account, or to one that serves here and whose password is its holder's own."""
    if db.session.scalar(select(Grant.id).filter(Grant.account_id == account.id).limit(1)) is None:
        return True
    own = account.email is None or account.password_hash is None or account.address_proven_at is not None
    return own and any(g.platform_id == here for g in list_grants(account.id))


def _check_address(email: str | None, role: Role, *, field: str) -> None:
    if email is None and role != Role.BENEFICIARY:
        raise RuleBroken("Une adresse mail est nécessaire pour ce rôle : c’est elle qui prouve qui entre.", field=field)


def _check_grant(role: Role, structure_id: int | None, beneficiary_id: int | None, by: Viewer) -> None:
    if role == Role.NETWORK and by.account_id is not None and not by.may(Role.NETWORK):
        raise Forbidden("Seul le réseau nomme ses administrateurs.")
    if role == Role.PRESCRIBER and structure_id is None:
        raise RuleBroken("Choisissez la structure de ce prescripteur.", field="structure_id")
    if role == Role.BENEFICIARY and beneficiary_id is None:
        raise RuleBroken("Choisissez la personne à qui ce compte appartient.", field="beneficiary_id")
