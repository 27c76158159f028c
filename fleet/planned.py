"""Whether a line of a plan worked out some time ago still holds, and in words why not. Pure."""

from fleet.lifecycle import CONFIRMED, STATUS_NAMES
from fleet.vehicle_life import IN_SERVICE, STAGE_NAMES
from fleet.waiting import STATUS_NAMES as REQUEST_NAMES
from fleet.waiting import WAITING

TAKEN = "le véhicule n’est plus libre à ces dates"


def why_not_given(*, state: str, is_proposed: bool, is_same: bool, stage: str, is_free: bool) -> str | None:
    """Why a vehicle cannot be given any more; None while the line holds."""
    if state != WAITING:
        return f"la demande est « {REQUEST_NAMES[state]} »"
    if is_proposed:
        return "un véhicule lui est déjà gardé"
    if not is_same:
        return "la demande a changé depuis"
    return _why_not_there(stage, is_free)


def why_not_swapped(*, status: str, is_done: bool, is_same: bool, stage: str, is_free: bool) -> str | None:
    """Why a booking cannot change its vehicle for this one any more; None while the line holds."""
    if is_done:
        return "l’échange est fait"
    if status != CONFIRMED:
        return f"la réservation est « {STATUS_NAMES[status]} »"
    if not is_same:
        return "la réservation a changé depuis"
    return _why_not_there(stage, is_free)


def _why_not_there(stage: str, is_free: bool) -> str | None:
    if stage != IN_SERVICE:
        return f"le véhicule est « {STAGE_NAMES[stage]} »"
    return None if is_free else TAKEN
