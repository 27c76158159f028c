"""Assessments: held by advisers, read by the person."""

from mobility.rights import Role
from tests.web.rights.roles import ADVISER, BENEFICIARY, MANAGER

ROWS: dict[str, frozenset[Role] | set[Role]] = {
    # assessments
    "assessments.autosave": {ADVISER, MANAGER},
    "assessments.evaluate": {ADVISER, MANAGER},
    "assessments.evaluation": {ADVISER, MANAGER},
    "assessments.finish": {ADVISER, MANAGER},
    "assessments.keep": {ADVISER, MANAGER},
    "assessments.overview": {ADVISER, MANAGER},
    "assessments.paper": {ADVISER, BENEFICIARY, MANAGER},
    "assessments.person": {ADVISER, MANAGER},
    "assessments.questions": {ADVISER, MANAGER},
    "assessments.radar": {ADVISER, BENEFICIARY, MANAGER},
    "assessments.show": {ADVISER, BENEFICIARY, MANAGER},
    "assessments.start": {ADVISER, MANAGER},
    # assessments_api
    "assessments_api.answer": {ADVISER, MANAGER},
    "assessments_api.clearances": {ADVISER, MANAGER},
    "assessments_api.evaluate": {ADVISER, MANAGER},
    "assessments_api.finish": {ADVISER, MANAGER},
    "assessments_api.grid": {ADVISER, MANAGER},
    "assessments_api.held": {ADVISER, MANAGER},
    "assessments_api.result": {ADVISER, BENEFICIARY, MANAGER},
    "assessments_api.start": {ADVISER, MANAGER},
}
