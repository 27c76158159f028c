"""Which means of payment may settle which debt, by dated rules (domain.md §9)."""

from datetime import date

import pytest

from billing.means import MEANS_LABELS, Debt, MeansLimit, allowed_means, check_means, is_note_due, limits
from mobility.errors import RuleBroken

DAY = date(2025, 6, 15)
EVE, LAW = limits(cash_for_cars=True, cash_ceiling_cents=100_000), limits(cash_for_cars=False, cash_ceiling_cents=100_000)
CAR = Debt(kind="car", debt_kind="rental", cents=100)


def debt(kind: str | None, debt_kind: str, cents: int) -> Debt:
    return Debt(kind=kind, debt_kind=debt_kind, cents=cents)


CASES = [
    ("cash", CAR, EVE, False, True, "the day before the law"),
    ("cash", CAR, LAW, False, False, "one euro in cash for a car, from 15 June 2025"),
    ("cash", CAR, LAW, True, True, "with the recorded declaration"),
    ("cash", debt("scooter", "rental", 100_000), LAW, False, True, "another kind, at the ceiling"),
    ("cash", debt("scooter", "rental", 100_001), LAW, False, False, "a cent above it"),
    ("cash", debt("scooter", "rental", 100_001), LAW, True, True, "above it, with the declaration"),
    ("cash", debt("car", "deposit", 30_000), LAW, False, True, "a deposit is no payment of a rental"),
    ("cash", debt("car", "damage", 30_000), LAW, False, True, "nor is a repair"),
    ("cash", debt(None, "membership", 500), LAW, False, True, "no vehicle concerned"),
    ("card", CAR, LAW, False, True, "a card, always"),
    ("cheque", debt("car", "rental", 500_000), LAW, False, True, "a cheque, at any amount"),
    ("transfer", CAR, LAW, False, True, "a transfer"),
    ("guarantee_fund", CAR, LAW, True, False, "the fund does not pay rents, declaration or not"),
    ("guarantee_fund", debt("car", "deposit", 30_000), LAW, False, True, "it stands for the deposit"),
]


@pytest.mark.parametrize(("means", "owed", "rules", "declared", "allowed", "why"), CASES, ids=[case[5] for case in CASES])
def test_means(means: str, owed: Debt, rules: tuple[MeansLimit, ...], declared: bool, allowed: bool, why: str) -> None:
    answer = {each.code: each for each in allowed_means(owed, limits=rules, declared_without_bank=declared)}[means]
    assert answer.is_allowed is allowed, why
    if allowed:
        check_means(means, owed, limits=rules, declared_without_bank=declared)
        return
    with pytest.raises(RuleBroken) as refusal:
        check_means(means, owed, limits=rules, declared_without_bank=declared)
    assert (refusal.value.field, refusal.value.sentence) == ("means", answer.refused)


def test_the_answer_is_the_full_list_with_its_reasons() -> None:
    found = allowed_means(CAR, limits=LAW)
    assert [each.code for each in found] == list(MEANS_LABELS)
    assert [each.code for each in found if not each.is_allowed] == ["cash", "guarantee_fund"]
    assert "15 juin 2025" in str(found[0].refused)


def test_of_two_rules_against_a_means_the_first_is_told() -> None:
    found = allowed_means(debt("car", "rental", 200_000), limits=LAW)
    assert "location d’une voiture" in str(found[0].refused)


def test_a_platform_states_its_own_rules() -> None:
    no_cheques = MeansLimit(means="cheque", sentence="Les chèques ne sont plus pris.")
    assert [each.code for each in allowed_means(CAR, limits=[no_cheques]) if not each.is_allowed] == ["cheque"]
    above = {cents: limits(cash_for_cars=True, cash_ceiling_cents=cents)[0].sentence for cents in (50_000, 100_000)}
    assert "500 €" in above[50_000] and "1 000 €" in above[100_000]


UNKNOWN = [("barter", CAR, "means", "no such means"), ("cash", debt("car", "gift", 1), "debt_kind", "no such debt")]


@pytest.mark.parametrize(("means", "owed", "field", "why"), UNKNOWN, ids=[case[3] for case in UNKNOWN])
def test_unknown_words_are_refused(means: str, owed: Debt, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_means(means, owed, limits=LAW)
    assert refusal.value.field == field, why


@pytest.mark.parametrize(("cents", "due"), [(2499, False), (2500, True), (2501, True)])
def test_a_note_is_due_from_25_euros(cents: int, due: bool) -> None:
    assert is_note_due(cents, on=DAY) is due
