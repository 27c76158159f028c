"""The house under test: a clock that stands still, ports that record, and one platform with an account for each role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from billing.local_gateway import LocalGateways, Store
from fleet.availability import INSURANCE, OFFERS_UNKNOWN
from mobility import numbers
from mobility.crypto import hash_token, new_token
from mobility.db import db, enter, platform_scope, transaction
from mobility.models import Account, AccountSession, ApiToken, Beneficiary, Grant, Platform, Setting, Site, Structure
from mobility.rights import Role, Viewer
from mobility.settings import Settings
from mobility.web.edge import PointEtape
from mobility.web.viewer import viewer_of


class FakeClock:
    """A clock that stands still until told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at

    def forward(self, **span: float) -> datetime:
        """Go forward, e.g. `forward(days=7)`."""
        self.at += timedelta(**span)
        return self.at


class RecordingMailer:
    """A mail port that keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, message: Any) -> None:
        self.sent.append(message)


class Outside:
    """The outside worlds as the tests see them."""

    def __init__(self, clock: FakeClock) -> None:
        self.mailer, self.sms = RecordingMailer(), RecordingMailer()
        self.card_store = Store()
        self.cards = LocalGateways(
            self.card_store,
            base_url="http://localhost",
            webhook_url=lambda slug: f"http://localhost/p/{slug}/webhooks/card",
            clock=clock,
            post=lambda url, raw, headers: 503,  # tests deliver by hand, when and as often as they like
        )

    def ports(self) -> dict[str, Any]:
        return {"mailer": self.mailer, "sms": self.sms, "card_gateway": self.cards}

    def forget(self) -> None:
        self.mailer.sent.clear()
        self.sms.sent.clear()
        with self.card_store.transaction() as store:
            for table in ("delivery", "answer", "move", "payout", "dispute", "checkout", "setup", "hold", "account"):
                store.execute(f"DELETE FROM {table}")


def make_settings(url: str, folder: Path, **more: Any) -> Settings:
    """Settings of a test installation."""
    plain: dict[str, Any] = {
        "database_url": url,
        "data_dir": folder,
        "secret_key": "a-key-for-tests-only-0123456789abcdef",
        "encryption_keys": ("X5P1xTqB8rQ0gM5o2mQm8iVnq1h0cW2f5b8n9v3s7tE=",),
    }
    return Settings(**(plain | more))


@dataclass
class House:
    """One platform with a site, a structure, a person, and an account a role."""

    app: PointEtape
    clock: FakeClock
    platform_id: int
    slug: str
    site_id: int
    structure_id: int
    beneficiary_id: int
    accounts: dict[Role, int] = field(default_factory=dict)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Inside the platform's scope, reading."""
        with self.app.app_context(), platform_scope(self.platform_id):
            yield
            db.session.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Inside the platform's scope and one transaction."""
        with self.app.app_context(), platform_scope(self.platform_id), transaction():
            yield

    def viewer(self, role: Role) -> Viewer:
        """The viewer that holds one role here; inside `reading` or `writing`."""
        return viewer_of(self.accounts[role], role.value, self.platform_id, only=role)

    def client(self, role: Role | None, *, second_factor: bool = True) -> FlaskClient:
        """A browser signed in as the role's account (None: a visitor), by a session row and its cookie."""
        client = self.app.test_client()
        if role is not None:
            sign_in(self.app, client, self.accounts[role], at=self.clock(), second_factor=second_factor)
        return client

    def token(self, role: Role) -> str:
        """A bearer token for the API."""
        token = new_token()
        with self.writing():
            db.session.add(
                ApiToken(
                    token_hash=hash_token(token),
                    account_id=self.accounts[role],
                    role=role,
                    label="tests",
                    created_at=self.clock(),
                    expires_at=self.clock() + timedelta(days=365),
                )
            )
        return token

    def bearer(self, role: Role) -> dict[str, str]:
        """Headers of an API request."""
        return {"Authorization": f"Bearer {self.token(role)}"}

    def page(self, path: str) -> str:
        """An address of this platform's pages."""
        return f"/p/{self.slug}/{path.lstrip('/')}"

    def api(self, path: str) -> str:
        """An address of this platform's API."""
        return f"/api/v1/p/{self.slug}/{path.lstrip('/')}"


def sign_in(app: PointEtape, client: FlaskClient, account_id: int, *, at: datetime, second_factor: bool = True) -> None:
    """Give a browser a live session of an account."""
    token = new_token()
    with app.app_context(), transaction():
        db.session.add(
            AccountSession(
                token_hash=hash_token(token),
                account_id=account_id,
                created_at=at,
                expires_at=at + timedelta(days=400),
                second_factor_at=at if second_factor else None,
            )
        )
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True


def make_house(app: PointEtape, clock: FakeClock, slug: str = "essai") -> House:
    """A platform with one of each: site, structure, person, and an account per role."""
    with app.app_context(), transaction():
        platform = Platform(slug=slug, name=f"Plateforme {slug}", created_at=clock())
        db.session.add(platform)
        db.session.flush()
        enter(platform.id)
        site = Site(name="Pôle central", postcode="13600", commune="La Ciotat", lat=43.1748, lon=5.6045)
        structure = Structure(code="S01", name="Maison de l’emploi d’essai", kind="service emploi", email=f"s01.{slug}@example.org")
        person = make_beneficiary(clock, number=f"P-{numbers.take('beneficiary'):05d}")
        db.session.add_all([site, structure, person, *_what_contracts_need()])
        db.session.flush()
        made = House(
            app=app,
            clock=clock,
            platform_id=platform.id,
            slug=slug,
            site_id=site.id,
            structure_id=structure.id,
            beneficiary_id=person.id,
        )
        for role in Role:
            made.accounts[role] = _make_account(made, role)
        return made


def _what_contracts_need() -> list[Setting]:
    said = {"fleet.breakdown_phone": "08 00 00 00 99", "fleet.insurer": "Assurances d’essai", "fleet.excess_cents": 45_000}
    said |= {OFFERS_UNKNOWN[INSURANCE]: True}  # most tests say nothing of a vehicle's papers
    return [Setting(key=key, from_on=date(2007, 1, 1), value=value) for key, value in said.items()]


def _make_account(house: House, role: Role) -> int:
    account = Account(email=f"{role}.{house.slug}@example.org", name=f"{role} {house.slug}", created_at=house.clock())
    db.session.add(account)
    db.session.flush()
    db.session.add(
        Grant(
            account_id=account.id,
            platform_id=None if role == Role.NETWORK else house.platform_id,
            role=role,
            structure_id=house.structure_id if role == Role.PRESCRIBER else None,
            beneficiary_id=house.beneficiary_id if role == Role.BENEFICIARY else None,
        )
    )
    db.session.flush()
    return account.id


def make_beneficiary(clock: FakeClock, **more: Any) -> Beneficiary:
    """An invented person, not yet added."""
    plain: dict[str, Any] = {
        "number": "P-00001",
        "first_name": "Camille",
        "last_name": "Essai",
        "birth_on": datetime(1990, 5, 17, tzinfo=clock().tzinfo).date(),
        "sex": "F",
        "phone": "+33600000001",
        "email": "camille.essai@example.org",
        "contact_by": "phone",
        "postcode": "13400",
        "commune": "Aubagne",
        "search_key": "camille essai",
        "identity_key": "essai|camille|1990-05-17",
        "created_at": clock(),
        "last_contact_at": clock(),
    }
    return Beneficiary(**(plain | more))
