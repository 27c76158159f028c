"""People who may be known already under another file: what the adviser decides about."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from mobility.db import db
from mobility.likeness import Identity, reasons
from mobility.models import Beneficiary, Distinction
from mobility.names import identity_key


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Another file, and why it may be about the same person."""

    person: Beneficiary
    reasons: tuple[str, ...]


def list_alike(person: Beneficiary) -> list[Alike]:
    """The other files of this platform that may be this person's and were not told apart from it, the oldest first."""
    near = select(Beneficiary).filter(Beneficiary.id != person.id, Beneficiary.merged_into_id.is_(None))
    near = near.filter(or_(*_near(person)), ~_told_apart(person)).order_by(Beneficiary.id)
    found = [Alike(person=other, reasons=reasons(_identity(person), _identity(other))) for other in db.session.scalars(near)]
    return [alike for alike in found if alike.reasons]


def find_distinction(one_id: int, other_id: int) -> Distinction | None:
    """What was said of two files, whichever comes first."""
    lower, higher = sorted((one_id, other_id))
    return db.session.scalar(select(Distinction).filter(Distinction.lower_id == lower, Distinction.higher_id == higher))


def _near(person: Beneficiary) -> Sequence[ColumnElement[bool]]:
    """Few files to compare letter by letter: those that share a name either way round, a date of birth, a phone or a mail."""
    ways = ((person.first_name, person.last_name), (person.last_name, person.first_name))
    near = [Beneficiary.identity_key.startswith(identity_key(first, last, None), autoescape=True) for first, last in ways]
    if person.birth_on:
        near.append(Beneficiary.birth_on == person.birth_on)
    if person.phone:
        near.append(Beneficiary.phone == person.phone)
    if person.email:
        near.append(func.lower(Beneficiary.email) == person.email.lower())
    return near


def _told_apart(person: Beneficiary) -> ColumnElement[bool]:
    return exists().where(
        or_(
            and_(Distinction.lower_id == person.id, Distinction.higher_id == Beneficiary.id),
            and_(Distinction.higher_id == person.id, Distinction.lower_id == Beneficiary.id),
        )
    )


def _identity(person: Beneficiary) -> Identity:
    return Identity(
        first_name=person.first_name, last_name=person.last_name, birth_on=person.birth_on, phone=person.phone, email=person.email
    )
