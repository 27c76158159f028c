"""One answer for every kind of vehicle: what could carry this person to this work, and where the free ones wait."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from assessments.orientation import DEFAULT_RULES, TRANSIT
from assessments.queries.standing import opened_to
from fleet.actions.opening import check_period
from fleet.kinds import Kind, get_kind
from fleet.licences import Driver, may_drive
from fleet.modes import CARPOOL, MODES, NOTHING, PASS, UNKNOWN, WALK, Effort, reckon
from fleet.needs import NEED, NO_NEED, Need
from fleet.queries.applicants import driver_of, find_job
from fleet.queries.free import Offer, find_bar, free_vehicles
from fleet.queries.lines import find_line
from fleet.queries.prices import month_cents
from fleet.ways import Missing, Standing, Way, Work, judge, judge_carpool, judge_transit, judge_walk, say_transit
from mobility import practice
from mobility.dated import in_force
from mobility.db import db
from mobility.geo.places import Place, RoadDistance, estimate_road_km
from mobility.geo.timetables import point
from mobility.models import Beneficiary, Site
from mobility.periods import Period, paris_day

USUAL_DAYS = 5
FROM_HOME, FROM_SITE = "du domicile", "du pôle choisi"


NOT_LENT = {WALK: judge_walk, TRANSIT: judge_transit, CARPOOL: judge_carpool}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Every way to work, the greenest first, and the work it was asked for."""

    work: Work
    ways: list[Way]

    @property
    def transit(self) -> str:
        """What to look at before a vehicle is lent."""
        return say_transit(self.work)


def ask_ways(
    person: Beneficiary,
    *,
    starts_at: datetime,
    ends_at: datetime,
    one_way_tenths: int | None,
    work_from: time,
    work_to: time,
    days_a_week: int | None = None,
    carrying: str = NOTHING,
    transit: str = UNKNOWN,
    need: Need = NO_NEED,
    new_chain: str | None = None,
    now: datetime,
) -> Answer:
    """What could carry this person to this work at these hours; without a distance or days, those of their job.

    What they rented just before counts, unless `new_chain` says why not. Raises RuleBroken.
    """
    period = check_period(starts_at, ends_at, beneficiary_id=person.id, anew=new_chain is not None, now=now)
    job = find_job(person.id, paris_day(now))
    if one_way_tenths is None and job:
        one_way_tenths = job.one_way_tenths
    days_a_week = days_a_week or (job.weekdays.bit_count() if job else 0) or USUAL_DAYS
    asked: dict[str, Any] = {"begins": work_from, "ends": work_to, "carrying": carrying, "transit": transit}
    work = Work(one_way_tenths=one_way_tenths, days_a_week=days_a_week, **asked)
    work = replace(work, line=find_line(person, job, work, paris_day(starts_at)))
    return Answer(work=work, ways=list_ways(person, work, period, need=need, now=now))


def list_ways(person: Beneficiary, work: Work, period: Period, *, need: Need = NO_NEED, now: datetime) -> list[Way]:
    """Every mode, the greenest first, with its effort. Raises RuleBroken when the day of birth is not known."""
    driver, distances = driver_of(person), distances_from_home(person)
    reach = in_force(DEFAULT_RULES, paris_day(now)).reach_km
    ways = [
        NOT_LENT[mode](work)
        if mode in NOT_LENT
        else _way(get_kind(mode), person, driver, work, period, distances, reach.get(mode), need, now)
        for mode in MODES
    ]
    return [replace(way, effort=_effort(way.mode, person, work, paris_day(period.starts_at))) for way in ways]


def _effort(mode: str, person: Beneficiary, work: Work, on: date) -> Effort | None:
    """None until the way is measured."""
    if work.one_way_tenths is None:
        return None
    fixed = practice.value_on(PASS.key, on) if mode == TRANSIT else 0 if mode in NOT_LENT else month_cents(person.id, mode, on)
    return reckon(mode, one_way_tenths=work.one_way_tenths, days_a_week=work.days_a_week, fixed_cents=fixed, on=on)


def _way(
    kind: Kind,
    person: Beneficiary,
    driver: Driver,
    work: Work,
    period: Period,
    distances: dict[int, RoadDistance],
    reach_km: int | None,
    need: Need,
    now: datetime,
) -> Way:
    offers = free_vehicles(kind.code, None, period, driver=driver, need=need, now=now)
    free = [offer for offer in offers if offer.fits]
    near = [distances[offer.vehicle.site_id] for offer in free if offer.vehicle.site_id in distances]
    return judge(
        kind,
        work,
        Standing(
            reach_km=reach_km,
            licence=_licence(kind, driver, period),
            clearance=_clearance(person, kind),
            free=len(free),
            is_lent=bool(offers) or month_cents(person.id, kind.code, paris_day(period.starts_at)) is not None,
            lacks=need.words if any([found.code for found in offer.obstacles] == [NEED] for offer in offers) else "",
            nearest=min(near, key=lambda distance: distance.km, default=None),
        ),
    )


def _licence(kind: Kind, driver: Driver, period: Period) -> Missing | None:
    days = {"first_on": paris_day(period.starts_at), "last_on": paris_day(period.ends_at)}
    answer = may_drive(driver, kind, **days, gearbox="automatic" if kind.has_gearbox else "manual")
    if answer.allowed:
        return None
    return Missing(sentence=answer.sentence, remedy="Préparez le permis ensemble : la formation, les aides, l’auto-école sociale.")


def _clearance(person: Beneficiary, kind: Kind) -> Missing | None:
    found = opened_to(person.id).get(kind.code)
    if found is None:
        return Missing(sentence="Le bilan d’entrée n’a pas encore dit si ce véhicule convient.", remedy="Faites le bilan ensemble.")
    bar = find_bar(person.id, kind.code)
    return Missing(sentence=found.reason, remedy=found.next_step) if bar else None


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """Free vehicles from the nearest on; `whence` says from where their distances count: the home, or the pole asked for."""

    offers: Sequence[Offer]
    distances: dict[int, RoadDistance]
    whence: str

    def say(self, offer: Offer) -> str | None:
        """How far a vehicle is, None where that is not known."""
        distance = self.distances.get(offer.vehicle.site_id)
        return distance.sentence if distance else None


def offers_near(
    person: Beneficiary,
    kind: str,
    site_id: int | None,
    period: Period,
    *,
    pattern: str | None = None,
    need: Need = NO_NEED,
    now: datetime,
) -> Nearby:
    """The free vehicles of a kind at a pole, or at all of them; where none fits at that pole, those of the others too, from there on."""
    driver, bar = driver_of(person), find_bar(person.id, kind)
    here = free_vehicles(kind, site_id, period, driver=driver, now=now, bar=bar, pattern=pattern, need=need)
    if site_id is None or any(offer.fits or offer.waits_for_assessment for offer in here):
        distances = distances_from_home(person)
        return Nearby(offers=nearest_first(here, distances), distances=distances, whence=FROM_HOME)
    distances = _distances_from_site(site_id)
    everywhere = free_vehicles(kind, None, period, driver=driver, now=now, bar=bar, pattern=pattern, need=need)
    return Nearby(offers=nearest_first(everywhere, distances), distances=distances, whence=FROM_SITE)


def _distances_from_site(site_id: int) -> dict[int, RoadDistance]:
    site = db.session.get(Site, site_id)
    return {} if site is None or site.lat is None or site.lon is None else _distances(point(site.lat, site.lon))


def distances_from_home(person: Beneficiary) -> dict[int, RoadDistance]:
    """From the person's home to each pole, estimated; none where a place is not known, or where both are known by one town's centre."""
    if person.lat is None or person.lon is None:
        return {}
    return _distances(point(person.lat, person.lon))


def _distances(start: Place) -> dict[int, RoadDistance]:
    sites = db.session.execute(select(Site.id, Site.lat, Site.lon))
    found = {id_: estimate_road_km(start, point(lat, lon)) for id_, lat, lon in sites if lat is not None and lon is not None}
    return {id_: distance for id_, distance in found.items() if distance.km > 0}


def nearest_first(offers: Sequence[Offer], distances: dict[int, RoadDistance]) -> list[Offer]:
    """Those that fit before those that do not, and each from the nearest pole on; a pole whose place is not known last."""
    return sorted(offers, key=lambda o: (not o.fits, distances[o.vehicle.site_id].km if o.vehicle.site_id in distances else float("inf")))
