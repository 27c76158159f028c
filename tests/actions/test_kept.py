"""A question of the mapper put together once: it answers for the platform in force, and sees what was added a moment ago."""

import pytest
from sqlalchemy import bindparam, select

from mobility.db import Kept, PlatformNotSet, db
from mobility.models import Site
from tests.house import House, make_house

NAMED = Kept(select(Site).filter(Site.name == bindparam("name")))


def test_it_finds_the_rows_of_the_platform_in_force_and_nobody_elses(house: House) -> None:
    other = make_house(house.app, house.clock, slug="autre")
    for one in (house, other, house):
        with one.reading():
            name = db.session.get_one(Site, one.site_id).name
            (found,) = NAMED(name=name).scalars()
            assert found.id == one.site_id
            db.session.expire(found)
            assert found.name == name  # read again, by a question of its own
    with house.app.app_context(), pytest.raises(PlatformNotSet):
        NAMED(name="Gare")


def test_it_finds_what_was_added_and_not_yet_written(house: House) -> None:
    with house.writing():
        db.session.add(Site(name="Ajouté"))
        assert NAMED(name="Ajouté").scalars().one().name == "Ajouté"
