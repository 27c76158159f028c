"""The demonstration, built through its actions and served on a free port of this machine, with a third platform where nobody came yet."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import or_, select
from waitress.server import create_server

from demo.accounts import WayIn, renew_ways_in
from demo.build import build
from demo.platforms import VALBRUME
from mobility.actions.accounts import open_account
from mobility.actions.platforms import open_platform
from mobility.clock import now
from mobility.db import db, platform_scope, transaction
from mobility.keys import with_keys
from mobility.models import Account
from mobility.rights import ROLE_NAMES, Role, house
from mobility.settings import Settings
from mobility.web.edge import PointEtape
from tests.house import sign_in
from wsgi import create_app

HOST = "127.0.0.1"
EMPTY = "neuve"  # the platform where nobody came yet
TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # 10:30 in Paris: the demonstration is the same at whatever hour it is looked at


@dataclass(frozen=True, kw_only=True)
class Who:
    """Somebody who opens pages: a visitor, a role of Valbrume, or the manager of the platform that is still empty."""

    name: str
    start: str
    login: str = ""
    password: str = ""

    @property
    def slug(self) -> str:
        """The platform whose pages they open first."""
        return EMPTY if self.name == "empty" else VALBRUME.slug


@dataclass(frozen=True, kw_only=True)
class Served:
    """A demonstration that answers at `url`."""

    app: PointEtape
    url: str
    people: dict[str, Who]

    def client(self, who: Who) -> FlaskClient:
        """A browser without a screen, signed in."""
        client = self.app.test_client()
        if who.login:
            with self.app.app_context():
                account_id = db.session.scalars(
                    select(Account.id).filter(or_(Account.email == who.login, Account.identifier == who.login))
                ).one()
                at = now()
                db.session.close()
            sign_in(self.app, client, account_id, at=at)
        return client


def make_demo(folder: Path) -> Served:
    """Build it in this folder, on SQLite; nobody serves it yet."""
    url = f"http://{HOST}:{_free_port()}"
    settings = Settings.from_env({"POINT_ETAPE_DEMO": "1", "POINT_ETAPE_DATA_DIR": str(folder), "POINT_ETAPE_PUBLIC_URL": url})
    app = create_app(with_keys(settings), clock=lambda: TUESDAY)
    with app.app_context():
        build(now=now())
        _open_an_empty_platform()
        people = [_who(way) for way in renew_ways_in(now=now()) if way.slug in ("", VALBRUME.slug)]
    visitor = Who(name="visitor", start="/")
    newcomer = Who(name="empty", start=f"/p/{EMPTY}/", login=_NEWCOMER)
    return Served(app=app, url=url, people={who.name: who for who in (visitor, *people, newcomer)})


@contextmanager
def serve(made: Served) -> Iterator[Served]:
    """Serve it until the end of the block."""
    server = create_server(made.app, host=HOST, port=urlsplit(made.url).port, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.close()
        thread.join(timeout=5)


_NEWCOMER = "responsable.neuve@example.org"


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return tried.getsockname()[1]


def _open_an_empty_platform() -> None:
    with transaction():
        platform = open_platform(slug=EMPTY, name="Mobilité Neuve", by=house(None), now=now())
        with platform_scope(platform.id):
            open_account(name="Aurore Tavelin", role=Role.MANAGER, email=_NEWCOMER, by=house(platform.id), now=now())


def _who(way: WayIn) -> Who:
    role = next(role for role, name in ROLE_NAMES.items() if name == way.role)
    return Who(name=role.value, start=f"/p/{way.slug}/" if way.slug else "/network", login=way.login, password=way.password)
