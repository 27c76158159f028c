"""Whether a line goes from somebody's home to their work at their hours, by the platform's timetable."""

from datetime import date, timedelta

from flask import current_app

from fleet.patterns import say_days, say_time
from fleet.queries.standing import KnownJob
from fleet.ways import Line, Work
from mobility.db import db
from mobility.geo.places import Place
from mobility.geo.timetables import Timetable, point
from mobility.models import Beneficiary, Job
from mobility.queries.timetables import find_timetable

WEEK = 7


def find_line(person: Beneficiary, job: KnownJob | None, work: Work, on: date) -> Line | None:
    """What the timetable says of the week that begins on a day; None without a timetable, a home on the map or a place of work."""
    if job is None or person.lat is None or person.lon is None or (timetable := find_timetable()) is None:
        return None
    place = _place_of(job)
    return _ask(timetable, point(person.lat, person.lon), place, job.weekdays, work, on) if place else None


def _place_of(job: KnownJob) -> Place | None:
    typed = db.session.get_one(Job, job.id).place
    found = current_app.extensions["geocoder"].find(typed, limit=1).places if typed else ()
    return found[0] if found else None


def _ask(timetable: Timetable, home: Place, place: Place, weekdays: int, work: Work, on: date) -> Line | None:
    """Every day worked of that week."""
    days = [day for day in (on + timedelta(days=step) for step in range(WEEK)) if weekdays >> day.weekday() & 1]
    known = [day for day in days if timetable.runs_on(day)]
    if not known:
        return None
    rides = {day: timetable.round_trip(home, place, on=day, begins=work.begins, ends=work.ends) for day in known}
    ride = next((ride for ride in rides.values() if ride), None)
    without = sorted(day.weekday() for day in days if not rides.get(day))
    if ride is None:
        return Line(runs=False, sentence="Aucun trajet direct n’arrive avant la prise de poste et ne repart après.")
    there, back = ride.there, ride.back
    said = f"Ligne {there.line} : {say_time(there.leaves)} à {there.from_stop}, {say_time(there.arrives)} à {there.to_stop}"
    said += f" ; retour à {say_time(back.leaves)}."
    return Line(runs=not without, sentence=f"{said} Rien {say_days(without)}." if without else said)
