"""What moves on a platform's account at the card gateway, in our words: charges less fees, payouts to the bank, disputes. Pure.

A move is never changed once listed: what undoes it is a move of its own. So the books follow it once, by its reference (docs/adr/0031).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class MoveKind(StrEnum):
    """Why the balance moved."""

    CHARGE = "charge"
    REFUND = "refund"
    FEE = "fee"  # billed apart from any charge
    DISPUTE = "dispute"  # the holder's bank took its money back
    REINSTATED = "reinstated"  # a dispute won: it is back
    PAYOUT = "payout"
    PAYOUT_BACK = "payout_back"  # the bank did not take it
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move of the balance: `cents` in, or out below zero, before `fee_cents` (below zero when a fee is given back).

    `source_reference` names the payout or the dispute. A charge made elsewhere than here carries no `payment_reference`.
    """

    reference: str
    kind: MoveKind
    cents: int
    fee_cents: int = 0
    currency: str
    at: datetime
    charge_reference: str | None = None
    payment_reference: str | None = None
    source_reference: str | None = None


class PayoutStatus(StrEnum):
    """Where a payout stands."""

    UNDER_WAY = "under_way"
    PAID = "paid"  # left for the bank, which shows it within days
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Payout:
    """Money that the gateway sends to the bank."""

    payout_reference: str
    cents: int
    currency: str
    status: PayoutStatus
    made_at: datetime
    arrives_on: date


class DisputeStatus(StrEnum):
    """Where a dispute stands, as the gateway says it."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """A charge that its holder, or their bank, claims back; `reply_by` while the gateway waits for our answer."""

    dispute_reference: str
    charge_reference: str
    cents: int
    currency: str
    status: DisputeStatus
    opened_at: datetime
    reply_by: datetime | None = None


class TellsBalance(Protocol):
    """What a gateway says of its account. Every method may raise GatewayUnreachable or GatewayRefused; no stated order."""

    def list_moves(self, since: datetime) -> list[Move]:
        """What moved the balance since an instant."""
        ...

    def list_payouts(self, since: datetime) -> list[Payout]:
        """What was sent to the bank since an instant, cancelled ones left out."""
        ...

    def list_disputes(self, since: datetime) -> list[Dispute]:
        """The charges disputed since an instant, whatever became of it."""
        ...
