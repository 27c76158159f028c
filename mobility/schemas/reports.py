"""The yearly report's questions."""

from mobility.report import FIRST_YEAR, LAST_YEAR, MOST_BUDGET_EUR
from mobility.web.fields import QueryInput, Whole


class ReportSchema(QueryInput):
    """Which year, and its budget in whole euros."""

    year = Whole(minimum=FIRST_YEAR, maximum=LAST_YEAR)
    budget = Whole(maximum=MOST_BUDGET_EUR)
