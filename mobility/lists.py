"""The ground's lists: people, liaison forms."""

from datetime import date
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import func, or_

from mobility.cells import Said
from mobility.clock import today
from mobility.liaison import STATUSES, WAITING, say_age, waiting_days
from mobility.listing import Column, Filter, Listing
from mobility.models import Beneficiary, LiaisonForm, Structure
from mobility.names import fold
from mobility.periods import ONE_DAY, instant_of
from mobility.phones import say_phone
from mobility.queries.liaison import Line, read_line, tone_of
from mobility.queries.liaison_paper import need_of
from mobility.queries.people import matching
from mobility.web.fields import Choice, Day, Text

BY_NAME = (Beneficiary.identity_key,)  # folded: É among the E, alike on both engines


def period_filters(column: Any, since: str) -> list[Filter]:
    """From a day on, up to a day: of instants as the clocks of Paris tell them."""
    return [
        Filter("since", since, Day, lambda q, day: q.filter(column >= instant_of(day))),
        Filter("until", "Jusqu’au", Day, lambda q, day: q.filter(column < instant_of(day + ONE_DAY))),
    ]


PEOPLE = Listing(
    name="personnes",
    title="Personnes accompagnées",
    columns=[
        Column(
            "name", "Personne", lambda p: f"{p.first_name} {p.last_name}", BY_NAME, lambda p: url_for("files.show", beneficiary_id=p.id)
        ),
        Column("number", "Numéro", lambda p: p.number, [Beneficiary.number], short=True),
        Column("commune", "Commune", lambda p: p.commune, [Beneficiary.commune]),
        Column("phone", "Téléphone", lambda p: say_phone(p.phone) if p.phone else None, short=True),
        Column("last_contact_at", "Dernier contact", lambda p: p.last_contact_at, [Beneficiary.last_contact_at]),
    ],
    filters=[
        Filter("q", "Nom, téléphone ou numéro", partial(Text, longest=80), matching),
        Filter("commune", "Commune", partial(Text, longest=80), lambda q, v: q.filter(Beneficiary.commune.icontains(v, autoescape=True))),
    ],
    sort="name",
    tie=Beneficiary.id,
    read=lambda row: row[0],
    person=lambda p: p.id,
)


def _age(line: Line) -> Said | date:
    """Since when somebody waits; the day of arrival once they have their answer."""
    if line.form.status not in WAITING:
        return line.form.received_on
    days = waiting_days(line.form.received_on, today())
    return Said(say_age(days), tone_of(line.form, today()), since=line.form.received_on)


def _of_status(query: Any, status: str) -> Any:
    if status == "all":
        return query
    return query.filter(LiaisonForm.status.in_(WAITING) if status == "waiting" else LiaisonForm.status == status)


def _named(query: Any, words: str) -> Any:
    """By what the form itself says: a prescriber learns nothing that others gave."""
    for word in fold(words).split():
        number = func.replace(func.lower(LiaisonForm.number), "-", "")
        query = query.filter(or_(Beneficiary.search_key.contains(word, autoescape=True), number.contains(word, autoescape=True)))
    return query


_STATUSES = {"waiting": "en attente", **{code: status.word for code, status in STATUSES.items()}, "all": "toutes"}
_state = partial(Filter, "status", "État", partial(Choice, _STATUSES), _of_status, lambda: list(_STATUSES.items()))
_form_filters = [
    Filter("q", "Nom ou numéro", partial(Text, longest=80), _named),
    Filter("since", "Reçues depuis le", Day, lambda q, day: q.filter(LiaisonForm.received_on >= day)),
    Filter("until", "Jusqu’au", Day, lambda q, day: q.filter(LiaisonForm.received_on <= day)),
]
_form_person = Column(
    "name",
    "Personne",
    lambda line: f"{line.person.first_name} {line.person.last_name}",
    BY_NAME,
    lambda line: url_for("liaison.show", form_id=line.form.id),
)
_form_number = Column("number", "Numéro", lambda line: line.form.number, [LiaisonForm.number], short=True)
_form_status = Column("status", "État", lambda line: Said(STATUSES[line.form.status].word, STATUSES[line.form.status].tone))

FORMS = Listing(
    name="fiches-de-liaison",
    title="Fiches de liaison",
    columns=[
        _form_person,
        _form_number,
        Column("structure", "Structure", lambda line: line.structure.name, [Structure.name]),
        Column("need", "Besoin", lambda line: need_of(line.form)),
        Column("received", "Reçue", _age, [LiaisonForm.received_on]),
        _form_status,
    ],
    filters=[
        _state(usual="waiting"),
        *_form_filters,
        Filter("structure", "Structure", partial(Text, longest=80), lambda q, v: q.filter(Structure.name.icontains(v, autoescape=True))),
    ],
    sort="received",
    tie=LiaisonForm.id,
    read=read_line,
    person=lambda line: int(line.person.id),
)

OWN_FORMS = Listing(
    name="mes-fiches-de-liaison",
    title="Fiches de votre structure",
    columns=[
        _form_person,
        _form_number,
        Column("received", "Envoyée le", lambda line: line.form.received_on, [LiaisonForm.received_on]),
        Column("status", "Où elle en est", _form_status.value),
    ],
    filters=[_state(every="Tous les états"), *_form_filters],
    sort="-received",
    tie=LiaisonForm.id,
    read=read_line,
    person=lambda line: int(line.person.id),
)


def _in_structures(query: Any, words: str) -> Any:
    told = (Structure.name, Structure.kind, Structure.commune, Structure.email, Structure.email_domain)
    return query.filter(or_(*(column.icontains(words.strip(), autoescape=True) for column in told)))


_STRUCTURE_STATES = {"open": "envoie des fiches", "closed": "fermée"}
STRUCTURES = Listing(
    name="structures",
    title="Structures prescriptrices",
    columns=[
        Column("name", "Structure", lambda s: s.name, [Structure.name], lambda s: url_for("structures.edit", structure_id=s.id)),
        Column("kind", "Type", lambda s: s.kind, [Structure.kind]),
        Column("commune", "Commune", lambda s: s.commune, [Structure.commune]),
        Column("mail", "Courriel ou domaine", lambda s: s.email_domain or s.email),
        Column("state", "État", lambda s: Said("fermée") if s.closed_on else Said("envoie des fiches", "fine"), [Structure.closed_on]),
    ],
    filters=[
        Filter("q", "Nom, type, commune ou courriel", partial(Text, longest=80), _in_structures),
        Filter(
            "state",
            "État",
            partial(Choice, _STRUCTURE_STATES),
            lambda q, v: q.filter(Structure.closed_on.is_(None) if v == "open" else Structure.closed_on.is_not(None)),
            lambda: list(_STRUCTURE_STATES.items()),
        ),
    ],
    sort="name",
    tie=Structure.id,
    read=lambda row: row[0],
)
