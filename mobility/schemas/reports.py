"""The yearly reports' questions."""

from typing import Any

from mobility.clock import today
from mobility.report import FIRST_YEAR, LAST_YEAR, MOST_BUDGET_EUR
from mobility.web.fields import QueryInput, Whole


class YearSchema(QueryInput):
    """Which year."""

    year = Whole(minimum=FIRST_YEAR, maximum=LAST_YEAR)


class ReportSchema(YearSchema):
    """Which year, and its budget in whole euros."""

    budget = Whole(maximum=MOST_BUDGET_EUR)


def asked_year(asked: dict[str, Any]) -> int:
    """The year asked for, or this one."""
    return int(asked.get("year", today().year))
