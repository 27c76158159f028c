"""Entries balance, say where the money went, and undo each other (domain.md §9)."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.card_holds import ON_HOLD
from billing.deposits import DEPOSIT_KIND_LABELS
from billing.entries import (
    ASSET_OF,
    cash_banked,
    cash_taken,
    charge_credited,
    charge_posted,
    cheque_returned,
    cheques_banked,
    debt_regained,
    debt_written_off,
    deposit_kept,
    deposit_received,
    deposit_released,
    drawer_differed,
    payment_received,
    payment_refunded,
)
from billing.ledger import Entry, Line, Unbalanced, reversal, transfer
from billing.means import MEANS_LABELS
from billing.saved_cards import ON_FILE

DAY = date(2026, 3, 2)


def told(entry: Entry) -> str:
    """Debits, then credits: "411 2500 > 706 2500"."""
    debits = [f"{line.account} {line.debit_cents}" for line in entry.lines if line.debit_cents]
    credits_ = [f"{line.account} {line.credit_cents}" for line in entry.lines if line.credit_cents]
    return f"{' '.join(debits)} > {' '.join(credits_)}"


def balances(*entries: Entry) -> Counter[str]:
    sums: Counter[str] = Counter()
    for entry in entries:
        for line in entry.lines:
            sums[line.account] += line.debit_cents - line.credit_cents
    return Counter({account: cents for account, cents in sums.items() if cents})


def of(act, *args: object, **more: object) -> Entry:
    return act("P7", *args, on=DAY, label="Essai", **more)


ENTRIES = [
    (of(charge_posted, "rental", 2500), "VE", "411 2500 > 706 2500", "a week's rent is owed"),
    (of(charge_posted, "membership", 500), "VE", "411 500 > 756 500", "a membership"),
    (of(charge_posted, "damage", 9000), "VE", "411 9000 > 7588 9000", "a repair"),
    (of(charge_credited, "rental", 1500), "VE", "706 1500 > 411 1500", "a backdated proof"),
    (of(payment_received, "cash", 100), "CA", "530 100 > 411 100", "coins in the drawer"),
    (of(payment_received, "cheque", 100), "BQ", "5112 100 > 411 100", "a cheque to take to the bank"),
    (of(payment_received, "card", 100), "CB", "5115 100 > 411 100", "with the gateway until it pays out"),
    (of(payment_received, "transfer", 100), "BQ", "512 100 > 411 100", "straight to the bank"),
    (of(payment_received, "guarantee_fund", 100), "OD", "467 100 > 411 100", "the fund owes us"),
    (of(payment_refunded, "card", 100), "CB", "411 100 > 5115 100", "back on the card"),
    (of(deposit_received, "cash", 300), "CA", "530 300 > 165 300", "cash is a liability"),
    (of(deposit_received, "card", 300), "CB", "5115 300 > 165 300", "so is a charged card"),
    (of(deposit_received, "uncashed_cheque", 300), "HB", "8028 300 > 8092 300", "a cheque in a drawer is a commitment"),
    (of(deposit_received, "guarantee_fund", 300), "HB", "8021 300 > 8092 300", "so is a guarantor"),
    (of(deposit_released, "card", 300), "CB", "165 300 > 5115 300", "the card is refunded"),
    (of(deposit_released, "uncashed_cheque", 300), "HB", "8092 300 > 8028 300", "the cheque goes back"),
    (of(deposit_kept, "cash", 90), "OD", "165 90 > 411 90", "the deposit pays the debt"),
    (of(deposit_kept, "uncashed_cheque", 90), "BQ", "8092 90 5112 90 > 8028 90 411 90", "the commitment ends, the cheque is cashed"),
    (of(debt_written_off, 90), "OD", "654 90 > 411 90", "what will not come is a loss"),
    (of(debt_regained, 90), "OD", "411 90 > 7585 90", "and came all the same: owed for the payment that follows"),
    (drawer_differed(5, on=DAY, label="Essai"), "CA", "530 5 > 758 5", "a coin too many in the drawer"),
    (drawer_differed(-5, on=DAY, label="Essai"), "CA", "658 5 > 530 5", "a coin too few"),
    (cash_taken(300, on=DAY, label="Essai"), "CA", "580 300 > 530 300", "on its way to the bank"),
    (cash_banked(300, on=DAY, label="Essai"), "BQ", "512 300 > 580 300", "and there"),
    (cheques_banked(300, on=DAY, label="Essai"), "BQ", "512 300 > 5112 300", "a slip of cheques in the bank"),
    (of(cheque_returned, 100, reverses=3), "BQ", "411 100 > 512 100", "unpaid: owed again"),
    (of(deposit_received, ON_FILE, 300), "HB", "8022 300 > 8092 300", "a card left is a commitment"),
    (of(deposit_received, ON_HOLD, 300), "HB", "8023 300 > 8092 300", "a sum set aside is a commitment"),
    (of(deposit_kept, ON_HOLD, 90), "HB", "8092 90 > 8023 90", "what is taken of it is a payment of its own"),
    (of(deposit_kept, ON_FILE, 90), "HB", "8092 90 > 8022 90", "the commitment ends, its money is a payment of its own"),
    (of(deposit_kept, "guarantee_fund", 90), "OD", "8092 90 467 90 > 8021 90 411 90", "the fund is called"),
]


@pytest.mark.parametrize(("entry", "journal", "words", "why"), ENTRIES, ids=[case[3] for case in ENTRIES])
def test_entries(entry: Entry, journal: str, words: str, why: str) -> None:
    assert (entry.journal, told(entry)) == (journal, words), why


@pytest.mark.parametrize("entry", [case[0] for case in ENTRIES], ids=[case[3] for case in ENTRIES])
def test_a_reversal_undoes_an_entry_and_names_it(entry: Entry) -> None:
    undone = reversal(12, entry, date(2026, 3, 9))
    assert (undone.reverses, undone.on, undone.label) == (12, date(2026, 3, 9), f"Annulation de l’écriture 12 : {entry.label}")
    assert not balances(entry, undone)
    assert {line.party for line in undone.lines} == {line.party for line in entry.lines}


def test_every_means_and_kind_of_deposit_has_its_accounts() -> None:
    assert set(ASSET_OF) == set(MEANS_LABELS)
    for kind in DEPOSIT_KIND_LABELS:
        assert not balances(of(deposit_received, kind, 300), of(deposit_released, kind, 300))


@given(st.sampled_from(list(DEPOSIT_KIND_LABELS)), st.integers(2, 10**6), st.data())
def test_a_deposit_kept_in_part_leaves_nothing_behind(kind: str, cents: int, data: st.DataObject) -> None:
    kept = data.draw(st.integers(1, cents - 1))
    left = balances(
        of(deposit_received, kind, cents),
        of(charge_posted, "damage", kept),
        of(deposit_kept, kind, kept),
        *([of(payment_received, "card", kept)] if kind in (ON_FILE, ON_HOLD) else []),  # its money comes as a payment of its own
        of(deposit_released, kind, cents - kept),
    )
    assert set(left.values()) == {kept, -kept}
    assert left["7588"] == -kept
    assert left["411"] == left["165"] == left["8092"] == 0


PAIR = transfer("411", "706", 100, "P7")
FAULTS = [
    (lambda: Line(account="999", debit_cents=1), "chart", "no such account"),
    (lambda: Line(account="706"), "one side", "neither side"),
    (lambda: Line(account="706", debit_cents=1, credit_cents=1), "one side", "both sides"),
    (lambda: Line(account="706", debit_cents=-1), "one side", "a negative debit"),
    (lambda: Line(account="706", debit_cents=2, credit_cents=-1), "one side", "a negative credit beside a debit"),
    (lambda: Line(account="411", debit_cents=1), "go together", "a debt of nobody"),
    (lambda: Line(account="706", debit_cents=1, party="P7"), "go together", "revenue kept by person"),
    (lambda: Entry(journal="XX", on=DAY, label="", lines=PAIR), "journal", "no such journal"),
    (lambda: Entry(journal="OD", on=DAY, label="", lines=()), "lines", "an empty entry"),
    (lambda: Entry(journal="OD", on=DAY, label="", lines=PAIR[:1]), "differ", "one leg"),
    (
        lambda: Entry(journal="OD", on=DAY, label="", lines=(PAIR[0], Line(account="8092", credit_cents=100))),
        "differ",
        "balanced only by mixing money with commitments",
    ),
    (lambda: of(charge_posted, "rental", 0), "one side", "a charge of nothing is no entry"),
]


@pytest.mark.parametrize(("act", "words", "why"), FAULTS, ids=[case[2] for case in FAULTS])
def test_what_no_ledger_may_hold(act, words: str, why: str) -> None:
    with pytest.raises(Unbalanced, match=words):
        act()
