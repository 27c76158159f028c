"""The watch on audits sees a write that left no entry, and one that did."""

import pytest

from mobility import audit
from mobility.db import db, enter, transaction
from mobility.models import Site
from mobility.rights import house as the_house
from tests.audited import every_write_audited
from tests.house import House


@pytest.mark.unaudited  # it plants the fault that the watch over every other test would tell
@pytest.mark.parametrize("noted", [True, False])
def test_a_write_without_an_entry_is_told(house: House, noted: bool) -> None:
    def write() -> None:
        with house.app.test_request_context(house.page("x"), method="POST"):
            enter(house.platform_id)
            with transaction():
                site = Site(name="Pôle nouveau")
                db.session.add(site)
                if noted:
                    audit.record("open site", site, by=the_house(house.platform_id), now=house.clock())

    if noted:
        with every_write_audited():
            write()
        return
    with pytest.raises(AssertionError, match="no audit entry"), every_write_audited():
        write()
