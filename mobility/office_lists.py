"""The office's lists: who comes in, messages, lines of an import."""

from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import or_

from mobility.cells import Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import period_filters
from mobility.models import Account, ImportDoubt, Message
from mobility.queries.accounts import SHOWN_NAME, Member, read_member, with_role
from mobility.queries.messages import in_state
from mobility.rights import ROLE_NAMES, Role
from mobility.web.fields import Choice, Text


def _any_of(*columns: Any) -> Any:
    """Narrow to lines one of whose columns holds the words."""
    return lambda query, words: query.filter(or_(*(column.icontains(words.strip(), autoescape=True) for column in columns)))


def _say_roles(member: Member) -> str:
    said = [ROLE_NAMES[Role(role)] for role in member.roles] + [f"{ROLE_NAMES[Role(role)]} (proposé)" for role in member.offered]
    return ", ".join(said) or "aucun"


_HELD_HERE = {role.value: name for role, name in ROLE_NAMES.items() if role is not Role.NETWORK}
MEMBERS = Listing(
    name="acces",
    title="Accès",
    columns=[
        Column("name", "Nom", lambda m: m.name, [SHOWN_NAME], lambda m: url_for("team.show", account_id=m.account.id)),
        Column("roles", "Rôles ici", _say_roles),
        Column("login", "Entre avec", lambda m: m.account.email or m.account.identifier, [Account.email, Account.identifier]),
        Column("state", "État", lambda m: m.entry),
    ],
    filters=[
        Filter("q", "Nom ou adresse", partial(Text, longest=80), _any_of(SHOWN_NAME, Account.email, Account.identifier)),
        Filter("role", "Rôle", partial(Choice, _HELD_HERE), with_role, lambda: list(_HELD_HERE.items())),
    ],
    sort="name",
    tie=Account.id,
    read=read_member,
)


def became_of(row: Any) -> Said:
    """What became of a message."""
    header = row[1]
    if header.done_at:
        return Said("parti", "fine")
    if header.gave_up_at:
        return Said("abandonné", "over")
    return Said("nouvel essai prévu", "near") if header.last_error else Said("en attente", "waiting")


_CHANNELS = {"mail": "Mail", "sms": "SMS"}
_MESSAGE_STATES = {"done": "partis", "waiting": "en attente", "gave_up": "abandonnés"}
# What a message says stays on the page: its links open doors.
MESSAGES = Listing(
    name="messages",
    title="Messages",
    columns=[
        Column("at", "Écrit le", lambda row: row[0].created_at, [Message.created_at]),
        Column("channel", "Par", lambda row: _CHANNELS.get(row[0].channel, row[0].channel), [Message.channel]),
        Column("recipient", "À", lambda row: row[0].recipient, [Message.recipient]),
        Column("subject", "Objet", lambda row: row[0].subject, [Message.subject]),
        Column("state", "État", became_of),
    ],
    filters=[
        Filter("q", "Destinataire ou objet", partial(Text, longest=80), _any_of(Message.recipient, Message.subject)),
        Filter("channel", "Par", partial(Choice, _CHANNELS), lambda q, v: q.filter(Message.channel == v), lambda: list(_CHANNELS.items())),
        Filter("state", "État", partial(Choice, _MESSAGE_STATES), in_state, lambda: list(_MESSAGE_STATES.items())),
        *period_filters(Message.created_at, "Depuis le"),
    ],
    sort="-at",
    tie=Message.id,
    person=lambda row: row[0].beneficiary_id,
)

_TAKEN = {"no": "laissées de côté", "yes": "reprises"}
DOUBTS = Listing(
    name="lignes-a-verifier",
    title="Lignes à vérifier",
    columns=[
        Column("file", "Fichier", lambda d: d.file, [ImportDoubt.file, ImportDoubt.line]),
        Column("line", "Ligne", lambda d: d.line, [ImportDoubt.line], number=True),
        Column(
            "taken",
            "Reprise ?",
            lambda d: Said("reprise", "near") if d.taken else Said("laissée de côté", "over"),
            [ImportDoubt.taken, ImportDoubt.file, ImportDoubt.line],
        ),
        Column("reason", "Pourquoi", lambda d: d.reason, [ImportDoubt.reason]),
    ],
    filters=[
        Filter("q", "Fichier ou raison", partial(Text, longest=80), _any_of(ImportDoubt.file, ImportDoubt.reason)),
        Filter(
            "taken",
            "Reprises ?",
            partial(Choice, _TAKEN),
            lambda q, v: q.filter(ImportDoubt.taken.is_(v == "yes")),
            lambda: list(_TAKEN.items()),
            every="Toutes",
        ),
    ],
    sort="taken",
    tie=ImportDoubt.id,
    read=lambda row: row[0],
)
