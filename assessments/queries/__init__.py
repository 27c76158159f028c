"""Reads of assessments: what was held, its paper, its figures."""

from assessments.queries.held import (
    Finished,
    check_draft,
    clearances_of,
    comparison_of,
    effectiveness_of,
    entry_of,
    exit_of,
    find_draft,
    get_assessment,
    get_draft,
    list_assessments,
    list_finished,
    sheet_of,
    suggestion_of,
)
from assessments.queries.paper import paper_of
from assessments.queries.year import figures_of, list_waiting

__all__ = [
    "Finished",
    "check_draft",
    "clearances_of",
    "comparison_of",
    "effectiveness_of",
    "entry_of",
    "exit_of",
    "figures_of",
    "find_draft",
    "get_assessment",
    "get_draft",
    "list_assessments",
    "list_finished",
    "list_waiting",
    "paper_of",
    "sheet_of",
    "suggestion_of",
]
