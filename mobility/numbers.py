"""Running numbers per platform, series and year: liaison forms, contracts, pseudonyms."""

from sqlalchemy import text

from mobility.db import db, platform_id

_TAKE = text(
    "INSERT INTO counter (platform_id, series, year, last) VALUES (:platform_id, :series, :year, 1) "
    "ON CONFLICT (platform_id, series, year) DO UPDATE SET last = counter.last + 1 RETURNING last"
)


def take(series: str, year: int = 0) -> int:
    """The next number of a series of the platform in force, from 1; its row stays locked until the commit."""
    number = db.session.connection().scalar(_TAKE, {"platform_id": platform_id(), "series": series, "year": year})
    assert isinstance(number, int)
    return number
