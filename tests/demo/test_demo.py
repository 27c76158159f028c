"""The demonstration, built on each engine through the actions, and what it refuses to touch."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from demo.accounts import renew_ways_in
from demo.build import build
from demo.database import Holds, what_it_holds
from demo.platforms import FERRELANDE, VALBRUME
from demo.timeline import play
from mobility import passwords
from mobility.db import db, platform_scope
from mobility.models import Account, LiaisonForm, Platform
from tests.databases import TestDatabase
from tests.house import FakeClock, House


@pytest.fixture
def built(database: TestDatabase, app: object, clock: FakeClock) -> Iterator[TestDatabase]:
    """A database that holds the demonstration, inside its application's context."""
    with database.app.app_context():
        build(now=clock())
        yield database
        db.session.close()


def test_it_holds_two_platforms_with_people_at_every_step(built: TestDatabase) -> None:
    assert what_it_holds(built.owner_url) is Holds.THE_DEMO
    platforms = db.session.query(Platform).order_by(Platform.id).all()
    assert [p.slug for p in platforms] == [VALBRUME.slug, FERRELANDE.slug]
    for platform in platforms:
        with platform_scope(platform.id):
            steps = {form.status for form in db.session.query(LiaisonForm)}
            assert steps >= {"received", "met", "accepted", "redirected", "refused"}, platform.slug


def test_each_start_gives_new_passwords_that_open_the_door(built: TestDatabase, clock: FakeClock) -> None:
    first, second = renew_ways_in(now=clock()), renew_ways_in(now=clock())
    assert [way.login for way in first] == [way.login for way in second]
    assert not {way.password for way in first} & {way.password for way in second}
    kept = {account.email or account.identifier: account for account in db.session.query(Account)}
    assert all(passwords.matches(kept[way.login].password_hash, way.password) for way in second[:2])


def test_somebody_elses_data_are_recognised(house: House, database: TestDatabase) -> None:
    with house.app.app_context():
        assert what_it_holds(database.owner_url) is Holds.SOMETHING_ELSE


def test_an_empty_database_is_free_to_take(database: TestDatabase, app: object) -> None:
    with database.app.app_context():
        assert what_it_holds(database.owner_url) is Holds.NOBODY


def test_stories_are_told_in_the_order_of_time_and_never_past_the_present(clock: FakeClock) -> None:
    begin, told = clock(), []
    now = [begin]

    def story(name: str, *hours: int) -> Iterator[datetime]:
        for hour in hours:
            yield begin + timedelta(hours=hour)
            told.append((name, (now[0] - begin) // timedelta(hours=1)))

    steps = play([story("a", 1, 4, 9), story("b", 2, 3)], until=begin + timedelta(hours=5), tell=lambda at: now.__setitem__(0, at))
    assert steps == 4
    assert told == [("a", 1), ("b", 2), ("b", 3), ("a", 4)]
