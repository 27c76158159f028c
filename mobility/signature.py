"""How every mail of a platform ends: who writes, and where to call them. Pure."""

from mobility.phones import say_phone


def signature(platform: str, phone: str | None) -> str:
    """The last lines of a mail: "L’équipe de Valbrume Mobilité", and its number when it has one."""
    return f"L’équipe de {platform}" + (f"\nTéléphone : {say_phone(phone)}" if phone else "")
