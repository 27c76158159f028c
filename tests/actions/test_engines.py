"""What an engine is told on connecting."""

from pathlib import Path

from sqlalchemy import create_engine, text

from mobility.db.engine import engine_options, prepare
from tests.house import House

FULL = 2


def test_on_sqlite_what_is_acknowledged_is_on_the_disk(house: House, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    engine = create_engine(url, **engine_options(url))
    prepare(engine)
    with house.app.app_context(), engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == FULL, "a commit waits for the disk"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()
