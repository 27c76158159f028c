"""What happens without anybody asking: the outbox is sent, and each hour's and each day's jobs run. The worker calls them all.

Nothing here remembers that a job ran: each is written so that running it again changes nothing.
"""

import logging
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import Flask
from sqlalchemy import select

from mobility import clock
from mobility.db import db, platform_scope, transaction
from mobility.models import Platform

log = logging.getLogger("point_etape.jobs")


class Act(Protocol):
    """One platform's share of a job: inside its scope, in one transaction or its own, harmless when done again."""

    def __call__(self, *, now: datetime) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job of every day, or of every hour, on every platform."""

    name: str
    act: Act
    rhythm: str
    own_transactions: bool = False


def daily(app: Flask, name: str, act: Act, *, own_transactions: bool = False) -> None:
    """Have `act(now=…)` run each day on each platform, in its scope and a transaction; one that calls the gateway opens its own."""
    _add(app, Job(name=name, act=act, rhythm="daily", own_transactions=own_transactions))


def hourly(app: Flask, name: str, act: Act, *, own_transactions: bool = False) -> None:
    """The same, each hour: for what somebody waits for."""
    _add(app, Job(name=name, act=act, rhythm="hourly", own_transactions=own_transactions))


def run_daily(app: Flask) -> list[str]:
    """Run every job of the day on every platform; one that fails stops no other. Returns what failed, as "job on slug"."""
    return _run(app, "daily")


def run_hourly(app: Flask) -> list[str]:
    """The same for the jobs of the hour."""
    return _run(app, "hourly")


def _add(app: Flask, job: Job) -> None:
    app.extensions.setdefault("jobs", []).append(job)


def _run(app: Flask, rhythm: str) -> list[str]:
    jobs = [job for job in app.extensions.get("jobs", []) if job.rhythm == rhythm]
    with app.app_context():
        failed = [f"{job.name} on {slug}" for id_, slug in _platforms() for job in jobs if not _done(job, id_)]
    for line in failed:
        log.error("the job %s failed and will run again", line)
    return failed


def _platforms() -> list[tuple[int, str]]:
    found = [(platform.id, platform.slug) for platform in db.session.scalars(select(Platform).order_by(Platform.id))]
    db.session.close()
    return found


def _done(job: Job, platform_id: int) -> bool:
    try:
        with platform_scope(platform_id), nullcontext() if job.own_transactions else transaction():
            job.act(now=clock.now())
    except Exception as error:  # the others still have to run; only the type is told, since a message may hold somebody's name
        log.error("%s: %s", job.name, type(error).__name__, exc_info=log.isEnabledFor(logging.DEBUG))
        return False
    return True
