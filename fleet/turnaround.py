"""The turnaround of a kind: minutes kept after each return to look a vehicle over, clean and charge it, as the platform's dated data."""

from fleet.kinds import KINDS
from mobility.practice import DatedSetting

MOST_MINUTES = 24 * 60


def key_of(kind: str) -> str:
    """The setting that holds a kind's minutes."""
    return f"fleet.turnaround_minutes.{kind}"


SETTINGS = tuple(
    DatedSetting(
        key=key_of(kind.code),
        label=f"Remise en état après chaque retour, en minutes : {kind.name}",
        default=0,
        source="usage",
        kind="int",
        most=MOST_MINUTES,
        help="Le véhicule n’est proposé qu’ensuite. Le prix et le contrat n’en changent pas. 0 : il peut repartir aussitôt.",
    )
    for kind in KINDS
)
