"""The hirer's way: an order, a contract with the person, our guarantee, invoices and who bears them (domain.md §3.5). Pure.

Everything that happens to an order is a step. A step noted by mistake is undone by another, so what counts is what stands.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from billing.ledger import HIRED, OF_PAYERS, SHARES_BORNE
from mobility.errors import Conflict, RuleBroken
from mobility.money import euros, round_half_up
from mobility.periods import ONE_DAY, months_after, say_day, say_span

PARTY = "LO-"
WARN_DAYS = "billing.hirer_return_days"
COVERED = "billing.guarantee_sentence"
USUAL_COVER = "Elle couvre ce que la location laisserait d’impayé, les dégâts compris, et jamais les amendes."
ORDERED, CONTRACT, RUNNING = "ordered", "contract", "running"
INVOICED, SETTLED, CANCELLED = "invoiced", "settled", "cancelled"
STATES = {
    ORDERED: "commandée",
    CONTRACT: "contrat noté",
    RUNNING: "en cours",
    INVOICED: "facture à payer",
    SETTLED: "soldée",
    CANCELLED: "annulée",
}
TONES = {ORDERED: "waiting", CONTRACT: "waiting", RUNNING: "fine", INVOICED: "near"}
DAY, MONTH = "day", "month"
UNITS = {DAY: "par jour", MONTH: "par mois"}
LINES = {
    "rent_cents": "Location",
    "insurance_cents": "Assurance",
    "km_cents": "Kilomètres en plus",
    "damage_cents": "Dégâts, nettoyage",
    "other_cents": "Autre",
}

SIGNED, EXTENDED, DROPPED = "contract", "extended", "cancelled"
GUARANTEED, RELEASED, CALLED, OWED, LOST = "guaranteed", "released", "called", "owed", "lost"
BILLED, CREDITED, DISPUTED, ACCEPTED, PAID = "invoiced", "credited", "disputed", "accepted", "paid"
SHARED, RECEIVED, UNDONE = "shared", "received", "undone"
ACTS = {
    SIGNED: "Contrat entre le loueur et la personne",
    EXTENDED: "Retour changé",
    DROPPED: "Commande annulée",
    GUARANTEED: "Garantie donnée",
    RELEASED: "Garantie finie",
    CALLED: "Garantie appelée",
    OWED: "Mise au compte de la personne",
    LOST: "Gardée à la charge de l’association",
    BILLED: "Facture du loueur",
    CREDITED: "Avoir du loueur",
    DISPUTED: "Facture contestée",
    ACCEPTED: "Écart accepté",
    PAID: "Virement au loueur",
    SHARED: "Part demandée à un financeur",
    RECEIVED: "Part reçue du financeur",
    UNDONE: "Annulé",
}
# What may be undone, and what has to be undone before.
HELD_BY = {BILLED: (CREDITED, PAID), CREDITED: (), PAID: (), SHARED: (RECEIVED,), RECEIVED: (), CALLED: (PAID, OWED, LOST), LOST: ()}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happened to an order: cents and day; `about_id` is the invoice, the call, the share or the mistake that it is about."""

    id: int
    act: str
    cents: int = 0
    about_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Bill:
    """A hirer's invoice and how it fares: cents as invoiced, given up by credit notes, paid; whether it may be paid now."""

    cents: int
    credited_cents: int = 0
    paid_cents: int = 0
    is_disputed: bool = False
    has_differences: bool = False

    @property
    def left_cents(self) -> int:
        """What is left to pay."""
        return self.cents - self.credited_cents - self.paid_cents

    @property
    def state(self) -> str:
        """One of BILL_STATES."""
        if not self.left_cents:
            return "settled"
        if self.is_disputed:
            return "disputed"
        return "to_check" if self.has_differences else "to_pay"


BILL_STATES = {"to_check": "écart à voir", "disputed": "contestée", "to_pay": "à payer", "settled": "soldée"}
BILL_TONES = {"to_check": "over", "disputed": "over", "to_pay": "near", "settled": "fine"}


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Who bears what the hirer invoiced, in cents: together it is the invoices, credit notes taken off.

    `own` is what is left to the association; below zero while the person's rents or a funder's part are above the invoices.
    """

    invoiced: int
    person: int
    funders: int

    @property
    def own(self) -> int:
        """The association's own part."""
        return self.invoiced - self.person - self.funders


def parts_from(balances: Mapping[str, int]) -> Parts:
    """Who bears what, from a rental's balances (debit less credit, by account); a payer's part of days counts among the funders'."""
    of_days = balances.get(OF_PAYERS, 0)
    rents = -balances.get("706", 0)
    return Parts(invoiced=balances.get(HIRED, 0), person=rents - of_days, funders=of_days - balances.get(SHARES_BORNE, 0))


def party_of(hirer_id: int) -> str:
    """A hirer as the ledger names it."""
    return f"{PARTY}{hirer_id:05d}"


def number_of(number: int) -> str:
    """An order's number as it is printed."""
    return f"CMD-{number:06d}"


def standing(steps: Iterable[Step]) -> list[Step]:
    """What counts: the steps that were not undone."""
    known = list(steps)
    undone = {step.about_id for step in known if step.act == UNDONE}
    return [step for step in known if step.act != UNDONE and step.id not in undone]


def bill_of(invoice: Step, steps: Iterable[Step], *, differs: bool) -> Bill:
    """How an invoice fares by the steps about it; accepting it ends a dispute and answers its differences."""
    about = [step for step in standing(steps) if step.about_id == invoice.id]
    judged = [step.act for step in about if step.act in (DISPUTED, ACCEPTED)]
    return Bill(
        cents=invoice.cents,
        credited_cents=sum_of(about, CREDITED),
        paid_cents=sum_of(about, PAID),
        is_disputed=judged[-1:] == [DISPUTED],
        has_differences=differs and judged[-1:] != [ACCEPTED],
    )


def sum_of(steps: Iterable[Step], *acts: str) -> int:
    """What the steps of these acts come to, in cents."""
    return sum(step.cents for step in steps if step.act in acts)


def guarantee_left(steps: Iterable[Step]) -> int:
    """What the association still stands for, in cents: given, neither called nor ended."""
    known = standing(steps)
    return sum_of(known, GUARANTEED) - sum_of(known, RELEASED, CALLED)


def expected_cents(unit: str, unit_cents: int, first_on: date, last_on: date) -> int:
    """What the order's price makes of some days, both included: so much a day, or a month, begun months by their days (half up)."""
    if unit == DAY:
        return unit_cents * ((last_on - first_on).days + 1)
    months, total = 0, 0
    while months_after(first_on, months + 1) - ONE_DAY <= last_on:
        months, total = months + 1, total + unit_cents
    begins, ends = months_after(first_on, months), months_after(first_on, months + 1)
    held = (last_on - begins).days + 1
    return total + (round_half_up(unit_cents * held, (ends - begins).days) if held > 0 else 0)


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """What was ordered: the days, both included, and the price of each."""

    first_on: date
    last_on: date
    unit: str
    unit_cents: int


def check_order(ordered: Ordered) -> None:
    """Raises RuleBroken beside the field: a return before the departure, a price that is no price."""
    if ordered.last_on < ordered.first_on:
        raise RuleBroken("Le retour au loueur vient après le départ.", field="last_on")
    if ordered.unit not in UNITS or ordered.unit_cents < 1:
        raise RuleBroken("Donnez le prix convenu, par jour ou par mois.", field="unit_cents")


def check_invoice(
    lines: Mapping[str, int], *, total_cents: int, vat_cents: int, first_on: date, last_on: date, on: date, today: date
) -> None:
    """Raises RuleBroken beside the field for an invoice that does not add up by itself, or of a day to come."""
    if sum(lines.values()) != total_cents:
        said = f"Les lignes font {euros(sum(lines.values()))}, pas {euros(total_cents)} : relisez la facture."
        raise RuleBroken(said, field="total_cents")
    if vat_cents >= total_cents:
        raise RuleBroken("La TVA est comprise dans le total : elle est plus petite.", field="vat_cents")
    if last_on < first_on:
        raise RuleBroken("Le dernier jour facturé vient après le premier.", field="last_on")
    if on > today:
        raise RuleBroken("Cette facture est datée d’un jour à venir.", field="on")


def compare(
    ordered: Ordered, lines: Mapping[str, int], *, first_on: date, last_on: date, before: Sequence[tuple[date, date]]
) -> tuple[str, ...]:
    """What an invoice says otherwise than the order, in sentences; `before` are the days of the invoices that stand already."""
    found = []
    if first_on < ordered.first_on or last_on > ordered.last_on:
        found.append(f"La commande va {say_span(ordered.first_on, ordered.last_on)}, la facture {say_span(first_on, last_on)}.")
    if twice := next((span for span in before if first_on <= span[1] and span[0] <= last_on), None):
        found.append(f"Des jours sont déjà facturés : {say_span(*twice)}.")
    rent, due = lines.get("rent_cents", 0), expected_cents(ordered.unit, ordered.unit_cents, first_on, last_on)
    if rent != due:
        way = "de plus" if rent > due else "de moins"
        found.append(f"Location : {euros(rent)} facturés, {euros(due)} d’après la commande, soit {euros(abs(rent - due))} {way}.")
    if extras := [f"{LINES[name].lower()} {euros(cents)}" for name, cents in lines.items() if name != "rent_cents" and cents]:
        found.append(f"Hors commande : {', '.join(extras)}.")
    return tuple(found)


def check_payable(bill: Bill, cents: int, *, on: date, today: date) -> None:
    """Raises Conflict while the invoice is disputed or its differences are not accepted, RuleBroken beside the field."""
    if bill.state == "settled":
        raise Conflict("Il ne reste rien à payer sur cette facture.")
    if bill.state == "disputed":
        raise Conflict("Cette facture est contestée : elle se paie une fois l’écart accepté.")
    if bill.state == "to_check":
        raise Conflict("La facture ne dit pas ce que dit la commande : contestez-la, ou faites accepter l’écart.")
    check_within(cents, bill.left_cents, "ce qui reste à payer")
    check_day(on, today)


def check_within(cents: int, most_cents: int, what: str) -> None:
    """Raises RuleBroken beside `cents` for more than `most_cents`, or nothing."""
    if most_cents < 1:
        raise Conflict(f"Il n’y a plus rien : {what} est à zéro.")
    if not 0 < cents <= most_cents:
        raise RuleBroken(f"Choisissez un montant jusqu’à {euros(most_cents)}, {what}.", field="cents")


def check_day(on: date, today: date) -> None:
    """Raises RuleBroken beside `on` for a day to come."""
    if on > today:
        raise RuleBroken("Ce jour n’est pas encore venu.", field="on")


def check_undo(step: Step, steps: Collection[Step]) -> None:
    """Raises Conflict for a step that stands on others, was undone before, or is not undone but followed by another act."""
    known = standing(steps)
    if step.act not in HELD_BY:
        raise Conflict("Ceci ne s’annule pas : notez plutôt ce qui le suit.")
    if step not in known:
        raise Conflict("C’est déjà annulé.")
    if any(other.about_id == step.id and other.act in HELD_BY[step.act] for other in known):
        raise Conflict("Annulez d’abord ce qui est venu après.")


def may_undo(step: Step, steps: Collection[Step]) -> bool:
    """Whether `check_undo` would let it."""
    try:
        check_undo(step, steps)
    except Conflict:
        return False
    return True


def say_return(last_on: date, *, ended_on: date | None, today: date, warn_days: int) -> tuple[str, str] | None:
    """What there is to say of the day the hirer wants the vehicle back, with its tone; nothing while it is far, or once it is back."""
    if ended_on is not None:
        return None
    left = (last_on - today).days
    if left < 0:
        return f"à rendre depuis le {say_day(last_on)}", "over"
    if left <= warn_days:
        return "à rendre aujourd’hui" if not left else f"à rendre dans {left} jour{'s' if left > 1 else ''}", "near"
    return None
