"""Calendars to subscribe to: whose, for which roles, how far they reach, and how little of a person they say (docs/adr/0012)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from mobility.errors import RuleBroken
from mobility.periods import Period
from mobility.rights import STAFF, Role

OWN, SITE, VEHICLE = "own", "site", "vehicle"
WORDS = {
    OWN: "mes rendez-vous, mes départs et mes retours",
    SITE: "un pôle : départs, retours et immobilisations",
    VEHICLE: "un véhicule : ce qui le tient",
}
# A person's initials stand in one's own calendar alone; the others name bookings.
READERS = {OWN: frozenset({Role.ADVISER, Role.MANAGER}), SITE: STAFF, VEHICLE: STAFF}

LASTS = timedelta(days=366)
BEFORE, AFTER = timedelta(days=30), timedelta(days=183)
LONGEST = timedelta(days=2 * 366)  # no booking still of interest began earlier
MEETING = timedelta(minutes=30)
LAST_WORD = timedelta(days=7)  # so long before its end a calendar says itself that it ends


def window_at(now: datetime) -> Period:
    """What a calendar shows: the past month, the coming six."""
    return Period(starts_at=now - BEFORE, ends_at=now + AFTER)


def initials(first_name: str, last_name: str) -> str:
    """What a calendar says of a person: it passes through the servers of whoever made the phone."""
    return " ".join(f"{name.strip()[0].upper()}." for name in (first_name, last_name) if name.strip())


def check_reader(what: str, roles: Collection[Role]) -> None:
    """Raises RuleBroken on `what` for a calendar that these roles do not read."""
    if not READERS[what] & set(roles):
        raise RuleBroken("Cet agenda est fait pour qui reçoit les personnes : prenez celui d’un pôle ou d’un véhicule.", field="what")
