"""What the platform asks to be checked on a day, and what a report found."""

from collections.abc import Mapping
from datetime import date

from fleet.checklists import ITEMS, in_order, list_key, own_items, own_key, say_found
from fleet.models import ConditionReport
from mobility import practice
from mobility.periods import paris_day


def list_asked(kind: str, moment: str, day: date) -> list[tuple[str, str]]:
    """The items of a check-out or a check-in on a day, code and words: the usual ones, then the platform's own."""
    usual = [(code, ITEMS[code]) for code in in_order(practice.value_on(list_key(kind, moment), day))]
    return [*usual, *own_items(practice.value_on(own_key(kind, moment), day)).items()]


def own_of(kind: str, moment: str) -> dict[str, str]:
    """The words of every item of its own that the platform ever asked of a kind at a moment, by code, the latest first."""
    found: dict[str, str] = {}
    for value in practice.list_values(own_key(kind, moment)):
        found = own_items(value.value) | found
    return found


def found_by(report: ConditionReport | None, kind: str) -> Mapping[str, str]:
    """A report's checklist in words, as it was asked that day; nothing for a report that had none."""
    if report is None or report.checks is None:
        return {}
    asked = [code for code, _ in list_asked(kind, report.moment, paris_day(report.at))]
    return say_found(asked, report.checks, own_of(kind, report.moment))
