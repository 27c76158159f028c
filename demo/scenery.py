"""The two platforms: their poles, their partner structures, the people who work there, their vehicles."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from billing.actions.tariffs import add_tier
from demo.stage import Stage
from fleet.actions.vehicles import add_vehicle
from mobility.actions.accounts import open_account, set_own_phone
from mobility.actions.settings import set_setting
from mobility.actions.sites import add_site, change_site
from mobility.actions.structures import add_structure
from mobility.periods import paris_day
from mobility.queries.sites import list_sites
from mobility.rights import Role, Viewer
from mobility.web.viewer import viewer_of

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Scenery:
    """What a platform is made of before anybody comes."""

    slug: str
    name: str
    details: dict[str, str]
    sites: tuple[dict[str, Any], ...]
    structures: tuple[dict[str, str], ...]
    staff: dict[Role, str]
    fleet: tuple[dict[str, Any], ...]
    rules: dict[str, Any]


def set_up(scenery: Scenery, platform_id: int, *, by: Viewer, now: datetime, today_at: datetime) -> Stage:
    """Lay poles, structures, accounts and vehicles; the stage stands where people can come."""
    stage = Stage(today=paris_day(today_at), now=now)
    # Whoever tries the demonstration has no phone at hand that knows our secret.
    set_setting("accounts.second_factor", False, from_on=paris_day(now), by=by, now=now)
    for key, value in scenery.rules.items():
        set_setting(key, value, from_on=paris_day(now), by=by, now=now)
    _lay_sites(scenery, stage, by=by)
    for role, name in scenery.staff.items():
        email = f"{role}@{scenery.slug}.example.org"
        account, _ = open_account(name=name, role=role, email=email, by=by, now=now)
        stage.staff[role] = viewer_of(account.id, name, platform_id)
        if role == Role.ADVISER:  # a number of the range kept for fiction
            set_own_phone(account.id, phone=f"+33639980{platform_id:03d}", by=by, now=now)
    for given in scenery.structures:
        stage.prescribers.append(_lay_structure(given, scenery, platform_id, by=stage.staff[Role.MANAGER], now=now))
    for number, given in enumerate(scenery.fleet):
        _lay_vehicle(given, number, stage, by=stage.staff[Role.MECHANIC], now=now)
    manager, since = stage.staff[Role.MANAGER], paris_day(now)
    add_tier(label="Jeunes en CEJ ou PACEA", from_on=since, share_numerator=1, share_denominator=2, by=manager, now=now)
    return stage


def _lay_sites(scenery: Scenery, stage: Stage, *, by: Viewer) -> None:
    """The pole that came with the platform takes the first one's name; the others join it."""
    for given in scenery.sites:
        told = {name: given[name] for name in ("name", "address", "postcode", "commune")}
        told |= {"point": (given["lat"], given["lon"]), "by": by, "now": stage.now}
        site = add_site(**told) if stage.sites else change_site(list_sites()[0].id, **told)
        stage.sites[site.name] = site.id


def _lay_structure(given: dict[str, str], scenery: Scenery, platform_id: int, *, by: Viewer, now: datetime) -> Viewer:
    """A partner structure, with its referent's own account."""
    referent, email = given["referent"], f"{given['mailbox']}@{scenery.slug}.example.org"
    structure = add_structure(name=given["name"], kind=given["kind"], commune=given["commune"], email=email, by=by, now=now)
    account, _ = open_account(name=referent, role=Role.PRESCRIBER, email=email, structure_id=structure.id, by=by, now=now)
    return viewer_of(account.id, referent, platform_id)


def _lay_vehicle(given: dict[str, Any], number: int, stage: Stage, *, by: Viewer, now: datetime) -> None:
    today = stage.today
    motor = given["kind"] in {"moped", "scooter", "car"}
    more = dict(given) | {"site_id": stage.sites[given["site"]]}
    del more["site"]
    if motor:
        # Two that nobody rides have a date coming near: the desk has something to say.
        more |= {
            "inspection_until": today + (timedelta(days=12) if number == 7 else YEAR + timedelta(days=31 * number)),
            "insured_until": today + (timedelta(days=9) if number == 8 else timedelta(days=190 + 23 * number)),
            "insurer": "Mutuelle des Trois Sentes",
            "policy": f"MTS-{40100 + number}",
        }
    vehicle = add_vehicle(in_service_on=paris_day(now), by=by, now=now, **more)
    stage.vehicles.setdefault(vehicle.kind, []).append(vehicle.id)
