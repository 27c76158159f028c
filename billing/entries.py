"""The movements of the trade as ledger entries: charges, payments, deposits, card settlements (domain.md §9, accounting).

Cash and charged cards held as deposit are a liability (165); uncashed cheques and guarantors are commitments, off the balance.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from billing.card_holds import ON_HOLD
from billing.ledger import CASH, CHEQUES, LOST, REGAINED, Entry, Line, transfer
from billing.saved_cards import ON_FILE

REVENUE_OF = {"rental": "706", "membership": "756", "damage": "7588"}
ASSET_OF = {"cash": "530", "cheque": "5112", "card": "5115", "transfer": "512", "guarantee_fund": "467"}
JOURNAL_OF = {"cash": "CA", "cheque": "BQ", "card": "CB", "transfer": "BQ", "guarantee_fund": "OD"}
# What holds a deposit that is money: (journal, account); a card charged before these books began is in the bank.
HELD_IN = {kind: (JOURNAL_OF[kind], ASSET_OF[kind]) for kind in ("cash", "card")} | {"card_elsewhere": ("BQ", "512")}
COMMITMENT_OF = {"uncashed_cheque": "8028", "guarantee_fund": "8021", ON_FILE: "8022", ON_HOLD: "8023"}
FUEL_PAID_FROM = {"cash": ("CA", "530"), "transfer": ("BQ", "512"), "station": ("OD", "401")}
# What a commitment becomes once it is called: the cheque goes to the bank, the fund owes us.
CALLED_MEANS = {"uncashed_cheque": "cheque", "guarantee_fund": "guarantee_fund"}


def charge_posted(party: str, debt_kind: str, cents: int, *, on: date, label: str) -> Entry:
    """The person owes, the platform has earned."""
    return Entry(journal="VE", on=on, label=label, lines=transfer("411", REVENUE_OF[debt_kind], cents, party))


def rent_shared(party: str, own_cents: int, shares: Mapping[str, int], *, on: date, label: str) -> Entry:
    """Rent that others pay a part of: the person and each payer owe theirs, above zero, or are given it back, below."""
    owed = [("411", own_cents, party), *(("4112", cents, payer) for payer, cents in shares.items())]
    owed.append((REVENUE_OF["rental"], -sum(cents for _, cents, _ in owed), ""))
    lines = tuple(
        Line(account=code, debit_cents=max(cents, 0), credit_cents=max(-cents, 0), party=whose or None)
        for code, cents, whose in owed
        if cents
    )
    return Entry(journal="VE", on=on, label=label, lines=lines)


def share_paid(payer: str, cents: int, *, on: date, label: str) -> Entry:
    """A payer's transfer for what it owes."""
    return Entry(journal="BQ", on=on, label=label, lines=transfer("512", "4112", cents, payer))


def share_credited(payer: str, cents: int, *, on: date, label: str) -> Entry:
    """What a payer owed is given up: the rent was earned from nobody."""
    return Entry(journal="VE", on=on, label=label, lines=transfer(REVENUE_OF["rental"], "4112", cents, payer))


def charge_credited(party: str, debt_kind: str, cents: int, *, on: date, label: str) -> Entry:
    """A charge lowered after the fact (backdated proof, day out of service)."""
    return Entry(journal="VE", on=on, label=label, lines=transfer(REVENUE_OF[debt_kind], "411", cents, party))


def balance_opened(party: str, cents: int, *, on: date, label: str) -> Entry:
    """What a person owed before these books began, or had paid ahead (below zero): no sale, no money, only where it stands."""
    lines = transfer("411", "471", cents, party) if cents > 0 else transfer("471", "411", -cents, party)
    return Entry(journal="AN", on=on, label=label, lines=lines)


def payment_received(party: str, means: str, cents: int, *, on: date, label: str) -> Entry:
    """Money in, debt down."""
    return Entry(journal=JOURNAL_OF[means], on=on, label=label, lines=transfer(ASSET_OF[means], "411", cents, party))


def payment_refunded(party: str, means: str, cents: int, *, on: date, label: str) -> Entry:
    """Money back to the person, by the same means."""
    return Entry(journal=JOURNAL_OF[means], on=on, label=label, lines=transfer("411", ASSET_OF[means], cents, party))


def debt_written_off(party: str, cents: int, *, on: date, label: str) -> Entry:
    """What will not come is a loss, and the person owes it no more."""
    return Entry(journal="OD", on=on, label=label, lines=transfer(LOST, "411", cents, party))


def debt_regained(party: str, cents: int, *, on: date, label: str) -> Entry:
    """What was written off comes all the same: owed again for the payment that settles it, and earned (docs/adr/0020)."""
    return Entry(journal="OD", on=on, label=label, lines=transfer("411", REGAINED, cents, party))


def fuel_paid(paid: str, cents: int, *, on: date, label: str) -> Entry:
    """Fuel to work borne by the association: an aid granted, handed or sent to the person, or owed to the station."""
    journal, credit = FUEL_PAID_FROM[paid]
    return Entry(journal=journal, on=on, label=label, lines=transfer("6571", credit, cents, ""))


def deposit_received(party: str, kind: str, cents: int, *, on: date, label: str) -> Entry:
    """A deposit, or a part of it, in hand: a liability in cash or by card, a commitment otherwise."""
    if kind in COMMITMENT_OF:
        return Entry(journal="HB", on=on, label=label, lines=transfer(COMMITMENT_OF[kind], "8092", cents, party))
    journal, held_in = HELD_IN[kind]
    return Entry(journal=journal, on=on, label=label, lines=transfer(held_in, "165", cents, party))


def deposit_opened(party: str, kind: str, cents: int, *, on: date, label: str) -> Entry:
    """A deposit that was in hand before these books began: what holds it, and the liability; a commitment as any other."""
    held = deposit_received(party, kind, cents, on=on, label=label)
    return held if kind in COMMITMENT_OF else replace(held, journal="AN")


def deposit_released(party: str, kind: str, cents: int, *, on: date, label: str) -> Entry:
    """A deposit given back: cash handed over, card refunded, cheque or guarantee returned."""
    if kind in COMMITMENT_OF:
        return Entry(journal="HB", on=on, label=label, lines=transfer("8092", COMMITMENT_OF[kind], cents, party))
    journal, held_in = HELD_IN[kind]
    return Entry(journal=journal, on=on, label=label, lines=transfer("165", held_in, cents, party))


def deposit_kept(party: str, kind: str, cents: int, *, on: date, label: str) -> Entry:
    """A part kept settles a debt that a charge has posted before (unpaid rent, damage); a commitment is called for it.

    Of a card on file or of a hold only the commitment ends here: the money came as a payment, with its own entry and receipt
    (docs/adr/0022, 0023).
    """
    if kind in (ON_FILE, ON_HOLD):
        return deposit_released(party, kind, cents, on=on, label=label)
    if kind not in COMMITMENT_OF:
        return Entry(journal="OD", on=on, label=label, lines=transfer("165", "411", cents, party))
    ended = transfer("8092", COMMITMENT_OF[kind], cents, party)
    called = transfer(ASSET_OF[CALLED_MEANS[kind]], "411", cents, party)
    return Entry(journal=JOURNAL_OF[CALLED_MEANS[kind]], on=on, label=label, lines=ended + called)


def drawer_differed(cents: int, *, on: date, label: str) -> Entry:
    """What a count of the drawer found beside the books: too much is income, too little (below zero) a cost."""
    lines = transfer(CASH, "758", cents, "") if cents > 0 else transfer("658", CASH, -cents, "")
    return Entry(journal="CA", on=on, label=label, lines=lines)


def cash_taken(cents: int, *, on: date, label: str) -> Entry:
    """Cash out of the drawer, on its way to the bank."""
    return Entry(journal="CA", on=on, label=label, lines=transfer("580", CASH, cents, ""))


def cash_banked(cents: int, *, on: date, label: str) -> Entry:
    """Cash that was on its way, in the bank."""
    return Entry(journal="BQ", on=on, label=label, lines=transfer("512", "580", cents, ""))


def cheques_banked(cents: int, *, on: date, label: str) -> Entry:
    """The cheques of a slip, in the bank."""
    return Entry(journal="BQ", on=on, label=label, lines=transfer("512", CHEQUES, cents, ""))


def cheque_returned(party: str, cents: int, *, reverses: int, on: date, label: str) -> Entry:
    """A cheque that the bank took back unpaid: what received it is undone, the debt stands again."""
    return Entry(journal="BQ", on=on, label=label, lines=transfer("411", "512", cents, party), reverses=reverses)
