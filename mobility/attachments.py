"""The kinds of files that may be kept, each with who may add and read it; the package that needs a kind names it at the start."""

from dataclasses import dataclass

from flask import Flask, current_app

from mobility.errors import RuleBroken
from mobility.rights import Role, Viewer


@dataclass(frozen=True, kw_only=True)
class AttachmentKind:
    """What a file shows: its code, its French name, the roles that add and read it, whether the person it is about may do so too."""

    code: str
    name: str
    adders: frozenset[Role]
    readers: frozenset[Role]
    own: bool = False


def define(app: Flask, *kinds: AttachmentKind) -> None:
    """Let files of these kinds be kept."""
    app.extensions.setdefault("attachment_kinds", {}).update({kind.code: kind for kind in kinds})


def get_kind(code: str) -> AttachmentKind:
    """The kind of this code. Raises RuleBroken on field `kind`."""
    found: AttachmentKind | None = current_app.extensions.get("attachment_kinds", {}).get(code)
    if found is None:
        raise RuleBroken("Ce genre de pièce n’est pas attendu ici.", field="kind")
    return found


def may_add(kind: AttachmentKind, viewer: Viewer, beneficiary_id: int | None) -> bool:
    """Whether the viewer may send a file of this kind, about this person."""
    return viewer.may(*kind.adders) or _is_own(kind, viewer, beneficiary_id)


def may_read(kind: AttachmentKind, viewer: Viewer, beneficiary_id: int | None) -> bool:
    """Whether the viewer may see a file of this kind, about this person."""
    return viewer.may(*kind.readers) or _is_own(kind, viewer, beneficiary_id)


def _is_own(kind: AttachmentKind, viewer: Viewer, beneficiary_id: int | None) -> bool:
    return kind.own and beneficiary_id is not None and viewer.beneficiary_id == beneficiary_id
