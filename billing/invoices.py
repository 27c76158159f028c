"""A payer's invoice of a month: what of the days until then it was not asked for yet, and how the invoice fares (domain.md §9)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from billing.arrears import AGES, Aged
from mobility.errors import Conflict, RuleBroken
from mobility.money import euros

ISSUED, PART, PAID, DISPUTED, CREDITED, CREDIT = "issued", "part", "paid", "disputed", "credited", "credit"
STATES = {
    ISSUED: "à payer",
    PART: "payée en partie",
    PAID: "payée",
    DISPUTED: "contestée",
    CREDITED: "annulée par un avoir",
    CREDIT: "avoir",
}
TONES = {PAID: "fine", CREDITED: "neutral", CREDIT: "neutral", DISPUTED: "over"}
BACK = "back"
CLAIM_AGES = AGES | {BACK: "À déduire"}


@dataclass(frozen=True, kw_only=True)
class Claims(Aged):
    """What payers owe in cents, by the age of the invoices that ask it; `back`, below zero, is what invoices give back instead."""

    back: int
    not_invoiced: int


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """Days of one month under one agreement that are asked, or given back: cents above zero, or below, by day."""

    agreement_id: int
    by_day: Mapping[date, int]

    @property
    def cents(self) -> int:
        """What it comes to."""
        return sum(self.by_day.values())


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What became of an invoice so far: cents paid, cents credited, and whether its last step disputes it."""

    cents: int
    paid_cents: int = 0
    credited_cents: int = 0
    is_disputed: bool = False

    @property
    def left_cents(self) -> int:
        """What is left to pay; nothing of a credit note."""
        return max(self.cents - self.paid_cents - self.credited_cents, 0)

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.cents < 0:
            return CREDIT
        if not self.left_cents:
            return CREDITED if self.credited_cents else PAID
        if self.is_disputed:
            return DISPUTED
        return PART if self.paid_cents else ISSUED


def lines_to_invoice(
    shares: Mapping[int, Mapping[date, int]], asked: Mapping[int, Mapping[date, int]], *, last_on: date
) -> list[InvoiceLine]:
    """The lines of an invoice until `last_on`: by agreement and month, its net cents by day (`shares`) less what was `asked` before.

    A day charged late, or given back, comes with the next invoice. Raises Conflict when nothing is left to ask.
    """
    lines: dict[tuple[int, int, int, bool], dict[date, int]] = defaultdict(dict)
    for agreement_id in sorted({*shares, *asked}):
        stands, before = shares.get(agreement_id, {}), asked.get(agreement_id, {})
        for day in sorted({*stands, *before}):
            cents = stands.get(day, 0) - before.get(day, 0)
            if cents and day <= last_on:
                lines[agreement_id, day.year, day.month, cents < 0][day] = cents
    found = [InvoiceLine(agreement_id=key[0], by_day=by_day) for key, by_day in lines.items()]
    if not sum(line.cents for line in found):
        raise Conflict("Rien à facturer à ce payeur pour ce mois : ses jours sont facturés, ou pas encore comptés.", field="month_on")
    return found


def check_paid(progress: Progress, cents: int, *, received_on: date, issued_on: date, today: date) -> None:
    """Raises Conflict when nothing is left, RuleBroken beside the amount above what is left, or a day to come or before the invoice."""
    if not progress.left_cents:
        raise Conflict("Il ne reste rien à payer sur cette facture.")
    if cents > progress.left_cents:
        raise RuleBroken(f"Il reste {euros(progress.left_cents)} à payer : pas plus.", field="cents")
    if not issued_on <= received_on <= today:
        raise RuleBroken("Le jour reçu va de celui de la facture à aujourd’hui.", field="received_on")
