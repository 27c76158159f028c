"""A transition tier: defined by the manager, begun with a job, gone through to its end by who began."""

from datetime import date, timedelta

import pytest

from billing.actions import tariffs, tiers
from billing.queries import quote
from billing.queries.tariffs import list_tiers
from billing.transitions import Step
from mobility.actions.people import record_job
from mobility.errors import Conflict, RuleBroken
from mobility.rights import Role
from tests.actions.test_billing_accounts import ADVISER, MONDAY
from tests.house import House
from tests.web.test_money import post

STAIRS = {"share_denominator": "3", "step_1_numerator": "0", "step_1_days": "2", "step_2_numerator": "1", "step_2_days": "2"}


def week_cents(house: House) -> int:
    sunday = MONDAY + timedelta(days=6)
    return quote(house.beneficiary_id, kind="car", first_on=MONDAY, last_on=sunday, qpv=False, viewer=ADVISER).total_cents


def test_a_transition_runs_from_the_jobs_first_day_to_its_end_whatever_comes_later(house: House) -> None:
    answer = post(house, Role.MANAGER, "money/tiers", label="Transition emploi", from_on="2026-01-01", **STAIRS)
    assert answer.status_code == 303
    page = house.client(Role.TREASURER).get(house.page("money/tariffs")).text.replace("\u00a0", " ")
    assert "gratuit pendant 2 jours, puis 1 sur 3 du prix pendant 2 jours, puis plein tarif" in page
    given = {"tier": "transition-emploi", "by": ADVISER, "now": house.clock()}
    with house.writing(), pytest.raises(RuleBroken, match="aucun emploi") as refused:
        tiers.record_tier_proof(house.beneficiary_id, from_on=MONDAY, **given)
    assert refused.value.field == "from_on"
    with house.writing():
        record_job(house.beneficiary_id, kind="fixed_long", starts_on=MONDAY, ends_on=date(2026, 9, 30), by=ADVISER, now=house.clock())
        tiers.record_tier_proof(house.beneficiary_id, from_on=MONDAY, **given)
        assert week_cents(house) == 2 * 0 + 2 * 167 + 3 * 500
        dearer = {"label": "Transition emploi", "from_on": MONDAY + timedelta(days=1), "by": ADVISER, "now": house.clock()}
        tariffs.add_tier(share_denominator=1, steps=[Step(days=1, numerator=1)], **dearer)
        assert week_cents(house) == 1834  # who began keeps the steps they were told
        with pytest.raises(Conflict, match="autre sorte"):
            tariffs.add_tier(**dearer | {"from_on": MONDAY + timedelta(days=2)}, share_numerator=1, share_denominator=2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"step_2_days": ""}, "step_2_days"),  # half a step
        ({"step_1_numerator": "", "step_1_days": ""}, "step_1_numerator"),  # a gap
        ({"share_denominator": ""}, "share_denominator"),  # shares of nothing
        ({"step_2_numerator": "4"}, "step_2_numerator"),  # dearer than full
        ({"step_1_numerator": "2"}, "step_2_numerator"),  # a step down
        ({"share_numerator": "1"}, "step_1_numerator"),  # a share as well
        ({"car": "2"}, "step_1_numerator"),  # prices as well
    ],
    ids=str,
)
def test_impossible_steps_are_refused_beside_their_field(house: House, typed: dict[str, str], field: str) -> None:
    answer = post(house, Role.MANAGER, "money/tiers", label="Transition", from_on="2026-03-02", **STAIRS | typed)
    assert (answer.status_code, f'id="f-{field}-error"' in answer.text) == (422, True)
    with house.reading():
        assert list_tiers() == []
