"""The kinds of vehicle, how French speaks of them, and what usage asks for each (domain.md §9, §10)."""

from dataclasses import dataclass

from mobility.errors import RuleBroken
from mobility.tongues import say

TWO_WHEEL_ZONES = (
    ("front", say("roue et frein avant")),
    ("rear", say("roue et frein arrière")),
    ("frame", say("cadre")),
    ("lights", say("éclairage")),
    ("lock", say("antivol")),
)
MOTOR_ZONES = (
    ("front", say("avant")),
    ("rear", say("arrière")),
    ("left", say("côté gauche")),
    ("right", say("côté droit")),
    ("wheels", say("pneus et freins")),
    ("lights", say("feux et clignotants")),
    ("helmet", say("casque et antivol")),
)
CAR_ZONES = (
    ("front", say("avant")),
    ("rear", say("arrière")),
    ("left", say("côté gauche")),
    ("right", say("côté droit")),
    ("windows", say("vitres et pare-brise")),
    ("wheels", say("pneus et jantes")),
    ("inside", say("intérieur")),
    ("dashboard", say("voyants du tableau de bord")),
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of vehicle: its code, its French name and gender, whether it is licensed at all, and the zones of its condition report."""

    code: str
    name: str
    plural: str
    feminine: bool = False
    needs_licence: str | None = None
    has_gearbox: bool = False
    has_motor_insurance: bool = False
    zones: tuple[tuple[str, str], ...]

    @property
    def a(self) -> str:
        """With its article: "un scooter", "une voiture"."""
        return say("une %(kind)s", kind=self.name) if self.feminine else say("un %(kind)s", kind=self.name)

    @property
    def the(self) -> str:
        """With its article: "le scooter", "la voiture"."""
        return say("la %(kind)s", kind=self.name) if self.feminine else say("le %(kind)s", kind=self.name)

    @property
    def this(self) -> str:
        """Pointed at: "ce scooter", "cette voiture"."""
        return f"{'cette' if self.feminine else 'ce'} {self.name}"

    @property
    def of_the(self) -> str:
        """After a noun: "du scooter", "de la voiture"."""
        return f"de la {self.name}" if self.feminine else f"du {self.name}"


KINDS = (
    Kind(code="bike", name=say("vélo"), plural=say("vélos"), zones=TWO_WHEEL_ZONES),
    Kind(
        code="ebike",
        name=say("vélo électrique"),
        plural=say("vélos électriques"),
        zones=(*TWO_WHEEL_ZONES, ("battery", say("batterie et chargeur"))),
    ),
    Kind(
        code="cargo_bike",
        name=say("vélo cargo"),
        plural=say("vélos cargos"),
        zones=(*TWO_WHEEL_ZONES, ("battery", say("batterie et chargeur")), ("box", say("caisse ou plateau"))),
    ),
    Kind(
        code="moped", name=say("cyclomoteur"), plural=say("cyclomoteurs"), needs_licence="AM", has_motor_insurance=True, zones=MOTOR_ZONES
    ),
    Kind(code="scooter", name=say("scooter"), plural=say("scooters"), needs_licence="AM", has_motor_insurance=True, zones=MOTOR_ZONES),
    Kind(
        code="scooter125",
        name=say("scooter 125"),
        plural=say("scooters 125"),
        needs_licence="A1",
        has_motor_insurance=True,
        zones=MOTOR_ZONES,
    ),
    Kind(
        code="quadricycle",
        name=say("voiturette"),
        plural=say("voiturettes"),
        feminine=True,
        needs_licence="AM",
        has_motor_insurance=True,
        zones=CAR_ZONES,
    ),
    Kind(
        code="car",
        name=say("voiture"),
        plural=say("voitures"),
        feminine=True,
        needs_licence="B",
        has_gearbox=True,
        has_motor_insurance=True,
        zones=CAR_ZONES,
    ),
)
KIND_CODES = tuple(kind.code for kind in KINDS)
_BY_CODE = {kind.code: kind for kind in KINDS}


def get_kind(code: str) -> Kind:
    """The kind of this code. Raises RuleBroken on field `kind`."""
    if code not in _BY_CODE:
        raise RuleBroken(f"Choisissez un de ces véhicules : {', '.join(kind.name for kind in KINDS)}.", field="kind")
    return _BY_CODE[code]


USUAL_DEPOSIT = "uncashed_cheque"  # how a deposit is foreseen until somebody says otherwise
