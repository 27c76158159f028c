"""The kinds of pictures a look over a vehicle brings (issue 3 "Handover and return")."""

from mobility.attachments import AttachmentKind
from mobility.rights import Role

_ADVISERS = frozenset({Role.ADVISER, Role.MANAGER})

# Of the vehicle, about nobody: the next person's adviser, and whoever repairs it, see what was there.
CONDITION = AttachmentKind(
    code="condition", name="photo de l’état du véhicule", adders=_ADVISERS | {Role.MECHANIC}, readers=_ADVISERS | {Role.MECHANIC}
)
# Of a person's kilometres: they send and see their own.
ODOMETER = AttachmentKind(code="odometer", name="photo du compteur", adders=_ADVISERS, readers=_ADVISERS, own=True)
