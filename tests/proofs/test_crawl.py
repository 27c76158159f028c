"""Nobody of one platform sees a person of another: every text of platform A is marked, everything is read as B, and no mark is found."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pytest
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.orm import Session

from fleet.actions.calendars import make_calendar
from fleet.calendars import OWN, SITE, VEHICLE
from fleet.models import Vehicle
from mobility.db import db, scope
from mobility.db.guards import platform_tables
from mobility.models import Account, Message, Outbox
from mobility.posting import drain_outbox
from mobility.rights import Role
from mobility.web.edge import PointEtape
from tests.crawler import Crawl, crawl, files
from tests.databases import TestDatabase
from tests.house import FakeClock, House, make_house
from tests.lived import two_demos
from tests.logs import logged
from tests.marks import MARK, marks, plant
from tests.money import give_keys
from tests.rental import RentalDesk

EVERYBODY: list[Role | None] = [None, *Role]
SOME = [Role.MANAGER]  # whoever sees most; the proof walks as everybody


def two_houses(database: TestDatabase, clock: FakeClock) -> tuple[House, House]:
    """A and B, each with a car on the road."""
    made = make_house(database.app, clock, "chez-a"), make_house(database.app, clock, "chez-b")
    for house in made:
        give_keys(house)
        RentalDesk(house).out()
    return made


@contextmanager
def without_criteria() -> Iterator[None]:
    """Queries read the rows of every platform."""
    event.remove(Session, "do_orm_execute", scope._scope_reads)
    try:
        yield
    finally:
        event.listen(Session, "do_orm_execute", scope._scope_reads)


@contextmanager
def without_row_security(url: str) -> Iterator[None]:
    """PostgreSQL shows every row to everybody, in this database only."""
    _row_security(url, "DISABLE")
    try:
        yield
    finally:
        _row_security(url, "ENABLE")


def _row_security(url: str, what: str) -> None:
    engine = create_engine(url)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for table in platform_tables():
                connection.execute(text(f'ALTER TABLE "{table}" {what} ROW LEVEL SECURITY'))
    engine.dispose()


def mark_accounts(house: House) -> None:
    """The names of its accounts, which stand in a global table, and what its outbox met."""
    with house.writing():
        for account in db.session.scalars(
            select(Account).filter(Account.id.in_([i for r, i in house.accounts.items() if r != Role.NETWORK]))
        ):
            account.name = f"MARQUE998 {account.id}"
        for waiting in db.session.scalars(select(Outbox).filter(Outbox.platform_id == house.platform_id)):
            waiting.last_error = "MARQUE999"


def calendars(house: House) -> Iterator[str]:
    """The addresses of its own calendars, each read without a password."""
    with house.writing():
        vehicle_id = db.session.scalars(select(Vehicle.id).order_by(Vehicle.id)).first()
        for subject in ({"what": OWN}, {"what": SITE, "site_id": house.site_id}, {"what": VEHICLE, "vehicle_id": vehicle_id}):
            kept, token = make_calendar(**subject, by=house.viewer(Role.MANAGER), now=house.clock())
            yield house.page(f"calendar/{kept.what}/{token}.ics")


def mails_to(house: House, database: TestDatabase) -> Iterator[str]:
    """What this platform's mails and messages say, those still waiting too."""
    drain_outbox(database.app)
    with house.reading():
        own = {message.recipient for message in db.session.scalars(select(Message))}
    yield from (repr(sent) for sent in [*database.outside.mailer.sent, *database.outside.sms.sent] if sent.to in own)


@pytest.mark.parametrize(
    ("make", "roles", "most", "ids"),
    [(two_houses, SOME, 10, 1), pytest.param(two_demos, EVERYBODY, 1000, 5, marks=pytest.mark.proof)],
    ids=["houses", "demos"],
)
def test_no_mark_of_one_platform_is_found_by_another(
    database: TestDatabase,
    app: PointEtape,
    clock: FakeClock,
    make: Callable[..., tuple[House, House]],
    roles: list[Role | None],
    most: int,
    ids: int,
) -> None:
    a, b = make(database, clock)
    planted = plant(database.owner_url, a.platform_id)
    mark_accounts(a)
    with logged() as lines:
        done = crawl(b, a, database.owner_url, roles=roles, most=most, ids=ids, more=[*files(b, a), *calendars(b)])
    for number, said in enumerate(mails_to(b, database)):
        done.look(f"mail {number}", said)
    tell("crawl", database, done, planted)
    assert done.pages > 300
    assert not done.broken
    assert not named(done)
    assert not [line for line in lines if MARK.search(line)]
    assert max(done.statuses) < 500


@pytest.mark.parametrize("off", ["all", pytest.param("criteria", marks=pytest.mark.proof)])
def test_the_crawl_finds_marks_once_the_guards_are_off(database: TestDatabase, app: PointEtape, clock: FakeClock, off: str) -> None:
    """Both guards off on either engine; with the criteria alone off, PostgreSQL's own guard still holds."""
    a, b = two_houses(database, clock)
    planted = plant(database.owner_url, a.platform_id)
    security: AbstractContextManager[None] = without_row_security(database.owner_url) if off == "all" else nullcontext()
    with without_criteria(), security:
        done = crawl(b, a, database.owner_url, roles=[Role.MANAGER], most=5, ids=1)
    tell(f"crawl without {off}", database, done, planted)
    holds = off == "criteria" and database.owner_url.startswith("postgresql")
    assert (len(done.found) == 0) if holds else (len(done.found) > 20)


def tell(what: str, database: TestDatabase, done: Crawl, planted: int) -> None:
    engine = database.owner_url.partition(":")[0].partition("+")[0]
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(done.statuses.items()))
    print(
        f"{what} on {engine}: {done.pages} answers ({statuses}), {done.characters / 1e6:.1f} million characters read, "
        f"{len(marks())} columns, {planted} values marked, {len(done.found)} marks found"
    )


def named(done: Crawl) -> dict[str, str]:
    """The columns found, and where."""
    return {f"{mark} {marks().get(mark, 'account')}": where for mark, where in done.found.items()}
