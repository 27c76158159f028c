"""Opening a platform: its pole, and which addresses it may have."""

import re

import pytest

from mobility.actions.platforms import open_platform
from mobility.db import db, platform_scope, transaction
from mobility.errors import Conflict, RuleBroken
from mobility.models import Platform, Site
from mobility.rights import house as the_house
from mobility.web.edge import PointEtape
from tests.browsing import post
from tests.house import FakeClock


def test_a_new_platform_has_a_pole(app: PointEtape, clock: FakeClock) -> None:
    with app.app_context():
        with transaction():
            opened = open_platform(slug="grand-large", name="Grand Large", by=the_house(None), now=clock()).id
        with platform_scope(opened):
            assert [site.name for site in db.session.query(Site)] == ["Pôle principal"]
        db.session.close()


@pytest.mark.parametrize("slug", ["", "Majuscule", "é", "-tiret", "a b", "x" * 41, "../p"])
def test_an_address_that_is_none_is_refused(app: PointEtape, clock: FakeClock, slug: str) -> None:
    with app.app_context(), pytest.raises(RuleBroken), transaction():
        open_platform(slug=slug, name="X", by=the_house(None), now=clock())


def test_an_address_serves_one_platform(app: PointEtape, clock: FakeClock) -> None:
    with app.app_context(), transaction():
        open_platform(slug="a", name="A", by=the_house(None), now=clock())
    with app.app_context(), pytest.raises(Conflict), transaction():
        open_platform(slug="a", name="B", by=the_house(None), now=clock())
    with app.app_context():
        assert [p.name for p in db.session.query(Platform)] == ["A"]
        db.session.close()


def test_the_command_opens_a_platform_with_its_manager(app: PointEtape) -> None:
    said = app.test_cli_runner().invoke(args=["platform", "create", "nord", "--name", "Nord", "--manager", "nadia@example.org"])
    assert said.exit_code == 0 and "/p/nord/" in said.output and "nadia@example.org comes in once" in said.output
    link = re.search(r"/p/nord/link/\S+", said.output)
    assert link and post(app.test_client(), link[0]).headers["Location"] == "/p/nord/password"
    another = app.test_cli_runner().invoke(args=["platform", "link", "nord", "nadia@example.org"])
    assert "/p/nord/link/" in another.output and link[0] not in another.output
    nobody = app.test_cli_runner().invoke(args=["platform", "link", "nord", "nobody@example.org"])
    assert nobody.exit_code == 1
    again = app.test_cli_runner().invoke(args=["platform", "create", "nord", "--name", "Nord"])
    assert again.exit_code == 1 and "déjà cette adresse" in again.output


def test_the_doctor_finds_a_database_in_order(app: PointEtape) -> None:
    said = app.test_cli_runner().invoke(args=["doctor"])
    assert said.exit_code == 0
    assert "database         connected" in said.output and "schema           connected" in said.output
