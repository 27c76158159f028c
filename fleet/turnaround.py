"""The turnaround of a kind: minutes kept after each return to look a vehicle over, clean and charge it, as the platform's dated data."""

MOST_MINUTES = 24 * 60


def key_of(kind: str) -> str:
    """The setting that holds a kind's minutes."""
    return f"fleet.turnaround_minutes.{kind}"
