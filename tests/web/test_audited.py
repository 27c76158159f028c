"""The watch on audits sees a write that left no entry, and one that did."""

from contextlib import nullcontext

import pytest

from mobility import audit
from mobility.db import db, enter, transaction
from mobility.models import Site
from mobility.rights import house as the_house
from tests.audited import every_write_audited
from tests.house import House


@pytest.mark.unaudited  # it plants the fault that the watch over every other test would tell
@pytest.mark.parametrize(("noted", "told"), [(2, None), (1, r"wrote \['site'\]"), (0, "no audit entry")])
def test_a_row_without_an_entry_of_its_own_is_told(house: House, noted: int, told: str | None) -> None:
    def write() -> None:
        with house.app.test_request_context(house.page("x"), method="POST"):
            enter(house.platform_id)
            with transaction():
                sites = [Site(name="Pôle nouveau"), Site(name="Pôle second")]
                db.session.add_all(sites)
                for site in sites[:noted]:
                    audit.record("open site", site, by=the_house(house.platform_id), now=house.clock())

    with pytest.raises(AssertionError, match=told) if told else nullcontext(), every_write_audited():
        write()
