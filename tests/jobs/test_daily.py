"""The day's jobs: each platform in its own scope and transaction; one that fails stops no other."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from mobility import jobs
from mobility.actions.sessions import end_session, forget_old, start_session
from mobility.crypto import hash_token
from mobility.db import db, platform_id
from mobility.models import AccountSession, LoginAttempt, Site
from mobility.rights import Role
from tests.house import House, make_house


@pytest.fixture
def houses(house: House) -> Iterator[tuple[House, House]]:
    """Two platforms, and no job but the test's own."""
    before = house.app.extensions.get("jobs", [])
    house.app.extensions["jobs"] = []
    yield house, make_house(house.app, house.clock, "autre")
    house.app.extensions["jobs"] = before


def test_a_job_runs_on_each_platform_with_the_clocks_hour(houses: tuple[House, House]) -> None:
    seen: list[tuple[int | None, datetime]] = []
    jobs.daily(houses[0].app, "count", lambda *, now: seen.append((platform_id(), now)))
    assert jobs.run_daily(houses[0].app) == []
    assert seen == [(house.platform_id, house.clock()) for house in houses]


def test_the_jobs_of_the_hour_run_apart_from_those_of_the_day(houses: tuple[House, House]) -> None:
    seen: list[str] = []
    jobs.daily(houses[0].app, "day", lambda *, now: seen.append("day"))
    jobs.hourly(houses[0].app, "hour", lambda *, now: seen.append("hour"))
    assert (jobs.run_hourly(houses[0].app), seen) == ([], ["hour", "hour"])
    assert (jobs.run_daily(houses[0].app), seen[2:]) == ([], ["day", "day"])


def test_what_cannot_wait_a_day_runs_every_hour(house: House) -> None:
    assert {job.name for job in house.app.extensions["jobs"] if job.rhythm == "hourly"} == {
        "auto_payments",
        "erased_list",
        "lent",
        "loan sheets",
        "meeting_reminders",
        "reconciliation",
        "card_holds",
        "saved_cards",
        "proposals",
        "workshop",
        "workshop_reminders",
    }


def test_what_fails_is_undone_told_and_stops_nothing(houses: tuple[House, House]) -> None:
    def rename(*, now: datetime) -> None:
        for site in db.session.query(Site):
            site.name = "Renommé"
        db.session.flush()
        if platform_id() == houses[0].platform_id:
            raise RuntimeError("no")

    jobs.daily(houses[0].app, "rename", rename)
    assert jobs.run_daily(houses[0].app) == ["rename on essai"]
    for house, name in zip(houses, ("Pôle central", "Renommé"), strict=True):
        with house.reading():
            assert db.session.query(Site).one().name == name


def test_old_tries_and_dead_sessions_are_forgotten(house: House) -> None:
    now = house.clock()
    with house.writing():
        by = house.viewer(Role.ADVISER)
        for days in (0, 2):
            db.session.add(LoginAttempt(kind="account", key=f"{days}", at=now - timedelta(days=days)))
        live, ended, dead = (start_session(by=by, now=now - timedelta(days=days)) for days in (0, 10, 31))
        end_session(ended, now=now - timedelta(days=10))
    for _ in range(2):
        with house.writing():
            forget_old(now=now)
    with house.reading():
        kept = set(db.session.scalars(select(AccountSession.token_hash)))
        assert {hash_token(live), hash_token(ended)} <= kept and hash_token(dead) not in kept
        assert db.session.scalars(select(LoginAttempt.key)).all() == ["0"]
