"""The code shown at a workshop: which one, on which platform, signed so that nobody makes one up."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from mobility.db import platform_id
from mobility.errors import NotFound


def code_of(workshop_id: int) -> str:
    """The code of a workshop of this platform; it is of use while its door is open (`workshops.mark_at_the_door`)."""
    code: str = _signer().dumps([platform_id(), workshop_id])
    return code


def workshop_of(code: str) -> int:
    """Which workshop a code is of. Raises NotFound for one made up, or another platform's."""
    try:
        where, workshop_id = _signer().loads(code)
    except (BadSignature, ValueError, TypeError):
        raise NotFound from None
    if where != platform_id():
        raise NotFound
    return int(workshop_id)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="workshop")
