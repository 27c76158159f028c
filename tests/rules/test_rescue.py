"""A breakdown: who needs a vehicle first, and which one would do best."""

import pytest

from fleet.rescue import Replacement, rank, say_other_way, say_stop, say_swap
from mobility.channels import channel_for


def other(vehicle_id: int, *, here: bool = False, km: float | None = None) -> Replacement:
    return Replacement(vehicle_id=vehicle_id, label=f"Citadine {vehicle_id}", site="Pôle", is_here=here, road_km=km)


def test_the_same_pole_then_the_nearest_then_the_unplaced() -> None:
    ranked = rank([other(1), other(2, km=18.0), other(3, km=4.2), other(4, here=True)])
    assert [each.vehicle_id for each in ranked] == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("contact_by", "phone", "email", "channel"),
    [
        ("sms", "+33600000001", None, "sms"),
        ("mail", None, "a@example.org", "mail"),
        ("mail", "+33600000001", None, "sms"),  # written all the same, where they can read it
        ("phone", "+33600000001", "a@example.org", "call"),  # who asked for a voice is called
        ("structure", "+33600000001", "a@example.org", "call"),
        ("sms", None, None, "call"),
    ],
)
def test_each_is_told_the_way_they_prefer(contact_by: str, phone: str | None, email: str | None, channel: str) -> None:
    assert channel_for(contact_by, phone=phone, email=email) == channel


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (say_swap("Clio", "Zoé", "Pôle", starts=None), "Clio est en panne : vous avez maintenant Zoé, Pôle. Le prix reste le même."),
        (say_other_way("Clio", "bus", None), "Clio est en panne. En attendant, pour aller travailler : le bus ou l’autocar."),
        (say_other_way("Clio", "other", "Marc passe."), "Clio est en panne. En attendant, pour aller travailler : Marc passe."),
        (
            say_stop("Clio", is_away=False),
            "Clio ne repartira pas : votre réservation s’arrête là, sans rien à payer. Votre conseiller vous appelle pour la suite.",
        ),
    ],
)
def test_what_each_is_told(said: str, sentence: str) -> None:
    assert said == sentence


def test_a_sentence_stays_within_three_text_messages() -> None:
    assert len(say_other_way("C" * 80, "bus", "mot " * 200)) <= 480
