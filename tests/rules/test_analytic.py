"""Analytic codes: no line of income, cost or a payer's is left without one, and every code has a well-formed default."""

import re

import pytest

from billing.analytic import ACTIONS, CODED, DEFAULTS, code_of
from billing.ledger import CHART
from billing.shares import PAYER_KINDS
from billing.terms import PROGRAMME_LABELS
from mobility.dated import ANALYTIC


@pytest.mark.parametrize("account", CODED)
@pytest.mark.parametrize("programme", [None, *PROGRAMME_LABELS])
@pytest.mark.parametrize("funder", [None, *PAYER_KINDS])
def test_every_line_of_income_cost_and_payers_has_a_code(account: str, programme: str | None, funder: str | None) -> None:
    assert code_of(account, programme=programme, funder=funder) in DEFAULTS


def test_the_other_accounts_have_none() -> None:
    assert {account for account in CHART if account[0] in "67"} | {"4112", "441"} == set(CODED)
    assert {code_of(account, programme="amie", funder="county") for account in set(CHART) - set(CODED)} == {None}


def test_each_action_and_each_kind_of_funder_has_a_default_of_its_own() -> None:
    assert set(DEFAULTS) == {f"action.{each}" for each in ACTIONS} | {f"funder.{each}" for each in PAYER_KINDS}
    assert all(re.fullmatch(ANALYTIC, value) for value in DEFAULTS.values())
    assert len({value.partition(" ")[0] for value in DEFAULTS.values()}) == len(DEFAULTS)
