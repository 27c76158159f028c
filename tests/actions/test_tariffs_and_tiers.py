"""Tariffs and tiers as dated data, and what a proof changes on days already charged."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.actions import accounts, charge_runs, tariffs, tiers
from billing.models import BillingAccount
from billing.queries import balance_cents, quote, tariff_on, verify_books
from billing.queries.accounts import list_charges
from billing.terms import thaw
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from tests.actions.test_billing_accounts import ADVISER, MONDAY, make_account
from tests.house import House

REFERENCE = {"bike": 100, "ebike": 100, "moped": 200, "scooter": 200, "car": 500}
SUNDAY = MONDAY + timedelta(days=6)


def add_version(house: House, from_on: date, **cents: int) -> None:
    tariffs.add_version(label="Tarif voté", from_on=from_on, day_cents=REFERENCE | cents, by=ADVISER, now=house.clock())


def week_quote(house: House) -> int:
    return quote(house.beneficiary_id, kind="car", first_on=MONDAY, last_on=SUNDAY, qpv=False, viewer=ADVISER).total_cents


def test_a_new_platform_follows_the_reference_tariff(house: House) -> None:
    with house.reading():
        assert tariff_on(MONDAY).day_cents == REFERENCE


def test_a_running_account_keeps_the_tariff_it_froze(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
        add_version(house, MONDAY + timedelta(days=3), car=600)
        assert tariff_on(MONDAY).day_cents["car"] == 500
        assert tariff_on(MONDAY + timedelta(days=3)).day_cents["car"] == 600
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert balance_cents(account_id) == 3500
        later = make_account(house, reference="booking:2", first_on=MONDAY + timedelta(days=3))
        assert thaw(db.session.get_one(BillingAccount, later).terms).tariff.full_cents("car") == 600


def test_a_version_that_has_served_is_never_rewritten(house: House) -> None:
    with house.writing():
        add_version(house, MONDAY, car=400)
        make_account(house)
        with pytest.raises(Conflict):
            add_version(house, MONDAY, car=450)
        with pytest.raises(RuleBroken, match="déjà été comptées"):
            add_version(house, MONDAY - timedelta(days=1), car=450)


def test_a_version_that_never_served_can_be_withdrawn(house: House) -> None:
    with house.writing():
        version = tariffs.add_version(label="Erreur", from_on=MONDAY, day_cents={"car": 5}, by=ADVISER, now=house.clock())
        tariffs.withdraw_version(version.id, by=ADVISER, now=house.clock())
        version = tariffs.add_version(label="Bon", from_on=MONDAY, day_cents={"car": 400}, by=ADVISER, now=house.clock())
        make_account(house)
        with pytest.raises(Conflict):
            tariffs.withdraw_version(version.id, by=ADVISER, now=house.clock())


def test_a_backdated_rsa_proof_credits_days_already_charged(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
    house.clock.forward(days=14)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert balance_cents(account_id) == 7000
        thursday = MONDAY + timedelta(days=3)
        tiers.record_tier_proof(house.beneficiary_id, tier="rsa", from_on=thursday, by=ADVISER, now=house.clock())
        credit = list_charges(account_id)[-1]
        assert (credit.kind, credit.cents) == ("credit", -5500)
        assert credit.sentence == "Droit RSA depuis le 5 mars 2026 : 11 jours déjà comptés, 55 € en moins"
        assert credit.entry_number is not None
        assert balance_cents(account_id) == 1500
        assert verify_books() is None
    with house.writing():  # the same proof again gives nothing twice
        tiers.record_tier_proof(house.beneficiary_id, tier="rsa", from_on=thursday, by=ADVISER, now=house.clock())
        assert balance_cents(account_id) == 1500


def test_a_proof_reaches_a_rental_already_closed(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
    house.clock.forward(days=2)
    with house.writing():
        accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
        assert balance_cents(account_id) == 1500
        tiers.record_tier_proof(house.beneficiary_id, tier="rsa", from_on=date(2026, 3, 1), by=ADVISER, now=house.clock())
        assert balance_cents(account_id) == 0


def test_a_right_ends_only_once_the_person_was_told(house: House) -> None:
    today = MONDAY
    with house.writing():
        proof = tiers.record_tier_proof(house.beneficiary_id, tier="rsa", from_on=date(2026, 1, 1), by=ADVISER, now=house.clock())
        for last_on, told_on, field in [
            (today - timedelta(days=1), today, "last_on"),  # would raise the price of days gone by
            (today, today + timedelta(days=1), "told_on"),  # nobody was told yet
            (date(2025, 12, 31), today, "last_on"),  # before it began
        ]:
            with pytest.raises(RuleBroken) as refused:
                tiers.end_tier_right(proof.id, last_on=last_on, told_on=told_on, by=ADVISER, now=house.clock())
            assert refused.value.field == field
        tiers.end_tier_right(proof.id, last_on=today + timedelta(days=2), told_on=today, by=ADVISER, now=house.clock())
        assert week_quote(house) == 2000  # 3 × 0 + 4 × 5 €, as domain.md §10.1


def test_a_lapsed_paper_ends_no_right(house: House) -> None:
    with house.writing():
        tiers.record_tier_proof(
            house.beneficiary_id, tier="rsa", from_on=date(2025, 11, 1), paper_valid_until=date(2026, 1, 31), by=ADVISER, now=house.clock()
        )
        assert week_quote(house) == 0


def test_an_end_never_raises_a_day_already_charged(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
        proof = tiers.record_tier_proof(house.beneficiary_id, tier="rsa", from_on=date(2026, 1, 1), by=ADVISER, now=house.clock())
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        tiers.end_tier_right(proof.id, last_on=MONDAY + timedelta(days=7), told_on=MONDAY, by=ADVISER, now=house.clock())
        charge_runs.post_due_charges(now=house.clock())
        assert [charge.cents for charge in list_charges(account_id)] == [0]


def test_an_end_found_to_be_later_gives_back_the_days_charged_meanwhile(house: House) -> None:
    wednesday, saturday = MONDAY + timedelta(days=2), MONDAY + timedelta(days=5)
    with house.writing():
        account_id = make_account(house)
        proof = tiers.record_tier_proof(
            house.beneficiary_id, tier="rsa", from_on=date(2026, 1, 1), to_on=wednesday, by=ADVISER, now=house.clock()
        )
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert balance_cents(account_id) == 4 * 500
        for _ in range(2):
            tiers.end_tier_right(proof.id, last_on=saturday, told_on=MONDAY, by=ADVISER, now=house.clock())
        assert [charge.cents for charge in list_charges(account_id)] == [2000, -3 * 500]
        assert "jusqu’au" in list_charges(account_id)[1].sentence
        assert verify_books() is None


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ({"share_numerator": 1, "share_denominator": 3}, 7 * 167),  # a third of 5 €, each day half up
        ({"price_cents": {"car": 150}}, 7 * 150),  # a price of its own
        ({"price_cents": {"bike": 50}}, 7 * 500),  # none for cars: full
    ],
    ids=["share", "price", "another kind"],
)
def test_a_tier_of_the_platforms_own(house: House, given: dict[str, object], total: int) -> None:
    with house.writing():
        tier = tariffs.add_tier(label="Contrat d’engagement", from_on=date(2026, 1, 1), by=ADVISER, now=house.clock(), **given)
        tiers.record_tier_proof(house.beneficiary_id, tier=tier.code, from_on=MONDAY, by=ADVISER, now=house.clock())
        assert week_quote(house) == total


def test_a_tiers_new_version_takes_over_from_its_day(house: House) -> None:
    with house.writing():
        for from_on, numerator in [(MONDAY, 0), (MONDAY + timedelta(days=4), 1)]:
            tariffs.add_tier(
                label="Transition", from_on=from_on, share_numerator=numerator, share_denominator=2, by=ADVISER, now=house.clock()
            )
        tiers.record_tier_proof(house.beneficiary_id, tier="transition", from_on=MONDAY, by=ADVISER, now=house.clock())
        assert week_quote(house) == 3 * 250


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "share_numerator"),  # neither share nor price
        ({"share_numerator": 1, "share_denominator": 2, "price_cents": {"car": 1}}, "share_numerator"),  # both
        ({"share_numerator": 3, "share_denominator": 2}, "share_numerator"),  # dearer than full
        ({"share_numerator": 1}, "share_denominator"),  # half a share
        ({"price_cents": {"tank": 1}}, "day_cents"),  # not a vehicle
        ({"label": "RSA", "price_cents": {"car": 1}}, "label"),  # a name every platform has
        ({"label": "…", "price_cents": {"car": 1}}, "label"),  # no letter in it
        ({"price_cents": {"car": 1}, "to_on": date(2025, 1, 1)}, "to_on"),  # ends before it begins
    ],
    ids=str,
)
def test_an_impossible_tier_is_refused_beside_its_field(house: House, given: dict[str, object], field: str) -> None:
    with house.writing(), pytest.raises(RuleBroken) as refused:
        tariffs.add_tier(**({"label": "Jeunes", "from_on": MONDAY, "by": ADVISER, "now": house.clock()} | given))
    assert refused.value.field == field


def test_an_unknown_tier_proves_nothing(house: House) -> None:
    with house.writing(), pytest.raises(RuleBroken, match="rsa"):
        tiers.record_tier_proof(house.beneficiary_id, tier="full", from_on=MONDAY, by=ADVISER, now=datetime(2026, 3, 2, tzinfo=UTC))
