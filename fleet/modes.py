"""Ways to work beside one another: minutes, euros a month and CO₂ a year of each (domain.md §2.3). Pure.

The figures are orders of magnitude, and say so: grams after the Base Empreinte of the Ademe, making of the vehicle included.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from assessments.orientation import TRANSIT, WAY_NAMES
from mobility.dated import DatedSetting, in_force
from mobility.money import euros
from mobility.tongues import words

WALK, CARPOOL = "walk", "carpool"
MODES = (WALK, TRANSIT, "bike", "ebike", "cargo_bike", CARPOOL, "moped", "scooter", "quadricycle", "scooter125", "car")  # greenest first
MODE_NAMES = {**WAY_NAMES, **words({WALK: "À pied", CARPOOL: "Covoiturage"})}
NOT_LENT = frozenset({WALK, TRANSIT, CARPOOL})

YES, NO, UNKNOWN = "yes", "no", "unknown"
TRANSIT_WORDS = {YES: "oui", NO: "non", UNKNOWN: "à chercher"}
NOTHING, CHILD, TOOLS = "nothing", "child", "tools"
LOADS = {NOTHING: "rien de lourd", CHILD: "un enfant à déposer", TOOLS: "des outils ou du matériel"}
CHOICE_REASONS = words(
    {
        "fits": "Il convient le mieux",
        "time": "Le temps de trajet",
        "price": "Le prix",
        "safety": "La sécurité du trajet",
        "family": "Les enfants, la famille",
        "load": "Ce qu’il faut transporter",
        "confidence": "La confiance, l’habitude",
        "hours": "Rien d’autre à ces heures",
    }
)

MONTH_DAYS = 30  # of a loan: it is paid by the day held
WEEKS_IN_MONTH = Fraction(52, 12)
PASS = DatedSetting(
    key="fleet.transit_month_cents",
    label="Abonnement mensuel aux transports, pour comparer les moyens d’aller au travail",
    default=3500,
    source="usage",
    kind="cents",
    help="Au plein tarif. L’employeur en rembourse la moitié.",
)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How a mode goes: km/h on the way, minutes apart from it (to wait, to park), grams of CO₂ a km, cents of energy for 100 km."""

    km_h: int
    apart_minutes: int
    grams_km: int
    cents_100km: int


@dataclass(frozen=True, kw_only=True)
class Paces:
    """All of them from a day on, and the weeks worked in a year."""

    from_on: date
    of: Mapping[str, Pace]
    weeks_a_year: int


def _pace(km_h: int, apart_minutes: int, grams_km: int, cents_100km: int) -> Pace:
    return Pace(km_h=km_h, apart_minutes=apart_minutes, grams_km=grams_km, cents_100km=cents_100km)


PACES = (
    Paces(
        from_on=date(2000, 1, 1),
        weeks_a_year=47,
        of={
            WALK: _pace(5, 0, 0, 0),
            TRANSIT: _pace(20, 15, 113, 0),
            "bike": _pace(14, 2, 0, 0),
            "ebike": _pace(19, 2, 11, 20),
            "cargo_bike": _pace(16, 2, 11, 20),
            CARPOOL: _pace(45, 10, 109, 500),
            "moped": _pace(30, 3, 76, 500),
            "scooter": _pace(30, 3, 76, 500),
            "quadricycle": _pace(32, 3, 103, 600),
            "scooter125": _pace(45, 3, 76, 600),
            "car": _pace(45, 5, 218, 1100),
        },
    ),
)


@dataclass(frozen=True, kw_only=True)
class Effort:
    """What a mode asks for: minutes one way, cents a month (None: no price is set), kg of CO₂ a year."""

    minutes: int
    month_cents: int | None
    kg_a_year: int

    @property
    def sentence(self) -> str:
        """ "Environ 25 min l’aller, 38 € par mois, 12 kg de CO₂ par an." """
        price = "prix à fixer" if self.month_cents is None else f"{euros(self.month_cents)} par mois" if self.month_cents else "gratuit"
        return f"Environ {self.minutes} min l’aller, {price}, {self.kg_a_year} kg de CO₂ par an."


def reckon(
    mode: str, *, one_way_tenths: int, days_a_week: int, fixed_cents: int | None, on: date, paces: Iterable[Paces] = PACES
) -> Effort:
    """A mode's effort for a way of so many tenths of a km, as many days a week; `fixed_cents` is what a month costs before energy.

    Minutes are rounded up, a month's cents to the nearest euro, kilograms to the nearest.
    """
    rules = in_force(paces, on)
    pace, km_a_week = rules.of[mode], Fraction(2 * one_way_tenths * days_a_week, 10)
    energy = km_a_week * WEEKS_IN_MONTH * pace.cents_100km / 100
    return Effort(
        minutes=ceil(Fraction(60 * one_way_tenths, 10 * pace.km_h)) + pace.apart_minutes,
        month_cents=None if fixed_cents is None else 100 * round((fixed_cents + energy) / 100),
        kg_a_year=round(km_a_week * rules.weeks_a_year * pace.grams_km / 1000),
    )
