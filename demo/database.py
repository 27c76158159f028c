"""What a database holds: nothing, the demonstration, or somebody's real data, which it never touches."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import create_engine, inspect, select

from mobility.db import db, platform_scope
from mobility.models import Platform, Setting
from mobility.periods import paris_day

MARK = "demo.built_at"


class Holds(StrEnum):
    """What stands in a database."""

    NO_TABLE = "no table"
    NOBODY = "our tables, empty"
    THE_DEMO = "the demonstration"
    SOMETHING_ELSE = "something else"


def what_it_holds(url: str) -> Holds:
    """Look before anything is written; inside an application context on that database."""
    engine = create_engine(url)
    try:
        tables = set(inspect(engine).get_table_names())
    finally:
        engine.dispose()
    if not tables:
        return Holds.NO_TABLE
    if not {"platform", "setting", "alembic_version"} <= tables:
        return Holds.SOMETHING_ELSE
    return _who_is_there()


def _who_is_there() -> Holds:
    platforms = list(db.session.scalars(select(Platform.id)))
    marked = [id_ for id_ in platforms if _is_marked(id_)]
    db.session.close()
    if not platforms:
        return Holds.NOBODY
    return Holds.THE_DEMO if marked == platforms else Holds.SOMETHING_ELSE


def _is_marked(platform_id: int) -> bool:
    with platform_scope(platform_id):
        return db.session.scalar(select(Setting.id).filter(Setting.key == MARK)) is not None


def sign(now: datetime) -> None:
    """Mark the platform in force as the demonstration's."""
    db.session.add(Setting(key=MARK, from_on=paris_day(now), value=now.isoformat()))
    db.session.flush()
