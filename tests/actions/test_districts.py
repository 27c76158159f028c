"""A proven priority district: its rate is frozen with the account, a paper that comes late raises no price, and a move ends no contract."""

from datetime import date, timedelta
from typing import Any

from billing.actions import charge_runs, tiers
from billing.models import BillingAccount
from billing.queries import balance_cents, quote
from billing.queries.districts import residence_of
from mobility.db import db
from tests.actions.test_billing_accounts import ADVISER, MONDAY, make_account
from tests.house import House

HALF_A_WEEK_OF_A_CAR = 1750


def prove(house: House, **told: Any) -> int:
    usual = {"tier": "qpv", "from_on": date(2025, 9, 1), "district": "QN01334M", "seen_how": "map", "seen_on": MONDAY}
    return tiers.record_tier_proof(house.beneficiary_id, **usual | told, by=ADVISER, now=house.clock()).id


def account_of(house: House, **more: Any) -> BillingAccount:
    return db.session.get_one(BillingAccount, make_account(house, **more))


def week(house: House, first_on: date) -> int:
    last_on = first_on + timedelta(days=6)
    return quote(house.beneficiary_id, kind="car", first_on=first_on, last_on=last_on, qpv=False, viewer=ADVISER).total_cents


def test_the_rate_is_frozen_by_the_first_day(house: House) -> None:
    """No tick is needed where a paper was seen; who moves keeps the rate of the contract that runs, and has none for the next."""
    with house.writing():
        proof_id = prove(house)
        running = account_of(house)
        tiers.end_tier_right(proof_id, last_on=MONDAY + timedelta(days=2), told_on=MONDAY, by=ADVISER, now=house.clock())
        later = account_of(house, reference="booking:2", started_at=None, first_on=MONDAY + timedelta(days=3))
        assert (running.qpv, later.qpv) == (True, False)
        assert (week(house, MONDAY), week(house, MONDAY + timedelta(days=3))) == (1750, 3500)
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert balance_cents(running.id) == HALF_A_WEEK_OF_A_CAR, "the whole week, though the right ended on its third day"


def test_a_paper_that_comes_late_gives_back_what_was_too_much(house: House) -> None:
    with house.writing():
        declared, silent = account_of(house, qpv=True), account_of(house, reference="booking:2")
        before = account_of(house, reference="booking:3", started_at=None, first_on=date(2025, 8, 31))
        assert [residence_of(each) and residence_of(each).is_proven for each in (declared, silent)] == [False, None]
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert [balance_cents(each.id) for each in (declared, silent)] == [1750, 3500]
        prove(house)
        assert [balance_cents(each.id) for each in (declared, silent)] == [1750, HALF_A_WEEK_OF_A_CAR]
        assert not db.session.get_one(BillingAccount, before.id).qpv, "it began before the right"
        told = residence_of(db.session.get_one(BillingAccount, declared.id))
        assert told is not None
        assert told.sentence == "QN01334M, périmètre 2024, adresse vérifiée le 2 mars 2026"


def test_a_district_of_replaced_perimeters_gives_nothing_today(house: House) -> None:
    with house.writing():
        prove(house, district="QP013001", from_on=date(2020, 1, 1))
        assert not account_of(house).qpv
        assert account_of(house, reference="booking:2", started_at=None, first_on=date(2023, 12, 31)).qpv
