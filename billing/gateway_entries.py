"""What moves at the card gateway as ledger entries: fees, payouts on their way and in the bank, disputes (domain.md §9, docs/adr/0031).

Every entry of the gateway's own account (5115) is one move of its balance, so that both say the same to the cent.
"""

from datetime import date

from billing.ledger import AT_GATEWAY, CARD_FEES, CONTESTED, ELSEWHERE, TO_BANK, Entry, transfer

BANK, PEOPLE = "512", "411"


def fees_taken(cents: int, *, on: date, label: str) -> Entry:
    """What the gateway kept for itself; below zero, what it gave back."""
    return _moved("CB", CARD_FEES, AT_GATEWAY, cents, "", on=on, label=label)


def payout_made(cents: int, *, on: date, label: str) -> Entry:
    """Out of the gateway's account, on its way to the bank; below zero, a payout that came back."""
    return _moved("CB", TO_BANK, AT_GATEWAY, cents, "", on=on, label=label)


def payout_banked(cents: int, *, on: date, label: str) -> Entry:
    """A payout that the bank's statement shows."""
    return Entry(journal="BQ", on=on, label=label, lines=transfer(BANK, TO_BANK, cents, ""))


def payout_short(cents: int, *, on: date, label: str) -> Entry:
    """What a bank kept of a payout."""
    return Entry(journal="BQ", on=on, label=label, lines=transfer(CARD_FEES, TO_BANK, cents, ""))


def moved_elsewhere(cents: int, *, on: date, label: str) -> Entry:
    """Money that came (or below zero, went) by the same account for something that is not kept here: it waits for the accountant."""
    return _moved("CB", AT_GATEWAY, ELSEWHERE, cents, "", on=on, label=label)


def dispute_taken(party: str, cents: int, *, on: date, label: str) -> Entry:
    """A bank took back what was paid: the person owes nothing more for now, the sum waits; below zero, it is back."""
    return _moved("CB", CONTESTED, AT_GATEWAY, cents, party, on=on, label=label)


def dispute_asked_again(party: str, cents: int, *, on: date, label: str) -> Entry:
    """A dispute lost: what it paid is due again."""
    return Entry(journal="OD", on=on, label=label, lines=transfer(PEOPLE, CONTESTED, cents, party))


def deposit_contested(party: str, cents: int, *, on: date, label: str) -> Entry:
    """A dispute lost about a deposit: the bank has given it back in our place."""
    return Entry(journal="CB", on=on, label=label, lines=transfer(AT_GATEWAY, CONTESTED, cents, party))


def _moved(journal: str, debit: str, credit: str, cents: int, party: str, *, on: date, label: str) -> Entry:
    lines = transfer(debit, credit, cents, party) if cents > 0 else transfer(credit, debit, -cents, party)
    return Entry(journal=journal, on=on, label=label, lines=lines)
