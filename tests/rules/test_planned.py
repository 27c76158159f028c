import pytest

from fleet.planned import TAKEN, why_not_given, why_not_swapped

HOLDS = {"state": "waiting", "is_proposed": False, "is_same": True, "stage": "in_service", "is_free": True}
MOVES = {"status": "confirmed", "is_done": False, "is_same": True, "stage": "in_service", "is_free": True}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"state": "paused", "is_same": False}, "la demande est « en pause »"),  # where it stands is said before what changed
        ({"state": "served"}, "la demande est « véhicule trouvé »"),
        ({"is_proposed": True, "is_free": False}, "un véhicule lui est déjà gardé"),  # perhaps this very one
        ({"is_same": False}, "la demande a changé depuis"),
        ({"stage": "workshop"}, "le véhicule est « à l’atelier »"),
        ({"is_free": False}, TAKEN),
    ],
)
def test_a_vehicle_that_was_to_be_given(changes: dict[str, str | bool], why: str | None) -> None:
    assert why_not_given(**(HOLDS | changes)) == why  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"is_done": True, "is_same": False, "status": "out"}, "l’échange est fait"),  # whatever came after
        ({"status": "cancelled"}, "la réservation est « annulée »"),
        ({"is_same": False}, "la réservation a changé depuis"),
        ({"stage": "out"}, "le véhicule est « sorti du parc »"),
        ({"is_free": False}, TAKEN),
    ],
)
def test_a_booking_that_was_to_change_its_vehicle(changes: dict[str, str | bool], why: str | None) -> None:
    assert why_not_swapped(**(MOVES | changes)) == why  # type: ignore[arg-type]
