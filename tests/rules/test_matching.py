"""What a transfer may pay: only one reference is sure, a name or a sum is a hint, each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.matching import Awaited, Claim, Owing, Proposal, Seen, propose, references_in
from billing.payments import reference_of

CAMILLE = {"first_name": "Camille", "last_name": "Essai"}


def awaited(number: int, cents: int = 3500, **more: str) -> Awaited:
    return Awaited(payment_id=number, account_id=100 + number, reference=reference_of(number), cents=cents, **(CAMILLE | more))


def one(label: str, *, cents: int = 3500, payer: str = "", **known: list[object]) -> tuple[Proposal, ...]:
    lists = {"awaited": [], "owing": [], "claims": []} | known
    return propose([Seen(line_id=1, cents=cents, label=label, payer=payer)], **lists)[1]  # type: ignore[arg-type]


def test_a_reference_is_found_however_the_bank_cut_it_and_a_slip_is_not() -> None:
    written = reference_of(123)
    for label in (
        written,
        written.lower(),
        f"VIR INST {written.replace('-', '')} MERCI",
        written.replace("-", " "),
        f"{written[:5]} {written[5:]}",
    ):
        assert references_in(label) == {written}
    swapped = written.replace("000123", "000132")
    assert references_in(swapped) == references_in("PE-000123") == references_in("") == set()


def test_a_reference_with_its_sum_is_sure() -> None:
    (guess,) = one(
        f"VIR {reference_of(7)}",
        awaited=[awaited(7), awaited(8)],
        owing=[Owing(account_id=3, label="C", cents=3500, number="P-00012", **CAMILLE)],
    )
    assert (guess.code, guess.is_sure, guess.who) == ("payment-7", True, "Camille Essai") and reference_of(7) in guess.reason


def test_a_reference_with_another_sum_is_only_proposed() -> None:
    (guess,) = one(reference_of(7), cents=3000, awaited=[awaited(7)])
    assert not guess.is_sure and "35 € étaient attendus" in guess.reason


def test_two_references_in_one_label_are_both_shown_and_neither_is_sure() -> None:
    guesses = one(f"{reference_of(7)} {reference_of(8)}", awaited=[awaited(7), awaited(8)])
    assert [guess.is_sure for guess in guesses] == [False, False]


def test_two_lines_with_one_reference_are_left_to_somebody() -> None:
    seen = [Seen(line_id=number, cents=3500, label=reference_of(7), payer="") for number in (1, 2)]
    for guesses in propose(seen, [awaited(7)], [], []).values():
        assert not guesses[0].is_sure and "2 virements le disent" in guesses[0].reason


def test_an_invoice_number_is_sure_with_what_is_left_of_it() -> None:
    claims: list[object] = [Claim(number=12, payer="Conseil départemental", left_cents=9000)]
    for label in ("Facture n° 12", "VIR FACT 0012 CD", "factures 12"):
        (guess,) = one(label, cents=9000, claims=claims)
        assert (guess.code, guess.is_sure) == ("invoice-12", True)
    (part,) = one("FACTURE 12", cents=4000, claims=claims)
    assert not part.is_sure and "50 €" in part.reason
    assert one("FACTURE 12", cents=9001, claims=claims) == one("VIR 12", cents=1, claims=claims) == ()
    (named,) = one("VIR", cents=9000, payer="CONSEIL DEPARTEMENTAL", claims=claims)
    assert named.code == "invoice-12" and not named.is_sure


def test_a_name_or_a_sum_is_a_hint() -> None:
    owing: list[object] = [Owing(account_id=3, label="Citadine", cents=3500, number="P-00012", **CAMILLE)]
    for label, cents, said in (("ESSAI CAMILLE", 3500, "exactement"), ("ESSAI CAMILLE", 2000, "doit 35 €"), ("LOYER", 3500, "Seul compte")):
        (guess,) = one(label, cents=cents, owing=owing)
        assert guess.code == "account-3" and not guess.is_sure and said in guess.reason
    assert one("LOYER", cents=2000, owing=owing) == ()
    (expected,) = one(
        "LOYER ESSAI CAMILLE", awaited=[awaited(7)], owing=[Owing(account_id=107, label="C", cents=3500, number="P-00012", **CAMILLE)]
    )
    assert expected.code == "payment-7", "the transfer that waits, not its account beside it"


LABELS = st.lists(st.sampled_from([*(reference_of(n) for n in range(1, 4)), "FACTURE 1", "FACT 2", "CAMILLE ESSAI", "x"]), max_size=4)
SEEN = st.lists(st.tuples(st.sampled_from([3500, 100]), LABELS), max_size=6)


@given(SEEN, st.sets(st.integers(1, 3)), st.sets(st.integers(1, 2)))
def test_never_two_sure_for_a_line_nor_two_lines_sure_of_one(drawn: list[tuple[int, list[str]]], asked: set[int], left: set[int]) -> None:
    seen = [Seen(line_id=place, cents=cents, label=" ".join(words), payer="") for place, (cents, words) in enumerate(drawn)]
    claims = [Claim(number=number, payer="Essai", left_cents=3500) for number in sorted(left)]
    found = propose(
        seen,
        [awaited(number) for number in sorted(asked)],
        [Owing(account_id=9, label="C", cents=100, number="P-00012", **CAMILLE)],
        claims,
    )
    sure = [guess.code for guesses in found.values() for guess in guesses if guess.is_sure]
    assert all(sum(guess.is_sure for guess in guesses) <= 1 for guesses in found.values())
    assert len(sure) == len(set(sure))
    assert all(len({guess.code for guess in guesses}) == len(guesses) for guesses in found.values())


@pytest.mark.parametrize(
    ("label", "is_found"), [("VIR P-00012", True), ("VIR p00012 MERCI", True), ("VIR P-000120", False), ("VIR 00012", False)]
)
def test_the_number_that_a_reminder_asks_for_is_a_guess_and_no_more(label: str, is_found: bool) -> None:
    owing = [Owing(account_id=number, label="C", cents=3500 + number, number=f"P-{number:05d}", **CAMILLE) for number in (12, 13)]
    found = one(label, owing=owing)
    assert [(guess.target, guess.is_sure) for guess in found] == ([(12, False)] if is_found else [])
