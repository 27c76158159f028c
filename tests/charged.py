"""Rentals of every sort that the weekly charges tell apart, and all that a run of them leaves in the books."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, Table, select

from billing.actions import accounts, payers, tariffs, tiers
from billing.models import Books, Charge, JournalEntry, LedgerLine, LedgerMonth
from billing.rhythm import Rhythm
from billing.scales import Scale
from billing.transitions import Step
from mobility.actions.people import record_job
from mobility.db import db
from mobility.models import AuditEntry
from tests.actions.test_billing_accounts import ADVISER, MONDAY, make_account
from tests.garage import make_person
from tests.house import House

EVENING = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
JANUARY = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
# What is lent, the person's right if any, days out of service if any, and why it stands here.
MIX: tuple[tuple[dict[str, Any], str | None, tuple[date, date] | None, str], ...] = (
    ({}, None, None, "a plain week"),
    ({"started_at": EVENING}, None, None, "keys handed over on an evening"),
    ({"kind": "bike"}, None, None, "a week that costs no more than so much"),
    ({"kind": "scooter"}, None, None, "a second step by days held, and a least amount"),
    ({"kind": "moped", "qpv": True}, None, None, "a priority district, half a price"),
    ({"qpv": True}, None, None, "half of an odd price, rounded day by day"),
    ({}, "rsa", None, "free weeks have no entry"),
    ({"kind": "ebike"}, "saison", None, "a tier with a price of its own"),
    ({}, "reprise", None, "the steps of a transition"),
    ({"rhythm": Rhythm(weekdays=frozenset({0, 2}))}, None, None, "a vehicle that is shared"),
    ({}, None, (TUESDAY, MONDAY + timedelta(days=3)), "days out of service"),
    ({}, None, (MONDAY, MONDAY + timedelta(days=8)), "a whole week out of service"),
    ({"programme": "amie"}, None, None, "a month that is not over"),
    ({"programme": "amie", "started_at": JANUARY}, None, None, "the shortest month there is"),
    ({"programme": "amie", "started_at": JANUARY}, None, (TUESDAY, TUESDAY), "a month prorated by a day out of service"),
    ({"programme": "trial"}, None, None, "some hours of one day"),
    ({}, "payer", None, "a part paid by a county, up to so much a month and so many days"),
    ({"started_at": None}, None, None, "keys not handed over: nothing is due"),
)


def make_mix(house: House) -> list[int]:
    """A rental of each sort, each another person's; inside `writing`."""
    now, by = house.clock(), ADVISER
    scales = {"bike": Scale(week_cents=400), "scooter": Scale(step_cents=(150,), least_cents=900)}
    prices = {"bike": 100, "ebike": 100, "moped": 201, "scooter": 200, "car": 555}
    tariffs.add_version(label="Tarif voté", from_on=MONDAY, day_cents=prices, scales=scales, step_days=5, by=by, now=now)
    tariffs.add_tier(label="Saison", from_on=date(2026, 1, 1), price_cents={"ebike": 33}, by=by, now=now)
    steps = [Step(days=3, numerator=0), Step(days=4, numerator=1)]
    tariffs.add_tier(label="Reprise", from_on=date(2026, 1, 1), share_denominator=3, steps=steps, by=by, now=now)
    return [_make_one(house, number, *one) for number, (*one, _) in enumerate(MIX, start=100)]


def _make_one(house: House, number: int, lent: dict[str, Any], right: str | None, idle: tuple[date, date] | None) -> int:
    by, now = ADVISER, house.clock()
    person = make_person(house, number)
    if right and right != "payer":
        record_job(person.id, kind="fixed_long", starts_on=TUESDAY, ends_on=date(2026, 9, 30), by=by, now=now)
        tiers.record_tier_proof(person.id, tier=right, from_on=TUESDAY, by=by, now=now)
    account_id = make_account(house, beneficiary_id=person.id, reference=f"booking:{number}", **lent)
    if right == "payer":
        county = payers.add_payer(kind="fund", name="Fonds de l’intérim", address="1 rue du Port, Valbrume", by=by, now=now)
        ceilings = {"most_month_cents": 2000, "most_days": 20, "most_cents": 4500}
        payers.agree(account_id, payer_id=county.id, from_on=TUESDAY, percent=60, reference="D-7", by=by, now=now, **ceilings)
    if idle:
        accounts.add_out_of_service(account_id, first_on=idle[0], last_on=idle[1], by=by, now=now)
    return account_id


def left_in_the_books() -> dict[str, list[tuple[Any, ...]]]:
    """Every value of what charging writes, but the ids, in the order it was written; the audit's of the charges alone."""
    asked = {model.__name__: _values(model.__table__) for model in (Charge, JournalEntry, LedgerLine, LedgerMonth, Books)}
    audit = AuditEntry.__table__
    assert isinstance(audit, Table)
    asked["audit"] = _values(audit, apart=("id", "row_id")).where(audit.c.table_name == "charge")
    return {name: [tuple(row) for row in db.session.connection().execute(query)] for name, query in asked.items()}


def _values(table: Any, apart: tuple[str, ...] = ("id",)) -> Select[Any]:
    return select(*(column for column in table.c if column.name not in apart)).order_by(table.c.id)
