"""Structures that prescribe: added, mended, closed; a platform's poles."""

from datetime import datetime

from sqlalchemy import select

from mobility import audit, numbers
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Structure
from mobility.periods import paris_day
from mobility.queries.structures import get_structure
from mobility.rights import Viewer

# Anybody may have an address there: listed as a structure's own domain, it would let the world in.
OPEN_TO_ALL = frozenset(
    {
        *("gmail.com", "googlemail.com", "yahoo.fr", "yahoo.com", "hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "live.fr"),
        *("icloud.com", "proton.me", "protonmail.com", "gmx.fr", "gmx.com", "mailo.com", "laposte.net", "orange.fr", "wanadoo.fr"),
        *("free.fr", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr"),
    }
)


def add_structure(
    *,
    name: str,
    kind: str,
    code: str | None = None,
    commune: str | None = None,
    email: str | None = None,
    email_domain: str | None = None,
    by: Viewer,
    now: datetime,
) -> Structure:
    """Add a prescribing structure; without a code it gets the next free "S01". Raises RuleBroken."""
    structure = Structure(code=_free_code(code), name=name, kind=kind, commune=commune, email=email, email_domain=email_domain)
    _check_domain(email_domain)
    db.session.add(structure)
    audit.record("add_structure", structure, by=by, now=now)
    return structure


def update_structure(
    structure_id: int,
    *,
    name: str,
    kind: str,
    commune: str | None = None,
    email: str | None = None,
    email_domain: str | None = None,
    by: Viewer,
    now: datetime,
) -> Structure:
    """Replace what is known of a structure. Raises NotFound, RuleBroken."""
    structure = get_structure(structure_id, by)
    _check_domain(email_domain)
    structure.name, structure.kind, structure.commune = name, kind, commune
    structure.email, structure.email_domain = email, email_domain
    audit.record("update_structure", structure, by=by, now=now)
    return structure


def close_structure(structure_id: int, *, by: Viewer, now: datetime) -> Structure:
    """Close a structure from today on: it prescribes no more, its forms stay. Raises NotFound."""
    structure = get_structure(structure_id, by)
    structure.closed_on = structure.closed_on or paris_day(now)
    audit.record("close_structure", structure, by=by, now=now)
    return structure


def get_open_structure(structure_id: int, *, by: Viewer, now: datetime) -> Structure:
    """A structure that may prescribe today. Raises NotFound, RuleBroken on `structure_id` when it has closed."""
    structure = get_structure(structure_id, by)
    if structure.closed_on is not None and structure.closed_on <= paris_day(now):
        raise RuleBroken("Cette structure n’envoie plus de fiches.", field="structure_id")
    return structure


def pick_structure(structure_id: int | None, *, by: Viewer, now: datetime) -> Structure:
    """The structure a form comes from: the one named, or the prescriber's only one. Raises NotFound, RuleBroken on `structure_id`."""
    if structure_id is not None:
        return get_open_structure(structure_id, by=by, now=now)
    if len(by.structure_ids) != 1:
        raise RuleBroken("Choisissez la structure qui envoie cette fiche.", field="structure_id")
    return get_open_structure(next(iter(by.structure_ids)), by=by, now=now)


def _free_code(code: str | None) -> str:
    if code is not None:
        if _is_taken(code):
            raise RuleBroken("Ce code est déjà celui d’une autre structure.", field="code")
        return code
    while _is_taken(drawn := f"S{numbers.take('structure'):02d}"):
        pass
    return drawn


def _is_taken(code: str) -> bool:
    return db.session.scalar(select(Structure.id).filter(Structure.code == code)) is not None


def _check_domain(domain: str | None) -> None:
    if domain in OPEN_TO_ALL:
        raise RuleBroken(
            "Tout le monde peut avoir une adresse sous ce domaine : notez plutôt l’adresse de la structure.", field="email_domain"
        )
