"""A payer's invoice of a month: what of the days until then it was not asked for yet, and how the invoice fares (domain.md §9)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from billing.arrears import AGES, Aged
from billing.claims import Claim, latest_of, left_of_line
from mobility.errors import Conflict, RuleBroken
from mobility.money import euros

ISSUED, PART, PAID, DISPUTED, CREDITED, CREDIT = "issued", "part", "paid", "disputed", "credited", "credit"
STATES = {
    ISSUED: "à payer",
    PART: "payée en partie",
    PAID: "payée",
    DISPUTED: "contestée",
    CREDITED: "soldée, avoir compris",
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


def lines_to_invoice(claims: Mapping[int, Mapping[date, Claim]], *, last_on: date) -> list[InvoiceLine]:
    """The lines of an invoice until `last_on`: by agreement and month, what of a payer's days is still to be asked, or given back.

    A day charged late, or given back, comes with the next invoice. Raises Conflict when nothing is left to ask.
    """
    lines: dict[tuple[int, int, int, bool], dict[date, int]] = defaultdict(dict)
    for agreement_id, by_day in sorted(claims.items()):
        for day, claim in sorted(by_day.items()):
            if claim.to_ask and day <= last_on:
                lines[agreement_id, day.year, day.month, claim.to_ask < 0][day] = claim.to_ask
    found = [InvoiceLine(agreement_id=key[0], by_day=by_day) for key, by_day in lines.items()]
    if not sum(line.cents for line in found):
        raise Conflict("Rien à facturer à ce payeur pour ce mois : ses jours sont facturés, ou pas encore comptés.", field="month_on")
    return found


def give_up(
    asked: Sequence[Mapping[date, int]],
    before: Mapping[int, Mapping[date, int]],
    *,
    places: Sequence[int],
    cents: int | None,
    left_cents: int,
) -> dict[int, dict[date, int]]:
    """What a credit note gives up of an invoice's lines, by place (from 1) and day: the whole of each, or `cents` of the one named.

    `before` is what earlier notes gave up; an amount takes the latest days first. Raises RuleBroken beside a line that is not there or has
    nothing left, and beside an amount above what its line, or the invoice (`left_cents`), has left: what was paid is never given up.
    """
    if cents is not None and len(set(places)) != 1:
        raise RuleBroken("Une somme se rend sur une seule ligne : cochez celle-là.", field="lines")
    given: dict[int, dict[date, int]] = {}
    for place in sorted(set(places)):
        rest = left_of_line(asked[place - 1], before.get(place, {})) if 1 <= place <= len(asked) else {}
        if sum(rest.values()) < 1:
            raise RuleBroken("Il ne reste rien à rendre sur une de ces lignes.", field="lines")
        if cents is not None and cents > sum(rest.values()):
            raise RuleBroken(f"Il reste {euros(sum(rest.values()))} sur cette ligne : pas plus.", field="cents")
        given[place] = latest_of([rest], {}, sum(rest.values()) if cents is None else cents)[1]
    if sum(sum(by_day.values()) for by_day in given.values()) > left_cents:
        raise RuleBroken(f"Il reste {euros(left_cents)} à payer : ce qui est payé ne se rend pas par un avoir.", field="cents")
    return given


def check_paid(progress: Progress, cents: int, *, received_on: date, issued_on: date, today: date) -> None:
    """Raises Conflict when nothing is left, RuleBroken beside the amount above what is left, or a day to come or before the invoice."""
    if not progress.left_cents:
        raise Conflict("Il ne reste rien à payer sur cette facture.")
    if cents > progress.left_cents:
        raise RuleBroken(f"Il reste {euros(progress.left_cents)} à payer : pas plus.", field="cents")
    if not issued_on <= received_on <= today:
        raise RuleBroken("Le jour reçu va de celui de la facture à aujourd’hui.", field="received_on")
