"""Who writes, at the head and foot of every paper of a platform."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from mobility.db import Known, columns_of, db, platform_id, this_platform
from mobility.documents.letter import Letter
from mobility.documents.papers import Letterhead, Person
from mobility.models import Beneficiary, Platform
from mobility.phones import say_phone


class Signed(NamedTuple):
    """How the news of a platform are signed."""

    slug: str
    name: str
    phone: str | None


SIGNED = Known(
    Platform, Signed, select(*columns_of(Platform, Signed)).filter(Platform.id == this_platform()), latest_first=lambda own: own.slug
)


def platform_here() -> Platform:
    """The platform in force."""
    return db.session.get_one(Platform, platform_id())


def letterhead() -> Letterhead:
    """The letterhead of the platform in force."""
    platform = platform_here()
    legal_name = platform.legal_name or platform.name
    return Letterhead(
        name=platform.name,
        address=platform.address or "",
        legal_line=f"{legal_name}, SIREN {platform.siren}" if platform.siren else legal_name,
        phone=platform.phone,
        email=platform.email,
    )


def letter_to(person: Beneficiary, paragraphs: Iterable[str], *, now: datetime) -> Letter:
    """A letter of the platform in force to somebody, ready to print."""
    place = f"{person.postcode or ''} {person.commune or ''}".strip()
    to = (f"{person.first_name} {person.last_name}", person.address, place)
    return Letter(
        platform=letterhead(),
        number=person.number,
        written_at=now,
        to=tuple(line for line in to if line),
        paragraphs=tuple(paragraphs),
    )


def person_of(beneficiary: Beneficiary) -> Person:
    """Somebody as a paper names them."""
    place = " ".join(part for part in (beneficiary.postcode, beneficiary.commune) if part)
    return Person(
        full_name=f"{beneficiary.first_name} {beneficiary.last_name}",
        address=", ".join(part for part in (beneficiary.address, place) if part) or None,
        born_on=beneficiary.birth_on,
        phone=say_phone(beneficiary.phone) if beneficiary.phone else None,
        email=beneficiary.email,
    )
