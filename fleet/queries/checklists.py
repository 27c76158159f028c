"""What the platform asks to be checked on a day, and what a report found."""

from collections.abc import Mapping
from datetime import date

from fleet.checklists import ITEMS, in_order, list_key, say_found
from fleet.models import ConditionReport
from mobility import practice
from mobility.periods import paris_day


def list_asked(kind: str, moment: str, day: date) -> list[tuple[str, str]]:
    """The items of a check-out or a check-in on a day: code and words."""
    return [(code, ITEMS[code]) for code in in_order(practice.value_on(list_key(kind, moment), day))]


def found_by(report: ConditionReport | None, kind: str) -> Mapping[str, str]:
    """A report's checklist in words, as it was asked that day; nothing for a report that had none."""
    if report is None or report.checks is None:
        return {}
    asked = practice.value_on(list_key(kind, report.moment), paris_day(report.at))
    return say_found(asked, report.checks)
