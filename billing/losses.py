"""What will not come is written off, and what comes for it all the same is a recovery (docs/adr/0020). Pure.

Never more than is owed, so never a credit; never more back than was written off (domain.md §9, accounting).
"""

from datetime import date

from mobility.errors import RuleBroken
from mobility.money import euros

WRITTEN_OFF, RECOVERED, TAKEN_BACK = "written_off", "recovered", "taken_back"
ACT_LABELS = {WRITTEN_OFF: "passé en perte", RECOVERED: "recouvré", TAKEN_BACK: "perte annulée"}
ACT_TONES = {WRITTEN_OFF: "neutral", RECOVERED: "fine", TAKEN_BACK: "waiting"}
REASONS = {
    "insolvent": "Personne insolvable",
    "not_found": "Personne introuvable",
    "deceased": "Personne décédée",
    "small": "Petit montant",
    "time_barred": "Dette prescrite",
    "erased": "Dettes effacées (surendettement)",
    "board": "Décision du conseil d’administration",
}
ON_PAPER = ("erased", "board")  # somebody else decided, and their paper says so


def check_write_off(cents: int, *, owed_cents: int, reason: str, reference: str | None, decided_on: date, today: date) -> None:
    """Raises RuleBroken beside its field for more than is owed, an unknown reason, no paper where one decides, a day to come."""
    if owed_cents <= 0:
        raise RuleBroken("Rien n’est dû sur ce compte : il n’y a rien à passer en perte.", field="cents")
    if not 0 < cents <= owed_cents:
        raise RuleBroken(f"Choisissez un montant jusqu’à {euros(owed_cents)}, ce qui est dû maintenant.", field="cents")
    if reason not in REASONS:
        raise RuleBroken("Choisissez une des raisons proposées.", field="reason")
    if reason in ON_PAPER and not reference:
        raise RuleBroken("Notez la pièce qui le décide : le procès-verbal du conseil, la décision de la commission.", field="reference")
    if decided_on > today:
        raise RuleBroken("La décision est prise : son jour est au plus tard aujourd’hui.", field="decided_on")


def check_recovery(cents: int, *, lost_cents: int) -> None:
    """Raises RuleBroken for more than was written off and not yet recovered."""
    if lost_cents <= 0:
        raise RuleBroken("Rien n’est passé en perte sur ce compte : encaissez un paiement.", field="cents")
    if not 0 < cents <= lost_cents:
        raise RuleBroken(f"Choisissez un montant jusqu’à {euros(lost_cents)}, ce qui est passé en perte.", field="cents")


def check_taking_back(cents: int, *, why: str, was_taken_back: bool, lost_cents: int) -> None:
    """Raises RuleBroken beside its field for no reason, a write-off taken back before, or one that something came for already."""
    if not why.strip():
        raise RuleBroken("Dites pourquoi cette perte est annulée.", field="why")
    if was_taken_back:
        raise RuleBroken("Cette perte est déjà annulée.", field="number")
    if cents > lost_cents:
        raise RuleBroken(
            f"Une partie de cette somme a été recouvrée : il ne reste que {euros(max(lost_cents, 0))} passés en perte sur ce compte.",
            field="number",
        )


def regained_cents(cents: int, *, owed_cents: int, lost_cents: int) -> int:
    """How much of a payment on an ended rental, where no day is left to pay ahead, comes for what was written off."""
    return min(max(cents - max(owed_cents, 0), 0), max(lost_cents, 0))
