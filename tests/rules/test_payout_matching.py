"""Which payout a credit of the bank's statement is: pure."""

from datetime import date, timedelta

import pytest

from billing.matching import Seen
from billing.payout_matching import Sent, propose_payouts

DAY = date(2026, 3, 5)
SENT = Sent(payout_id=7, reference="po_1AbC", cents=10_000, made_on=DAY - timedelta(days=2), arrives_on=DAY)


def line(cents: int = 10_000, label: str = "VIR STRIPE PAYMENTS EUROPE", line_id: int = 1, on: date = DAY) -> Seen:
    return Seen(line_id=line_id, cents=cents, label=label, payer="", on=on)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (line(), [True]),
        (line(label="VIREMENT PO_1ABC"), [True]),  # its reference, whoever sends it
        (line(label="VIR MME DUPONT LOYER"), [False]),  # the sum alone: somebody looks
        (line(cents=9_900), [False]),  # a bank kept one euro
        (line(cents=5_000), []),  # no bank keeps half
        (line(cents=10_001), []),  # nor adds a cent
        (line(on=DAY - timedelta(days=3)), []),  # before it left
        (line(on=DAY + timedelta(days=11)), []),  # long after
        (line(cents=9_900, label="VIR MME DUPONT"), []),
    ],
)
def test_a_credit_is_a_payout_by_sum_sender_and_day(seen: Seen, told: list[bool]) -> None:
    assert [guess.is_sure for guess in propose_payouts([seen], [SENT])[1]] == told


def test_what_two_lines_or_two_payouts_say_is_sure_of_none() -> None:
    twice = propose_payouts([line(), line(line_id=2)], [SENT])
    assert [guess.is_sure for guesses in twice.values() for guess in guesses] == [False, False]
    other = Sent(payout_id=8, reference="po_2", cents=10_000, made_on=DAY, arrives_on=None)
    assert [guess.is_sure for guess in propose_payouts([line()], [SENT, other])[1]] == [False, False]
