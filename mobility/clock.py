"""The only place that asks what time it is."""

from datetime import UTC, date, datetime

from flask import current_app

from mobility.periods import paris_day


def system_clock() -> datetime:
    """The instant now, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The instant now by the application's clock (tests give it another)."""
    return current_app.extensions["clock"]()


def today() -> date:
    """The day it is in Europe/Paris."""
    return paris_day(now())
