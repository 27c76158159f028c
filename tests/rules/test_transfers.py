from datetime import date
from typing import Any

import pytest

from fleet.transfers import check_transfer
from mobility.errors import RuleBroken

TODAY = date(2026, 3, 2)
FINE: dict[str, Any] = {"from_id": 1, "to_id": 2, "on": TODAY, "last_on": date(2026, 1, 5), "today": TODAY, "coming": 2, "seen": True}


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"to_id": 1}, "to_site_id", "it is there already"),
        ({"on": date(2026, 3, 3)}, "on", "not done yet"),
        ({"on": date(2026, 1, 4)}, "on", "before it came here"),
        ({"seen": False}, "seen", "two people would come for nothing"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(changes: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_transfer(**(FINE | changes))
    assert refused.value.field == field, why


@pytest.mark.parametrize("changes", [{}, {"on": date(2026, 1, 5)}, {"coming": 0, "seen": False}])
def test_a_transfer_done_and_read_is_taken(changes: dict[str, Any]) -> None:
    check_transfer(**(FINE | changes))
