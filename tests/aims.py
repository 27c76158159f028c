"""Addresses aimed at rows that are there: which rows a route can be tried on, and whose they are."""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from sqlalchemy import create_engine, or_, select
from werkzeug.routing import Rule

from fleet.calendars import OWN
from mobility.db import Base
from tests.furnished import LIVE, Furnished
from tests.house import House
from tests.opened import OPENED_BY

Row = dict[str, Any]
NUMBERS = re.compile(r"<int:(\w+)>")
MOST = 40  # rows of one table that a route is tried on
# Numbers in addresses whose name is not that of a table.
TABLE_OF = {
    "account_id": "billing_account",
    "correction_id": "correction_request",
    "cost_id": "vehicle_cost",
    "form_id": "liaison_form",
    "dispute_id": "card_dispute",
    "payout_id": "gateway_payout",
    "draft_id": "liaison_draft",
    "hire_id": "hire_order",
    "import_id": "vehicle_import",
    "line_id": "work_line",
    "loan_id": "vehicle_loan",
    "mark_id": "vehicle_mark",
    "merge_id": "file_merge",
    "note_id": "contact_note",
    "notice_id": "retention_notice",
    "number": "receipt",
    "order_id": "work_order",
    "other_id": "beneficiary",
    "proof_id": "tier_proof",
    "agreement_id": "payer_agreement",
    "plan_id": "arrears_plan",
    "hold_id": "reminder_hold",
    "pause_id": "chase_pause",
    "reminder_id": "payment_reminder",
    "reading_id": "odometer_reading",
    "receipt_id": "fuel_receipt",
    "record_id": "gateway_event",
    "difference_id": "gateway_difference",
    "refund_id": "payment_refund",
    "report_id": "condition_report",
    "request_id": "waiting_request",
    "run_id": "import_run",
    "share_id": "booklet_share",
    "step_id": "deposit_step",
    "token_id": "api_token",
    "version_id": "tariff_version",
    "workshop_id": "group_workshop",
    "seat_id": "workshop_seat",
}
OF_ACCOUNTS = {"team", "accounts_api"}  # where an account is somebody's way in, not their money
OF_INVOICES = {"invoices", "invoices_api"}  # where a number is not a receipt's
WHOSE = {"platform_id", "lender_id", "borrower_id"}  # columns that say which platform's a row is
OWNERS = {
    "beneficiary_id": "beneficiary",
    "booking_id": "booking",
    "account_id": "billing_account",
    "payment_id": "payment",
    "deposit_id": "deposit",
    "hire_id": "hire_order",
}


class Aims:
    """Every row of one platform, by table, the newest first; what was of use comes first the next time."""

    def __init__(self, house: House, owner_url: str, made: Furnished) -> None:
        self.slug, self.asked = house.slug, made.asked
        tokens = {endpoint: {"token": made.tokens[purpose, LIVE], "what": OWN} for endpoint, purpose in OPENED_BY.items()}
        self.words = made.words | tokens
        self.rows = _read(owner_url, house.platform_id) | {"account": [{"id": made.spare_id}]}

    def of(self, rule: Rule) -> Iterator[tuple[str, list[Row]]]:
        """Addresses of a route, each with its rows, the last the nearest to what is asked."""
        names = self._numbers(rule)
        words = {"slug": self.slug} | self.words.get(rule.endpoint, {})
        asked = "?" + self.asked[rule.endpoint] if rule.endpoint in self.asked else ""
        for rows in islice(self._together(rule, names), MOST):
            values: Row = {name: row["number" if name == "number" else "id"] for name, row in zip(names, rows, strict=True)}
            built = rule.build(values | {name: words.get(name, "x") for name in rule.arguments - values.keys()})
            assert built is not None, rule
            yield built[1] + asked, rows

    def _together(self, rule: Rule, names: list[str]) -> Iterator[list[Row]]:
        """A row for each number of the address, which belong together where one names the other."""
        if not names:
            yield []
            return
        for last in list(self.rows.get(self.table_of(rule, names[-1]), [])):
            others = [self._beside(self.table_of(rule, name), last.get(name)) for name in names[:-1]]
            for rows in islice(product(*others), 8):
                yield [*rows, last]

    def _beside(self, table: str, id_: int | None) -> list[Row]:
        return self.rows[table] if id_ is None else [row for row in self.rows[table] if row["id"] == id_]

    def table_of(self, rule: Rule, name: str) -> str:
        """The table that a number of this address counts in."""
        if name == "account_id" and rule.endpoint.partition(".")[0] in OF_ACCOUNTS:
            return "account"
        if name == "number" and rule.endpoint.partition(".")[0] in OF_INVOICES:
            return "payer_invoice"
        return TABLE_OF.get(name, name.removesuffix("_id"))

    def _numbers(self, rule: Rule) -> list[str]:
        """The numbers of an address that count rows: not one that is said in words, like a programme's month."""
        return [name for name in NUMBERS.findall(rule.rule) if name not in self.words.get(rule.endpoint, {})]

    def person_of(self, rule: Rule, row: Row) -> int | None:
        """Whose row it is that a route is aimed at."""
        return self._owner(self.table_of(rule, self._numbers(rule)[-1]), row)

    def _owner(self, table: str, row: Row) -> int | None:
        """From one table to the next."""
        if table == "beneficiary":
            return int(row["id"])
        for column, to in OWNERS.items():
            found = next((other for other in self.rows[to] if other["id"] == row.get(column)), None)
            if found and (person_id := self._owner(to, found)):
                return person_id
        return None

    def structure_of(self, row: Row) -> int | None:
        """Whose prescribers may have business with a row: its own structure, or that of its liaison form."""
        forms = self.rows["liaison_form"] if "structure_id" not in row and row.get("form_id") else []
        return next((form["structure_id"] for form in forms if form["id"] == row["form_id"]), row.get("structure_id"))

    def praise(self, rule: Rule, rows: list[Row]) -> None:
        """These rows were of use: they are tried first from now on."""
        for name, row in zip(self._numbers(rule), rows, strict=True):
            kept = self.rows[self.table_of(rule, name)]
            kept.insert(0, kept.pop(kept.index(row)))


def _read(owner_url: str, platform_id: int) -> dict[str, list[Row]]:
    engine, found = create_engine(owner_url), {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            told = [c for c in table.c if c.name in {"id", "number"} or c.name.endswith("_id")]
            here = [c == platform_id for c in told if c.name in WHOSE]
            if here:
                mine = select(*told).where(or_(*here)).order_by(table.c.id.desc())
                found[table.name] = [dict(row._mapping) for row in connection.execute(mine)]
    engine.dispose()
    return found
