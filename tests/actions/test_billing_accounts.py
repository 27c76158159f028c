"""A rental's account: what it freezes, what it charges week by week, what it gives back, and what is left at the return."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from billing.actions import accounts, charge_runs
from billing.models import BillingAccount, Charge
from billing.price_sentence import say_price
from billing.queries import balance_cents, charged_cents, quote
from billing.queries.accounts import list_charges
from billing.schedule import Programme
from billing.terms import thaw
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.rights import Role, Viewer
from tests.house import House

MONDAY = date(2026, 3, 2)
MONDAY_AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # 9:00 in Paris
ADVISER = Viewer(name="adviser", roles=frozenset({Role.ADVISER}))


def make_account(house: House, *, started_at: datetime | None = MONDAY_AT, **more: object) -> int:
    """A running car rental from Monday 2 March 2026; call inside `house.writing()`."""
    plain = {
        "beneficiary_id": house.beneficiary_id,
        "reference": "booking:1",
        "label": "Citadine AB-123-CD",
        "kind": "car",
        "programme": "daily",
        "qpv": False,
        "first_on": MONDAY,
    }
    account = accounts.open_account(**(plain | more), by=ADVISER, now=house.clock())
    if started_at is not None:
        accounts.start_account(account.id, handed_over_at=started_at, by=ADVISER, now=house.clock())
    return account.id


def charges(account_id: int) -> list[tuple[str, int]]:
    rows = db.session.scalars(select(Charge).filter(Charge.account_id == account_id).order_by(Charge.id))
    return [(charge.key, charge.cents) for charge in rows]


def test_a_quote_says_its_price_in_one_sentence(house: House) -> None:
    with house.reading():
        price = quote(house.beneficiary_id, kind="car", first_on=MONDAY, last_on=date(2026, 3, 8), qpv=True, viewer=ADVISER)
        assert say_price(price) == "Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €"


def test_nobody_else_gets_somebodys_quote(house: House) -> None:
    with house.reading(), pytest.raises(NotFound):
        stranger = house.viewer(Role.PRESCRIBER)
        quote(house.beneficiary_id, kind="car", first_on=MONDAY, last_on=MONDAY, qpv=False, viewer=stranger)


def test_an_account_freezes_its_tariff(house: House) -> None:
    with house.writing():
        account = db.session.get_one(BillingAccount, make_account(house))
        assert thaw(account.terms).tariff.day_cents["car"] == 500
        assert account.terms["rule"] == "domain.md §10.1"


def test_complete_weeks_are_charged_once_each(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
        charge_runs.post_due_charges(now=house.clock())
        assert charges(account_id) == []  # the first week is not over
    house.clock.forward(days=7)
    for _ in range(2):
        with house.writing():
            charge_runs.post_due_charges(now=house.clock())
    with house.reading():
        assert charges(account_id) == [("2026-W10", 3500)]
        assert balance_cents(account_id) == charged_cents(account_id) == 3500


def test_after_three_weeks_stop_each_week_is_charged_once(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
    house.clock.forward(days=21)
    with house.writing():
        assert charge_runs.post_due_charges(now=house.clock()).charges == 3
        assert charges(account_id) == [("2026-W10", 3500), ("2026-W11", 3500), ("2026-W12", 3500)]


def test_the_remainder_is_charged_at_the_return(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
    house.clock.forward(days=9)  # Wednesday of the second week, noon: that day counts
    with house.writing():
        accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
        assert charges(account_id) == [("2026-W10", 3500), ("2026-W11", 1500)]
    house.clock.forward(days=30)
    with house.writing():
        assert charge_runs.post_due_charges(now=house.clock()).charges == 0


def test_a_return_told_late_gives_the_days_after_it_back(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        saturday = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)  # before noon: Saturday is free too
        accounts.close_account(account_id, returned_at=saturday, by=ADVISER, now=house.clock())
        assert charges(account_id) == [("2026-W10", 3500), ("credit-2", -1000)]
        assert balance_cents(account_id) == 2500


def test_days_out_of_service_are_not_charged_and_charged_ones_are_given_back(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        accounts.add_out_of_service(account_id, first_on=date(2026, 3, 7), last_on=date(2026, 3, 10), by=ADVISER, now=house.clock())
        assert charges(account_id) == [("2026-W10", 3500), ("credit-2", -1000)]
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert charges(account_id)[-1] == ("2026-W11", 2500)


def test_the_five_months_are_charged_as_they_end(house: House) -> None:
    with house.writing():
        account_id = make_account(house, programme="amie")
    house.clock.set(datetime(2026, 8, 3, 10, 0, tzinfo=UTC))
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert charges(account_id) == [("month-1", 0), ("month-2", 4600), ("month-3", 10400), ("month-4", 16200), ("month-5", 22000)]
        assert balance_cents(account_id) == 53200


def test_an_early_end_is_prorated(house: House) -> None:
    with house.writing():
        account_id = make_account(house, programme="amie")
    house.clock.set(datetime(2026, 4, 11, 10, 0, tzinfo=UTC))  # 10 days of the 30 from 2 April to 1 May
    with house.writing():
        accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
        assert charges(account_id) == [("month-1", 0), ("month-2", 1533)]
        whole, cut = (charge.sentence for charge in list_charges(account_id))
        assert " jours sur " not in whole
        assert cut == "Mois 2, du 2 avril 2026 au 11 avril 2026, 10 jours sur 30, assurance comprise : 15,33 €"


def test_a_platform_may_aim_at_another_instalment(house: House) -> None:
    programme = Programme(label="Deux ans", first_rent_cents=1000, second_rent_cents=5000, target_cents=20000)
    with house.writing():
        account_id = make_account(house, programme="amie", schedule_terms=programme)
        assert thaw(db.session.get_one(BillingAccount, account_id).terms).programme == programme


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "tank"}, "kind"),  # not a vehicle we lend
        ({"programme": "lease"}, "programme"),  # neither of the two
        ({"last_on": date(2026, 3, 1)}, "last_on"),  # back before it left
    ],
    ids=lambda value: str(value),
)
def test_an_impossible_account_is_refused_beside_its_field(house: House, more: dict[str, object], field: str) -> None:
    with house.writing(), pytest.raises(RuleBroken) as refused:
        make_account(house, **more)
    assert refused.value.field == field


def test_a_vehicle_is_handed_over_once_and_given_back_once(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
        with pytest.raises(Conflict):
            accounts.start_account(account_id, handed_over_at=MONDAY_AT, by=ADVISER, now=house.clock())
        accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
        with pytest.raises(Conflict):
            accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
