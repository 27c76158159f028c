"""What a contract cannot be made without: whom to call on the roadside, who insures, what stays to pay (domain.md §9 "Contracts")."""

from dataclasses import dataclass

from billing.price_sentence import join_and
from mobility.errors import RuleBroken

BREAKDOWN_PHONE, INSURER, EXCESS = "fleet.breakdown_phone", "fleet.insurer", "fleet.excess_cents"


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A term nobody has given yet: the platform's setting that gives it, its name, whether the vehicle's own page may give it too."""

    key: str
    name: str
    of_vehicle: bool


def list_gaps(*, breakdown_phone: str, insurer: str, excess_cents: int | None) -> tuple[Gap, ...]:
    """The terms that are not known; an excess of 0 is known."""
    asked = (
        (breakdown_phone.strip(), Gap(key=BREAKDOWN_PHONE, name="le numéro d’assistance en cas de panne", of_vehicle=False)),
        (insurer.strip(), Gap(key=INSURER, name="l’assureur", of_vehicle=True)),
        (excess_cents is not None, Gap(key=EXCESS, name="la franchise", of_vehicle=True)),
    )
    return tuple(gap for known, gap in asked if not known)


def check_gaps(gaps: tuple[Gap, ...]) -> None:
    """Raises RuleBroken that names every gap and where it is filled."""
    if gaps:
        raise RuleBroken(f"Le contrat ne peut pas encore se faire. {say_gaps(gaps)}")


def say_gaps(gaps: tuple[Gap, ...]) -> str:
    """As in "Il manque l’assureur et la franchise : votre responsable les note dans « Règles », ou sur la fiche du véhicule."."""
    it = "les" if len(gaps) > 1 else "la" if gaps[0].key == EXCESS else "le"
    vehicle = ", ou sur la fiche du véhicule" if all(gap.of_vehicle for gap in gaps) else ""
    return f"Il manque {join_and([gap.name for gap in gaps])} : votre responsable {it} note dans « Règles »{vehicle}."
