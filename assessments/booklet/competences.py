"""The competences that a booklet may hold: dated lists of codes, each with its words; a list that was published never changes.

Every one starts to be verified and none is excluded beforehand (domain.md §7). What a person told as a need (gestures, confidence) is in
none of them (domain.md §9 "Data").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mobility.tongues import say, words

TO_VERIFY, CONFIRMED = "to_verify", "confirmed"
STATES = words({TO_VERIFY: "à vérifier", CONFIRMED: "confirmée"})


@dataclass(frozen=True, kw_only=True)
class Group:
    """Competences that belong together; `dimension` is the grid's where it has one (assessments/grids)."""

    label: str
    dimension: str | None
    competences: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CompetenceList:
    """A version of the list, in force from a day."""

    version: str
    from_on: date
    groups: tuple[Group, ...]


LISTS = (
    CompetenceList(
        version="2026.1",
        from_on=date(2000, 1, 1),  # earlier than the product: what a person learned before is noted too
        groups=(
            Group(
                label=say("S’orienter et prendre les transports"),
                dimension="orientation",
                competences=words(
                    {
                        "plan_route": "Préparer un trajet et ses correspondances",
                        "read_map": "Se repérer avec un plan ou un téléphone",
                        "public_transport": "Prendre seul·e les transports en commun",
                        "carpool": "Organiser un covoiturage",
                    }
                ),
            ),
            Group(
                label=say("Rouler"),
                dimension="road",
                competences=words(
                    {
                        "cycle": "Rouler à vélo dans la circulation",
                        "ride_scooter": "Conduire un cyclomoteur ou un scooter",
                        "drive_car": "Conduire une voiture",
                        "drive_night": "Conduire de nuit ou au petit matin",
                        "drive_van": "Conduire un utilitaire",
                    }
                ),
            ),
            Group(
                label=say("Prendre soin d’un véhicule"),
                dimension="practice",
                competences=words(
                    {
                        "check_vehicle": "Contrôler un véhicule avant de partir",
                        "maintain_bike": "Entretenir un vélo",
                        "refuel": "Faire le plein ou recharger un véhicule",
                        "accident_report": "Remplir un constat amiable",
                    }
                ),
            ),
            Group(
                label=say("Prévoir et payer ses trajets"),
                dimension="budget",
                competences=words(
                    {
                        "travel_budget": "Tenir le budget de ses trajets",
                        "book_online": "Acheter un billet ou réserver un trajet en ligne",
                    }
                ),
            ),
            Group(
                label=say("Au travail"),
                dimension=None,
                competences=words(
                    {
                        "on_time": "Arriver à l’heure",
                        "odd_hours": "Tenir des horaires décalés",
                        "instructions": "Suivre une consigne",
                        "team": "Travailler en équipe",
                        "public": "Accueillir un public",
                        "round": "Livrer ou intervenir en tournée",
                    }
                ),
            ),
        ),
    ),
)

LABELS = {code: label for each in LISTS for group in each.groups for code, label in group.competences.items()}


def list_on(day: date) -> CompetenceList:
    """The list in force on a day: the last one begun."""
    return max((each for each in LISTS if each.from_on <= day), key=lambda each: each.from_on)


def label_of(code: str) -> str:
    """A competence in words; a code that no list holds any more stays itself."""
    return LABELS.get(code, code)


def place_of(code: str) -> int:
    """Where a competence stands in the lists, so that a booklet always reads in the same order."""
    return list(LABELS).index(code) if code in LABELS else len(LABELS)
