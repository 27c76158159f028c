"""The private address of a calendar: made and shown once, prolonged, stopped; it opens nothing once its maker has left."""

from datetime import datetime

from fleet.calendars import LASTS, OWN, READERS, SITE, check_reader
from fleet.models import Vehicle
from fleet.queries.calendars import PURPOSES, Kept, get_calendar, list_calendars
from mobility import audit
from mobility.actions.links import LinkGone, get_link, make_link
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Account, Link, Site
from mobility.queries.accounts import list_grants_here
from mobility.rights import Role, Viewer


def make_calendar(*, what: str, site_id: int | None = None, vehicle_id: int | None = None, by: Viewer, now: datetime) -> tuple[Kept, str]:
    """A calendar of one's own, with its token, shown this once; the former address of the same calendar stops. Raises RuleBroken."""
    check_reader(what, by.roles)
    subject_id = _subject(what, site_id, vehicle_id)
    for former in list_calendars(by.account_id, now=now):
        if (former.what, former.site_id or former.vehicle_id) == (what, subject_id):
            stop_calendar(former.id, by=by, now=now)
    token = make_link(purpose=PURPOSES[what], lasts=LASTS, account_id=by.account_id, subject_id=subject_id, by=by, now=now)
    return list_calendars(by.account_id, now=now)[-1], token


def renew_calendar(link_id: int, *, by: Viewer, now: datetime) -> Kept:
    """The same address for another year from today. Raises NotFound, the same for a colleague's."""
    link = _own(link_id, by, now)
    link.expires_at = now + LASTS
    audit.record("renew link", link, by=by, now=now)
    return get_calendar(link_id, by.account_id, now=now)


def stop_calendar(link_id: int, *, by: Viewer, now: datetime) -> None:
    """The address answers nobody any more. Raises NotFound."""
    link = _own(link_id, by, now)
    link.used_at = now
    audit.record("end link", link, by=by, now=now)


def open_calendar(what: str, token: str, *, now: datetime) -> Link:
    """The calendar of an address. Raises LinkGone, the same for unknown, stopped, and of somebody who may not read it any more."""
    if what not in PURPOSES:
        raise LinkGone
    link = get_link(token, purpose=PURPOSES[what], now=now)
    account = db.session.get(Account, link.account_id)
    if account is None or account.disabled_at is not None or not READERS[what] & _roles(account):
        raise LinkGone
    return link


def _subject(what: str, site_id: int | None, vehicle_id: int | None) -> int | None:
    """The pole's or the vehicle's id; what a calendar is not about is left aside, as a form leaves it."""
    if what == OWN:
        return None
    if what == SITE:
        if site_id is None or db.session.get(Site, site_id) is None:
            raise RuleBroken("Choisissez le pôle.", field="site_id")
        return site_id
    if vehicle_id is None or db.session.get(Vehicle, vehicle_id) is None:
        raise RuleBroken("Choisissez le véhicule.", field="vehicle_id")
    return vehicle_id


def _own(link_id: int, by: Viewer, now: datetime) -> Link:
    return db.session.get_one(Link, get_calendar(link_id, by.account_id, now=now).id)


def _roles(account: Account) -> set[Role]:
    return {Role(grant.role) for grant in list_grants_here(account.id) if grant.offered_at is None}
