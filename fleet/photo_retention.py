"""How long the pictures of a rental stay: so many months after its deposit is settled (domain.md §9 "Retention"). Pure."""

from datetime import date

from mobility.dated import DatedSetting
from mobility.periods import months_after

PHOTO_MONTHS = DatedSetting(
    key="fleet.photo_months",
    label="Photos d’une location : effacées après la fin de la caution, en mois",
    default=6,
    source="domain.md §9",
    kind="int",
    most=24,
    help="États des lieux, compteurs, défauts, accidents clos, preuves d’une caution gardée. "
    "Tant qu’une somme est due ou qu’un accident est ouvert, elles restent ; une marque encore sur le véhicule garde la sienne.",
)


def is_over(settled_on: date | None, months: int, today: date) -> bool:
    """Whether a rental's pictures have had their time; never while its deposit is not settled."""
    return settled_on is not None and months_after(settled_on, months) <= today
