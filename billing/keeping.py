"""What of a deposit is kept: for a coded reason, up to the platform's dated ceiling, never above what is held, owed or documented.

Pure (domain.md §2.4, §9).
"""

from dataclasses import dataclass

from mobility.errors import RuleBroken
from mobility.money import euros
from mobility.tongues import words

KEPT_REASONS = words(
    {
        "unpaid": "Somme due et non payée",
        "damage": "Dégât au véhicule",
        "loss": "Clé, papier ou accessoire perdu",
        "cleaning": "Nettoyage, remise en état",
        "fine": "Frais d’une contravention",
    }
)
PROVEN = ("damage", "loss", "cleaning")  # a picture or a bill shows it, and says what it costs
CEILINGS_CENTS = {"unpaid": 40_000, "damage": 40_000, "loss": 15_000, "cleaning": 5_000, "fine": 5_000}
MOST_PHOTOS = 8


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What somebody wants to keep, and why; of what must be proven, what it costs and how many pictures or papers show it.

    Raises RuleBroken on `why` for a reason that is none.
    """

    cents: int
    why: str
    cost_cents: int | None = None
    photos: int = 0

    def __post_init__(self) -> None:
        if self.why not in KEPT_REASONS:
            raise RuleBroken("Dites pour quelle raison une partie est gardée.", field="why")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the deposit holds, what its person owes, the ceiling of the reason, and what was kept for that reason before."""

    held_cents: int
    owed_cents: int
    ceiling_cents: int
    kept_cents: int = 0


def ceiling_key(why: str) -> str:
    """Where a platform keeps the ceiling of a reason."""
    return f"billing.kept_most_cents.{why}"


def check_keeping(wanted: Keeping, limits: Limits) -> None:
    """Raises RuleBroken beside the field that is missing, or with the limit that is passed."""
    if wanted.why in PROVEN:
        _check_proof(wanted)
    if wanted.cents <= 0:
        raise RuleBroken("Le montant doit être supérieur à zéro.", field="cents")
    for most_cents, sentence in _limits(wanted, limits):
        if wanted.cents > most_cents:
            raise RuleBroken(sentence.format(euros(most_cents)), field="cents")


def _check_proof(wanted: Keeping) -> None:
    if wanted.cost_cents is None:
        raise RuleBroken("Dites ce que la facture ou le devis demande : on ne garde pas plus.", field="cost_cents")
    if not wanted.photos:
        raise RuleBroken("Joignez une photo, la facture ou le devis.", field="pictures")


def _limits(wanted: Keeping, limits: Limits) -> list[tuple[int, str]]:
    left_cents = max(limits.ceiling_cents - limits.kept_cents, 0)
    found = [(limits.held_cents, "La caution détenue est de {} : on ne peut garder plus.")]
    if wanted.cost_cents is not None:
        found.append((wanted.cost_cents, "La facture ou le devis est de {} : on ne peut garder plus."))
    found.append((left_cents, "Pour cette raison, la plateforme garde encore {} au plus, en tout, d’une caution."))
    found.append((max(limits.owed_cents, 0), "Ce compte doit {} : inscrivez d’abord la réparation, puis gardez ce qu’elle coûte."))
    return found
