"""How every mail of a platform ends: who writes, and where to call them. Pure."""

from mobility.phones import say_phone
from mobility.tongues import joined, say


def signature(platform: str, phone: str | None) -> str:
    """The last lines of a mail: "L’équipe de Valbrume Mobilité", and its number when it has one."""
    call = say("Téléphone : %(phone)s", phone=say_phone(phone)) if phone else None
    return joined("\n", (say("L’équipe de %(name)s", name=platform), call))
