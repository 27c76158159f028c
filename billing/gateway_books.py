"""Which entry each move of the card gateway's balance is, and what is decided of a dispute that was lost. Pure (docs/adr/0031)."""

from billing.gateway_balance import DisputeStatus, Move, MoveKind
from mobility.money import euros

AGAIN, LOSS = "again", "loss"
DECISIONS = {AGAIN: "La demander de nouveau", LOSS: "La passer en perte"}
DECIDED_LABELS = {AGAIN: "due de nouveau", LOSS: "passée en perte", "deposit": "caution rendue par la banque"}
DISPUTE_LABELS = {DisputeStatus.OPEN: "en cours", DisputeStatus.WON: "gagnée", DisputeStatus.LOST: "perdue"}
DISPUTE_TONES = {DisputeStatus.OPEN: "waiting", DisputeStatus.WON: "fine", DisputeStatus.LOST: "over"}
PAYOUT_LABELS = {"under_way": "en chemin", "paid": "parti vers la banque", "failed": "revenu"}
LABELS = {
    MoveKind.DISPUTE: "Paiement par carte contesté",
    MoveKind.REINSTATED: "Contestation gagnée, somme revenue",
    MoveKind.PAYOUT: "Versement du prestataire de cartes",
    MoveKind.PAYOUT_BACK: "Versement revenu, refusé par la banque",
    MoveKind.CHARGE: "Carte débitée ailleurs qu’ici",
    MoveKind.REFUND: "Carte remboursée ailleurs qu’ici",
    MoveKind.OTHER: "Autre mouvement chez le prestataire de cartes",
}
OF_DISPUTES = (MoveKind.DISPUTE, MoveKind.REINSTATED)


def fee_of(move: Move) -> int:
    """What a move cost, whether taken from it or billed apart; below zero when it is given back."""
    return move.fee_cents - move.cents if move.kind is MoveKind.FEE else move.fee_cents


def is_elsewhere(move: Move, elsewhere: frozenset[str] | set[str]) -> bool:
    """Whether a move is about money that is not kept here; `elsewhere` are the charges known to be."""
    if move.kind is MoveKind.OTHER:
        return True
    if move.kind is MoveKind.CHARGE:
        return move.payment_reference is None
    return move.charge_reference is not None and move.charge_reference in elsewhere


def say_fees(count: int) -> str:
    """The label of a day's fees."""
    return f"Frais du prestataire de cartes, {count} opération{'s' if count > 1 else ''}"


def say_short(cents: int, banked_cents: int) -> str:
    """What a bank kept of a payout, in words."""
    return f"Sur ce versement de {euros(cents)}, la banque a reçu {euros(banked_cents)} : il manque {euros(cents - banked_cents)}."
