"""From the liaison form to the booking: each story goes a step further than the one before it. `begins` is the day the vehicle starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assessments.actions import answer, finish_assessment, start_assessment
from assessments.grids import grid_on
from billing.actions.deposits import defer_deposit, receive_deposit, reduce_deposit
from billing.actions.tiers import record_tier_proof
from billing.card_holds import ON_HOLD
from billing.queries import deposit_of
from billing.terms import TRIAL
from demo.cast import Person
from demo.papers import say_seen, see_promise, send_promise
from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.bookings import book, hold
from fleet.actions.proposals import propose_next
from fleet.actions.waiting import ask
from mobility.actions.liaison import accept, meet, redirect_elsewhere, refuse, send_liaison_form
from mobility.actions.meetings import plan_meeting
from mobility.actions.people import see_document
from mobility.periods import months_after, paris_day
from mobility.rights import house

_BEHIND = {"uncashed_cheque": "Banque du Golfe", "guarantee_fund": "Fonds de garantie du Pays d’Huveaune"}


_REFERENTS = (("Aubane Lestorey", "aubane.lestorey@example.org"), ("Théodore Vaubrun", "theodore.vaubrun@example.org"))


@dataclass(kw_only=True)
class Actor:
    """Somebody of the cast while their story is told."""

    person: Person
    number: int
    kind: str = "car"
    vehicle: int = 0  # which of its kind
    weeks: int = 12
    programme: str = "daily"
    deposit: str = "uncashed_cheque"  # a kind of deposit, or "deferred"
    pattern: str | None = None  # the hours, of a vehicle shared with somebody else
    hour: int | None = None  # at which they come for the keys, where it matters
    level: int = 3  # how the entry assessment goes, 0 to 4
    form_id: int = 0
    paper_id: int = 0  # of what was sent with the form
    id: int = 0
    booking_id: int = 0
    account_id: int = 0


def waiting(stage: Stage, actor: Actor, *, days_ago: int, job: bool = True) -> Story:
    """A form that nobody has answered yet."""
    yield stage.at(-days_ago, 9, 20 + actor.number)
    who, prescriber = actor.person, stage.prescribers[actor.number % len(stage.prescribers)]
    form = send_liaison_form(
        person=who.fields(stage.today, actor.number),
        motive=who.motive,
        consent=True,
        wish=who.wish,
        licence_declared=who.licence,
        licence_on=stage.day(-400 - actor.number) if who.licence in ("AM", "B", "B78") else None,
        rsa_declared=who.rsa,
        rsa_seen=who.rsa and actor.number % 2 == 0,
        referent=_referent(actor),
        qpv_declared=who.qpv,
        situations=who.situations,
        job=_job(stage, actor, starts=12 - days_ago) if job else None,
        by=prescriber,
        now=stage.now,
    )
    actor.form_id, actor.id = form.id, form.beneficiary_id
    if actor.number % 3 == 0:
        say_seen(form.id, "home", stage, by=prescriber)
    if job and actor.number % 3 == 1:
        actor.paper_id = send_promise(form.id, stage, by=prescriber)


def invited(stage: Stage, actor: Actor, *, days_ago: int, in_days: int) -> Story:
    """A first meeting is planned."""
    yield from waiting(stage, actor, days_ago=days_ago)
    yield stage.at(1 - days_ago, 11)
    site = next(iter(stage.sites.values()))
    plan_meeting(actor.id, kind="first", starts_at=stage.at(in_days, 10, 30), site_id=site, by=stage.adviser, now=stage.now)


def met(stage: Stage, actor: Actor, *, days_ago: int) -> Story:
    """Met, not yet answered."""
    yield from waiting(stage, actor, days_ago=days_ago)
    yield stage.at(3 - days_ago, 14)
    meet(actor.form_id, met_on=paris_day(stage.now), by=stage.adviser, now=stage.now)


def redirected(stage: Stage, actor: Actor, *, days_ago: int, other_offer: str) -> Story:
    """Another offer fits better."""
    yield from met(stage, actor, days_ago=days_ago)
    yield stage.at(3 - days_ago, 14, 40)
    redirect_elsewhere(actor.form_id, other_offer=other_offer, by=stage.adviser, now=stage.now)


def refused(stage: Stage, actor: Actor, *, days_ago: int, reason: str, other_offer: str) -> Story:
    """A no, with its reason and another offer."""
    yield from waiting(stage, actor, days_ago=days_ago)
    yield stage.at(6 - days_ago, 16)
    refuse(actor.form_id, reason=reason, other_offer=other_offer, by=stage.adviser, now=stage.now)


def accepted(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """Taken in, the assessment still to come."""
    yield from met(stage, actor, days_ago=12 - begins)
    yield stage.at(begins - 9, 15)
    accept(actor.form_id, by=stage.adviser, now=stage.now)
    if actor.paper_id:
        see_promise(actor.paper_id, stage)
    if actor.person.rsa:
        first = paris_day(stage.now).replace(day=1)
        record_tier_proof(actor.id, tier="rsa", from_on=first, paper_issued_on=first, by=stage.adviser, now=stage.now)
    if actor.person.district:
        on = paris_day(stage.now)
        lives: dict[str, Any] = {"tier": "qpv", "from_on": on, "district": actor.person.district, "seen_how": "map", "seen_on": on}
        record_tier_proof(actor.id, **lives, by=stage.adviser, now=stage.now)


def assessed(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """The entry assessment is done."""
    yield from accepted(stage, actor, begins=begins)
    yield stage.at(begins - 7, 10)
    hold_assessment(stage, actor, "entry", actor.level)


def papered(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """Every paper was seen."""
    yield from assessed(stage, actor, begins=begins)
    yield stage.at(begins - 5, 11)
    for paper in _papers(stage, actor):
        see_document(actor.id, **paper, by=stage.adviser, now=stage.now)


def held(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """A vehicle is kept while the papers come."""
    yield from assessed(stage, actor, begins=begins)
    yield stage.at(-1, 16, 30)
    actor.booking_id = hold(actor.id, _vehicle(stage, actor), **_wish(stage, actor, begins), by=stage.adviser, now=stage.now).id


def trying(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """The vehicle is kept, and tried tomorrow for an hour and a half."""
    yield from held(stage, actor, begins=begins)
    yield stage.at(-1, 16, 50)
    for paper in _papers(stage, actor):
        if paper["kind"] in {"identity", "licence"}:
            see_document(actor.id, **paper, by=stage.adviser, now=stage.now)
    hours: dict[str, Any] = {"starts_at": stage.at(1, 10), "ends_at": stage.at(1, 11, 30)}
    book(actor.id, _vehicle(stage, actor), programme=TRIAL, **hours, by=stage.adviser, now=stage.now)


def booked(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """The vehicle is booked, the deposit in hand or put off."""
    yield from papered(stage, actor, begins=begins)
    yield stage.at(begins - 3, 15, 10)
    booking = book(actor.id, _vehicle(stage, actor), **_wish(stage, actor, begins), by=stage.adviser, now=stage.now)
    assert booking.account_id is not None
    actor.booking_id, actor.account_id = booking.id, booking.account_id
    _leave_deposit(stage, actor)


def short(stage: Stage, actor: Actor, *, begins: int, days: int) -> Story:
    """A vehicle for a few days, its deposit to be set aside on a card (demo/cards.py)."""
    yield from papered(stage, actor, begins=begins)
    yield stage.at(begins - 3, 15, 40)
    wish = _wish(stage, actor, begins) | {"ends_at": stage.at(begins + days, 9, 30)}
    actor.booking_id = book(actor.id, _vehicle(stage, actor), deposit_kind=ON_HOLD, **wish, by=stage.adviser, now=stage.now).id


def on_the_list(stage: Stage, actor: Actor, *, story: Callable[..., Story], told: dict[str, Any], wish: dict[str, Any]) -> Story:
    """A story so far, and since yesterday its person waits for a vehicle."""
    yield from story(stage, actor, **told)
    yield stage.at(-1, 11, 15)
    ask(actor.id, kind=actor.kind, first_on=stage.day(3), last_on=stage.day(30), **wish, by=stage.adviser, now=stage.now)


def proposed(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """Who waited is first on the list, and last night a free vehicle was held for them."""
    *_, pole = stage.sites.values()
    yield from on_the_list(stage, actor, story=assessed, told={"begins": begins}, wish={"site_id": pole})
    yield stage.at(0, 0, 20)
    propose_next(by=house(stage.adviser.platform_id), now=stage.now)


def hold_assessment(stage: Stage, actor: Actor, kind: str, level: int) -> None:
    """The whole grid answered at about one level, an item in four a level lower; who has the licence drives, everybody rides."""
    assessment = start_assessment(actor.id, kind=kind, by=stage.adviser, now=stage.now)
    items = sorted(grid_on(paris_day(stage.now)).item_codes)
    answers = {code: max(0, level - (1 if place % 4 == 3 else 0)) for place, code in enumerate(items)}
    drives = actor.person.licence == "B"
    answers |= {"cycling": 3, "road_rules": 3, "licence_held": 4 if drives else 1, "recent_driving": 3 if drives else 1}
    answer(assessment.id, answers, by=stage.adviser, now=stage.now)
    finish_assessment(assessment.id, by=stage.adviser, now=stage.now)


def _referent(actor: Actor) -> dict[str, Any] | None:
    """One person in three is followed by somebody else than who prescribes; one of them has not agreed to news yet."""
    if actor.number % 3:
        return None
    name, email = _REFERENTS[actor.number % len(_REFERENTS)]
    return {"name": name, "email": email, "phone": "+33639980090", "consent": actor.number % 9 != 0}


def _job(stage: Stage, actor: Actor, *, starts: int) -> dict[str, Any]:
    person = actor.person
    kinds = ("permanent", "fixed_long", "temporary", "fixed_long")
    return {
        "kind": "training" if person.motive == "training" else kinds[actor.number % len(kinds)],
        "employer": person.employer,
        "place": "Zone d’activité des Paluds",
        "starts_on": stage.day(starts),
        "hours": "lun–ven 5:00–13:00" if actor.number % 3 else "8 h 30 – 17 h",
        "one_way_tenths": person.one_way_tenths,
    }


def _papers(stage: Stage, actor: Actor) -> list[dict[str, Any]]:
    today, person = paris_day(stage.now), actor.person
    papers: list[dict[str, Any]] = [
        {"kind": "identity", "valid_until": today + timedelta(days=900)},
        {"kind": "home", "issued_on": today - timedelta(days=20 + 7 * (actor.number % 9))},
        {"kind": "job", "issued_on": today - timedelta(days=4)},
        {"kind": "membership", "issued_on": today, "valid_until": today + timedelta(days=365)},
    ]
    if person.licence in {"B", "AM"}:
        papers.append({"kind": "licence", "category": person.licence, "issued_on": today - timedelta(days=700 + 60 * actor.number)})
    if person.rsa:
        papers.append({"kind": "rsa", "issued_on": today - timedelta(days=9)})
    return papers


def _wish(stage: Stage, actor: Actor, begins: int) -> dict[str, Any]:
    return {
        "starts_at": stage.at(begins, 9, 30),
        "ends_at": stage.at(begins + 7 * actor.weeks, 11),
        "programme": actor.programme,
        "pattern": actor.pattern,
        "qpv": actor.person.qpv,
    }


def _vehicle(stage: Stage, actor: Actor) -> int:
    return stage.vehicles[actor.kind][actor.vehicle]


def _leave_deposit(stage: Stage, actor: Actor) -> None:
    """What the booking asked for is received, or put off to the first wages."""
    deposit = deposit_of(actor.account_id)
    assert deposit is not None
    if actor.person.rsa:
        reduce_deposit(deposit.id, reason="low_income", by=stage.adviser, now=stage.now)
    if actor.deposit == "deferred":
        defer_deposit(deposit.id, reason="first_wage", instalments=3, by=stage.adviser, now=stage.now)
    else:
        paper: dict[str, Any] = {}
        if actor.deposit in _BEHIND:
            number = f"{7_410_200 + 31 * actor.number}"
            paper = {"reference": number, "issuer": _BEHIND[actor.deposit], "dated_on": paris_day(stage.now)}
            if actor.deposit == "guarantee_fund":
                paper["valid_until"] = months_after(paris_day(stage.now), 6)
        receive_deposit(deposit.id, cents=deposit.due_cents, kind=actor.deposit, **paper, by=stage.adviser, now=stage.now)
