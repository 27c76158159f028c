"""Everything held about a person who has been there for years, as one archive: how long it takes, and what memory it asks for."""

import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert

from bench._record import record, table
from mobility.db import db
from mobility.models import Attachment, FileLook
from mobility.rights import Role
from tests.conftest import NOON
from tests.databases import SqliteDatabase
from tests.house import FakeClock, House, make_house
from tests.rental import RentalDesk

SIZES = ((4, 1_000), (40, 20_000))  # photos of 5 MB, looks at the file
PHOTO = bytes(5_000_000)


def main() -> None:
    rows = [_measure(photos, looks) for photos, looks in SIZES]
    record(
        "takeaway", "Everything held about a person", table(("photos of 5 MB", "rows", "archive, MB", "seconds", "peak memory, MB"), *rows)
    )


def _measure(photos: int, looks: int) -> tuple[object, ...]:
    with TemporaryDirectory() as folder:
        database = SqliteDatabase(Path(folder), FakeClock(NOON))
        house = make_house(database.app, database.clock)
        RentalDesk(house).out()
        _fill(house, photos, looks)
        client = house.client(Role.BENEFICIARY)
        begun = perf_counter()
        size = _take(house, client)
        seconds = perf_counter() - begun
        tracemalloc.start()
        _take(house, client)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        database.close()
    print(f"{photos} photos, {looks} looks: {size / 1e6:.0f} MB in {seconds:.1f} s, {peak / 1e6:.0f} MB of memory at most")
    return photos, looks, f"{size / 1e6:.0f}", f"{seconds:.1f}", f"{peak / 1e6:.0f}"


def _take(house: House, client: object) -> int:
    with client.get(house.page("me/everything.zip"), buffered=False) as answer:  # type: ignore[attr-defined]
        return sum(len(part) for part in answer.iter_encoded())


def _fill(house: House, photos: int, looks: int) -> None:
    common = {"platform_id": house.platform_id, "beneficiary_id": house.beneficiary_id}
    photo = common | {"kind": "condition", "media_type": "image/jpeg", "size": len(PHOTO), "content": PHOTO, "added_at": NOON}
    look = common | {"account_id": house.accounts[Role.ADVISER], "at": NOON, "page": "file"}
    with house.writing():
        for _ in range(photos):
            db.session.execute(insert(Attachment), [photo])
        db.session.execute(insert(FileLook), [look] * looks)


if __name__ == "__main__":
    main()
