"""The hirer's way as ledger entries: its invoices, what is paid, what funders bear, the guarantee off the balance (domain.md §3.5, §9).

An association that does not charge VAT does not get it back: the cost is the invoice with its VAT.
"""

from datetime import date

from billing.ledger import GIVEN, GIVEN_BESIDE, GUARANTEE_CALLED, HIRED, HIRERS, SHARES_BORNE, SUBSIDIES, Entry, Line

BANK = "512"


def _entry(journal: str, debit: tuple[str, str | None], credit: tuple[str, str | None], cents: int, on: date, label: str) -> Entry:
    lines = (Line(account=debit[0], debit_cents=cents, party=debit[1]), Line(account=credit[0], credit_cents=cents, party=credit[1]))
    return Entry(journal=journal, on=on, label=label, lines=lines)


def hire_invoiced(hirer: str, cents: int, *, on: date, label: str) -> Entry:
    """The hirer's invoice: a cost, owed to the hirer."""
    return _entry("HA", (HIRED, None), (HIRERS, hirer), cents, on, label)


def hire_credited(hirer: str, cents: int, *, on: date, label: str) -> Entry:
    """The hirer's credit note: less cost, less owed."""
    return _entry("HA", (HIRERS, hirer), (HIRED, None), cents, on, label)


def hirer_paid(hirer: str, cents: int, *, on: date, label: str) -> Entry:
    """A transfer to the hirer."""
    return _entry("BQ", (HIRERS, hirer), (BANK, None), cents, on, label)


def share_asked(payer: str, cents: int, *, on: date, label: str) -> Entry:
    """A funder bears a part of what the hirer invoiced: a subsidy to come."""
    return _entry("OD", (SUBSIDIES, payer), (SHARES_BORNE, None), cents, on, label)


def share_received(payer: str, cents: int, *, on: date, label: str) -> Entry:
    """The funder's transfer for it."""
    return _entry("BQ", (BANK, None), (SUBSIDIES, payer), cents, on, label)


def guarantee_given(hirer: str, cents: int, *, on: date, label: str) -> Entry:
    """The association stands for the person up to a ceiling: a commitment, off the balance."""
    return _entry("HB", (GIVEN_BESIDE, None), (GIVEN, hirer), cents, on, label)


def guarantee_ended(hirer: str, cents: int, *, on: date, label: str) -> Entry:
    """What was not called is no commitment any more."""
    return _entry("HB", (GIVEN, hirer), (GIVEN_BESIDE, None), cents, on, label)


def guarantee_called(hirer: str, cents: int, *, on: date, label: str) -> Entry:
    """The hirer calls it: a cost owed to the hirer, and so much less of a commitment."""
    ended, called = (
        guarantee_ended(hirer, cents, on=on, label=label),
        _entry("OD", (GUARANTEE_CALLED, None), (HIRERS, hirer), cents, on, label),
    )
    return Entry(journal="OD", on=on, label=label, lines=called.lines + ended.lines)
