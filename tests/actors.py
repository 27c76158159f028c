"""Everybody who may knock at a route: visitors, shut accounts, dead sessions, each role here with its colleagues, each role elsewhere."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from mobility.db import db
from mobility.models import Account, AccountSession, ApiToken, Grant
from mobility.rights import Role
from tests.browsing import forgery_token
from tests.house import House, sign_in

SAFE = {"GET", "HEAD", "OPTIONS"}
LEAVING = {"accounts.logout"}
SPARE = "Spare"  # an account that is acted upon, and acts never


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
    """Somebody with a browser and, where they have one, a token; a beneficiary is a person's, a prescriber a structure's."""

    name: str
    house: House
    client: FlaskClient
    account_id: int | None = None
    bearer: dict[str, str] | None = None
    role: Role | None = None
    person_id: int | None = None
    structure_id: int | None = None
    is_outside: bool = False  # of another platform

    @property
    def is_nobody(self) -> bool:
        """Whether the door treats them as a visitor."""
        return self.role is None

    def ask(self, route: Route, sent: dict[str, Any] | None = None) -> TestResponse:
        """Go down the route; an act is sent empty, or filled with what is `sent` under a key of its own."""
        if route.method in SAFE:
            return self.client.open(route.path, method=route.method, headers=self.bearer if route.is_api else None)
        if route.is_api:
            headers = {**(self.bearer or {}), **({"Idempotency-Key": "walk"} if sent else {})}
            return self.client.open(route.path, method=route.method, headers=headers, json=sent or {})
        filled = {**(sent or {}), **({"once": "walk"} if sent else {}), "csrf_token": forgery_token(self.client)}
        return self.client.open(route.path, method=route.method, data=filled)

    def come_back(self) -> None:
        """Sign in again."""
        if self.role is not None and self.account_id is not None:
            sign_in(self.house.app, self.client, self.account_id, at=self.house.clock())


@dataclass(kw_only=True)
class Crew:
    """Everybody: those whom the door takes for visitors, those of the platform by role, one a role of another."""

    nobodies: list[Actor]
    inside: dict[Role, list[Actor]] = field(default_factory=dict)
    outside: list[Actor]

    def __len__(self) -> int:
        return len(self.nobodies) + len(self.outside) + sum(map(len, self.inside.values()))


def gather_crew(house: House, other: House) -> Crew:
    """Every account of the platform with a live role, and a colleague beside the adviser and beside each referent."""
    with house.writing():
        _add_colleagues(house)
    inside: dict[Role, list[Actor]] = {role: [] for role in Role}
    for grant in _grants(house):
        inside[Role(grant.role)].append(_of(house, grant))
    outside = {grant.role: grant for grant in _grants(other) if grant.role != Role.NETWORK}
    return Crew(
        nobodies=[Actor(name="visitor", house=house, client=house.client(None)), *_dead(house)],
        inside=inside,
        outside=[replace(_of(other, grant), is_outside=True) for grant in outside.values()],
    )


def _add_colleagues(house: House) -> None:
    wanted = [
        (Role.ADVISER, None),
        *((Role.PRESCRIBER, grant.structure_id) for grant in _grants_here(house) if grant.role == Role.PRESCRIBER),
    ]
    for number, (role, structure_id) in enumerate(wanted):
        account = Account(name=f"colleague {number}", email=f"colleague.{number}@example.org", created_at=house.clock())
        db.session.add(account)
        db.session.flush()
        db.session.add(Grant(account_id=account.id, platform_id=house.platform_id, role=role, structure_id=structure_id))


def _grants(house: House) -> list[Grant]:
    with house.reading():
        return _grants_here(house)


def _grants_here(house: House) -> list[Grant]:
    """The live grants of accounts that somebody uses, the oldest first."""
    here = (Grant.platform_id == house.platform_id) | Grant.platform_id.is_(None)
    live = select(Grant).join(Account, Account.id == Grant.account_id).filter(here, Grant.ended_at.is_(None), Account.name != SPARE)
    return list(db.session.scalars(live.order_by(Grant.id)))


def _of(house: House, grant: Grant) -> Actor:
    role = Role(grant.role)
    theirs = replace(house, accounts={role: grant.account_id})
    return Actor(
        name=f"{role} {grant.account_id} of {house.slug}",
        house=house,
        client=theirs.client(role),
        account_id=grant.account_id,
        bearer=theirs.bearer(role),
        role=role,
        person_id=grant.beneficiary_id,
        structure_id=grant.structure_id,
    )


def _dead(house: House) -> list[Actor]:
    """Accounts that held every role: one shut, one whose session and token have expired, one whose were ended."""
    past = house.clock() - timedelta(seconds=1)
    made = []
    ends: dict[str, dict[type[Any], dict[str, Any]]] = {
        "disabled account": {Account: {"disabled_at": past}},
        "expired session and token": {AccountSession: {"expires_at": past}, ApiToken: {"expires_at": past}},
        "ended session and token": {AccountSession: {"ended_at": past}, ApiToken: {"ended_at": past}},
    }
    for name, model_values in ends.items():
        account_id = _with_every_role(house, name)
        theirs = replace(house, accounts={Role.MANAGER: account_id})
        client, bearer = theirs.client(Role.MANAGER), theirs.bearer(Role.MANAGER)
        with house.writing():
            for model, values in model_values.items():
                mine = model.id == account_id if model is Account else model.account_id == account_id
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
        account = Account(name=SPARE, email="spare@example.org", created_at=house.clock())
        db.session.add(account)
        db.session.flush()
        db.session.add(Grant(account_id=account.id, platform_id=house.platform_id, role=Role.MECHANIC))
        return account.id
