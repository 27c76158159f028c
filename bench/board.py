"""The planning board: what its page costs beside its own statements on a bare driver, what it weighs, and five years back."""

import gzip
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, select

from bench._raw import questions, sent_by
from bench._record import record, table
from bench.requests import _copied, _median, _replay
from fleet.models import Block, Occupancy, Vehicle
from mobility.clock import now
from mobility.db import db
from mobility.rights import Role
from tests.conftest import NOON
from tests.databases import SqliteDatabase
from tests.garage import MONDAY
from tests.house import FakeClock, House, make_house

ROUNDS = 20
VEHICLES, YEARS, DAYS_EACH = (100, 200), 5, 12
ASKED = {"6 weeks": "board", "2 weeks": "board?weeks=2", "12 weeks": "board?weeks=12", "five years back": "board?first_on=2021-03-08"}


def main() -> None:
    rows: list[tuple[object, ...]] = []
    for count in VEHICLES:
        with TemporaryDirectory() as folder:
            database = SqliteDatabase(Path(folder), FakeClock(NOON))
            house = make_house(database.app, database.clock)
            stretches = _fill(house, count)
            rows += [(count, stretches, name, *_line(house, database.file, path)) for name, path in ASKED.items()]
            database.close()
    head = ("vehicles", "stretches kept", "asked", "statements", "CPU ms", "raw ms", "ratio", "gzip KiB")
    record("board", "Board", table(head, *rows))


def _line(house: House, file: Path, path: str) -> tuple[object, ...]:
    browser = house.client(Role.ADVISER)

    def ask() -> int:
        return browser.get(house.page(path)).status_code

    ask()  # templates and statements are compiled once
    weight = len(gzip.compress(browser.get(house.page(path)).data, 6)) / 1024
    sent = sent_by(house, ask)
    copy = _copied(file)
    raw, whole = _median([partial(_replay, copy, sent)] * ROUNDS), _median([ask] * ROUNDS)
    copy.close()
    return questions(sent), f"{whole:.1f}", f"{raw:.2f}", f"{whole / raw:.1f}", f"{weight:.1f}"


def _fill(house: House, count: int) -> int:
    """Vehicles kept back ten days out of twelve, from five years ago to a quarter ahead: the stretches that a board may show."""
    with house.writing():
        ours: dict[str, Any] = {"platform_id": house.platform_id}
        made = ours | {"kind": "car", "site_id": house.site_id, "in_service_on": MONDAY - timedelta(days=365 * YEARS + 30)}
        db.session.execute(insert(Vehicle), [made | {"label": f"Citadine {number:03}"} for number in range(count)])
        ids = db.session.scalars(select(Vehicle.id)).all()
        starts = [now() + timedelta(days=day) for day in range(-365 * YEARS, 90, DAYS_EACH)]
        kept = [ours | {"vehicle_id": id_} | _period(at + timedelta(days=id_ % DAYS_EACH)) for id_ in ids for at in starts]
        db.session.execute(insert(Block), [row | {"id": n, "reason": "other", "created_at": now()} for n, row in enumerate(kept, 1)])
        db.session.execute(insert(Occupancy), [row | {"block_id": n, "status": "workshop"} for n, row in enumerate(kept, 1)])
    return len(kept)


def _period(at: datetime) -> dict[str, datetime]:
    return {"starts_at": at, "ends_at": at + timedelta(days=DAYS_EACH - 2)}


if __name__ == "__main__":
    main()
