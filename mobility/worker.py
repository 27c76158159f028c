"""The worker: huey's clock and one thread. Its queue is a file of its own, apart from our data, and may be lost without harm."""

import logging
from collections.abc import Callable

from flask import Flask
from huey import SqliteHuey, crontab

from mobility.jobs import run_daily, run_hourly
from mobility.posting import drain_outbox
from mobility.settings import Settings

log = logging.getLogger("point_etape.jobs")

QUEUE_FILE = "worker.sqlite3"
HOUR = crontab(minute="25")
NIGHT = crontab(minute="10", hour="3")  # UTC: past midnight in Paris, summer and winter


def run(app: Flask) -> None:
    """Drain the outbox each minute and run the hour's jobs each hour, the day's each night, and all at once on starting."""
    queue = make_queue(app)
    for act in (run_daily, run_hourly, drain_outbox):
        _surviving(act, app)
    queue.create_consumer(workers=1, max_delay=1.0, graceful_signal="TERM").run()


def make_queue(app: Flask) -> SqliteHuey:
    """huey with our three tasks, each harmless when run twice."""
    settings: Settings = app.extensions["settings"]
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    queue = SqliteHuey("point-etape", filename=str(settings.data_dir / QUEUE_FILE), results=False, utc=True)
    queue.periodic_task(crontab(), name="drain")(lambda: _surviving(drain_outbox, app))
    queue.periodic_task(HOUR, name="hourly")(lambda: _surviving(run_hourly, app))
    queue.periodic_task(NIGHT, name="daily")(lambda: _surviving(run_daily, app))
    return queue


def _surviving(act: Callable[[Flask], object], app: Flask) -> None:
    """The act, whose failure is told by its type alone (a message may hold somebody's name) and mended by the next run."""
    try:
        act(app)
    except Exception as error:
        log.error("%s failed: %s", act.__name__, type(error).__name__, exc_info=log.isEnabledFor(logging.DEBUG))
