"""Accompanied trips are planned: one day, or the same day of several weeks; seats and passengers as at any workshop."""

from datetime import date, datetime, timedelta

from mobility import audit
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.group_trips import MOST_WEEKS, TRIP, Stop, as_data, minutes_of, read_stops
from mobility.models import GroupWorkshop
from mobility.periods import instant_of
from mobility.rights import Viewer
from mobility.workshops import PUBLICS


def plan_trips(
    *, title: str, on: date, weeks: int, stops: str, place: str, places: int, open_to: str, by: Viewer, now: datetime
) -> list[GroupWorkshop]:
    """Put a trip in the calendar, on a day and the same day of the weeks after: `place` says the vehicle and who drives, by their role.

    Raises RuleBroken beside its field, with the line of a stop that cannot be read.
    """
    read = read_stops(stops)
    if open_to not in PUBLICS:
        raise RuleBroken("Choisissez un public de la liste.", field="open_to")
    if not 1 <= weeks <= MOST_WEEKS:
        raise RuleBroken(f"De 1 à {MOST_WEEKS} semaines.", field="weeks")
    if instant_of(on, read[0].at) < now:
        raise RuleBroken("Ce départ est dans le passé.", field="on")
    return [_plan(title, on + timedelta(weeks=week), read, place, places, open_to, by=by, now=now) for week in range(weeks)]


def _plan(
    title: str, on: date, stops: tuple[Stop, ...], place: str, places: int, open_to: str, *, by: Viewer, now: datetime
) -> GroupWorkshop:
    """One day's trip: it begins at its first stop and ends at its last."""
    told = {"title": title, "place": place, "places": places, "open_to": open_to, "minutes": minutes_of(stops), "stops": as_data(stops)}
    trip = GroupWorkshop(**told, subject=TRIP, starts_at=instant_of(on, stops[0].at), adviser_id=by.account_id)
    db.session.add(trip)
    audit.record("plan_trip", trip, by=by, now=now)
    return trip
