"""Everybody who may knock at a route: visitors, each role here and on another platform, shut accounts, dead sessions and tokens."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from mobility.db import db
from mobility.models import Account, AccountSession, ApiToken, Beneficiary, Grant
from mobility.rights import Role
from tests.browsing import forgery_token
from tests.house import House, make_house, sign_in

SAFE = {"GET", "HEAD", "OPTIONS"}
MARK = "Zibeline-Marquée"  # the person's name in the house under test: no refusal may hold it


@dataclass(frozen=True, kw_only=True)
class Route:
    """One method of one address, with values for its variables."""

    endpoint: str
    method: str
    path: str

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def is_of_a_platform(self) -> bool:
        return "/p/" in self.path


def list_routes(house: House) -> list[Route]:
    """Every route of the application, aimed at this house's own rows; accounts are tried on one that nobody else uses."""
    spare = _spare_account(house)
    rules = sorted(house.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return [
        Route(endpoint=rule.endpoint, method=method, path=_aimed(rule, house, spare))
        for rule in rules
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def _aimed(rule: Rule, house: House, account_id: int) -> str:
    known = {
        "slug": house.slug,
        "beneficiary_id": house.beneficiary_id,
        "site_id": house.site_id,
        "structure_id": house.structure_id,
        "account_id": account_id,
    }
    numeric = {name for name, converter in rule._converters.items() if isinstance(converter, IntegerConverter)}
    values = {name: known.get(name, 1 if name in numeric else "x") for name in rule.arguments}
    built = rule.build(values)
    assert built is not None, rule
    return built[1]


@dataclass(kw_only=True)
class Actor:
    """Somebody with a browser and, where they have one, a token."""

    name: str
    house: House
    client: FlaskClient
    account_id: int | None = None
    bearer: dict[str, str] | None = None
    role: Role | None = None
    is_outside: bool = False  # of another platform

    @property
    def is_nobody(self) -> bool:
        """Whether the door treats them as a visitor."""
        return self.role is None

    def ask(self, route: Route) -> TestResponse:
        """Send an empty request down the route."""
        if route.is_api:
            more: dict[str, Any] = {} if route.method in SAFE else {"json": {}}
            return self.client.open(route.path, method=route.method, headers=self.bearer, **more)
        if route.method in SAFE:
            return self.client.open(route.path, method=route.method)
        if self.role is not None and self.account_id is not None:  # the last act may have been to leave
            sign_in(self.house.app, self.client, self.account_id, at=self.house.clock())
        return self.client.open(route.path, method=route.method, data={"csrf_token": forgery_token(self.client)})


def make_actors(house: House) -> list[Actor]:
    """Everybody, in the house and around it; the house's person gets a marked name."""
    other = make_house(house.app, house.clock, "voisine")
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.first_name, person.last_name = MARK, MARK
    inside = [_of(house, role, f"{role} of the platform") for role in Role]
    outside = [_of(other, role, f"{role} of another platform", is_outside=True) for role in Role if role != Role.NETWORK]
    return [Actor(name="visitor", house=house, client=house.client(None)), *_dead(house), *inside, *outside]


def _of(house: House, role: Role, name: str, *, is_outside: bool = False) -> Actor:
    client, bearer = house.client(role), house.bearer(role)
    return Actor(name=name, house=house, client=client, account_id=house.accounts[role], bearer=bearer, role=role, is_outside=is_outside)


def _dead(house: House) -> list[Actor]:
    """Accounts that held every role: one shut, one whose session and token have expired, one whose were ended."""
    past = house.clock() - timedelta(seconds=1)
    made = []
    for name, model_values in {
        "disabled account": {Account: {"disabled_at": past}},
        "expired session and token": {AccountSession: {"expires_at": past}, ApiToken: {"expires_at": past}},
        "ended session and token": {AccountSession: {"ended_at": past}, ApiToken: {"ended_at": past}},
    }.items():
        account_id = _with_every_role(house, name)
        client = house.app.test_client()
        sign_in(house.app, client, account_id, at=house.clock())
        house.accounts[Role.MANAGER], kept = account_id, house.accounts[Role.MANAGER]
        bearer = house.bearer(Role.MANAGER)
        house.accounts[Role.MANAGER] = kept
        with house.writing():
            for model, values in model_values.items():
                mine = model.id == account_id if model is Account else model.account_id == account_id  # type: ignore[attr-defined]
                db.session.execute(update(model).filter(mine).values(**values))
        made.append(Actor(name=name, house=house, client=client, account_id=account_id, bearer=bearer))
    return made


def _with_every_role(house: House, name: str) -> int:
    with house.writing():
        account = Account(name=name, email=f"{name.replace(' ', '.')}@example.org", created_at=house.clock())
        db.session.add(account)
        db.session.flush()
        for role in Role:
            of_a_platform = role != Role.NETWORK
            db.session.add(
                Grant(
                    account_id=account.id,
                    platform_id=house.platform_id if of_a_platform else None,
                    role=role,
                    structure_id=house.structure_id if role == Role.PRESCRIBER else None,
                    beneficiary_id=house.beneficiary_id if role == Role.BENEFICIARY else None,
                )
            )
        return account.id


def _spare_account(house: House) -> int:
    with house.writing():
        account = Account(name="Spare", email="spare@example.org", created_at=house.clock())
        db.session.add(account)
        db.session.flush()
        db.session.add(Grant(account_id=account.id, platform_id=house.platform_id, role=Role.MECHANIC))
        return account.id
