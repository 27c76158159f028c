"""A question asked without the mapper: it names the platform itself, or cannot be made."""

import pytest
from sqlalchemy import bindparam, select

from mobility.db import Plain, PlatformNotSet, this_platform
from mobility.models import Platform, Setting, Site
from tests.house import House, make_house


def test_a_question_that_forgets_the_platform_cannot_be_made() -> None:
    with pytest.raises(PlatformNotSet, match="site"):
        Plain(select(Site.name))
    with pytest.raises(PlatformNotSet, match="1 comparisons"):
        Plain(select(Site.name, Setting.key).filter(Site.platform_id == this_platform()))


def test_it_finds_the_rows_of_the_platform_in_force_and_nobody_elses(house: House) -> None:
    other = make_house(house.app, house.clock, slug="autre")
    sites = Plain(select(Site.id).filter(Site.platform_id == this_platform()))
    by_slug = Plain(select(Platform.id).filter(Platform.slug == bindparam("slug")))
    for one in (house, other):
        with one.reading():
            assert [row.id for row in sites()] == [one.site_id]
            assert [row.id for row in by_slug(slug=other.slug)] == [other.platform_id]
    with house.app.app_context(), pytest.raises(PlatformNotSet):
        sites()
