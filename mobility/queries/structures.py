"""Structures that prescribe, and the poles where people are met."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select

from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Structure
from mobility.rights import FILE_READERS, Viewer


def get_structure(structure_id: int, viewer: Viewer) -> Structure:
    """A structure of this platform; whoever reads no files, a prescriber, gets their own only. Raises NotFound."""
    found = db.session.scalar(select(Structure).filter(Structure.id == structure_id))
    if found is None or not (viewer.may(*FILE_READERS) or found.id in viewer.structure_ids):
        raise NotFound
    return found


def structures_of(viewer: Viewer) -> Select[Structure]:
    """The structures a viewer may prescribe for or read: what lists narrow and order."""
    asked = select(Structure)
    return asked if viewer.may(*FILE_READERS) else asked.filter(Structure.id.in_(viewer.structure_ids))


def list_prescribing(viewer: Viewer, *, on: date) -> Sequence[Structure]:
    """The structures a viewer may prescribe for on a day, by name."""
    asked = structures_of(viewer).order_by(Structure.name, Structure.id)
    return db.session.scalars(asked.filter(or_(Structure.closed_on.is_(None), Structure.closed_on > on))).all()


def find_structure_of_mail(email: str, on: date) -> Structure | None:
    """The open structure that knows a work address: its own, else the one alone in having listed its domain."""
    known = db.session.scalars(
        select(Structure)
        .filter(or_(Structure.email == email, Structure.email_domain == email.rpartition("@")[2]))
        .filter(or_(Structure.closed_on.is_(None), Structure.closed_on > on))
    ).all()
    own = [structure for structure in known if structure.email == email]
    found = own or known
    return found[0] if len(found) == 1 else None
