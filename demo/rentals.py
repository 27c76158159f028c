"""From the keys to the return: weekly point-étapes, money in every state, the way out. Continues demo/beginnings.py."""

from datetime import timedelta
from typing import Any

from billing.actions.accounts import set_schedule
from billing.actions.kept_deposits import keep_deposit
from billing.actions.payments import announce_transfer, confirm_transfer
from billing.queries import balance_cents, deposit_of
from billing.schedule import AMIE_2008, Loan
from demo.beginnings import Actor, booked, hold_assessment
from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.bookings import book
from fleet.actions.changes import split
from fleet.actions.contracts import make_contract, sign_contract
from fleet.actions.handover import hand_over, take_back
from fleet.actions.outcomes import record_outcome
from fleet.actions.point_etape import hold_point_etape, note_reading
from fleet.actions.rescue import give_other
from fleet.checklists import DONE, usual_items
from fleet.checks import CHECK_IN, CHECK_OUT, PAPER, WITHOUT_ODOMETER
from fleet.kinds import get_kind
from fleet.marks import Pin
from fleet.patterns import read
from fleet.queries.marks import list_known
from fleet.vehicle_sheet import NO_ENERGY, energies_of
from mobility.actions.accounts import open_account
from mobility.actions.people import declare_without_bank
from mobility.periods import monday_of, paris_day
from mobility.rights import Role

_OLD = Pin(row=0, kind="scratch", x=880, y=470, note="Quelques centimètres, peinture intacte.")
_SCRATCH = Pin(row=0, kind="scratch", x=560, y=160, note="Sur la portière, faite sur un parking.")

_BEFORE_THE_END = timedelta(minutes=10)


def out(stage: Stage, actor: Actor, *, begins: int, pays: str | None = "cheque", drives: float = 0.8, scratch_in_week: int = 0) -> Story:
    """The vehicle is out; a point-étape was held each week before today. `drives` is a share of the cap, `pays` None for debts."""
    yield from take_keys(stage, actor, begins=begins)
    yield from hold_weeks(stage, actor, begins=begins, pays=pays, drives=drives, scratch_in_week=scratch_in_week)


def hold_weeks(stage: Stage, actor: Actor, *, begins: int, pays: str | None, drives: float, scratch_in_week: int = 0) -> Story:
    """From the keys until today."""
    _open_space(stage, actor)
    yield from _weeks(stage, actor, begins=begins, until=0, pays=pays, drives=drives, scratch_in_week=scratch_in_week)


def cut(stage: Stage, actor: Actor, *, begins: int, at: int, **told: Any) -> Story:
    """It is out, and since yesterday it goes on with the next vehicle of its kind from a day ahead: the first one is called in."""
    yield from out(stage, actor, begins=begins, **told)
    yield stage.at(-1, 17, 20)
    other = stage.vehicles[actor.kind][actor.vehicle + 1]
    split(actor.booking_id, at=stage.at(at), vehicle_id=other, by=stage.adviser, now=stage.now)


def rescued(stage: Stage, actor: Actor, *, begins: int, at: int, other: int, pays: str | None = "cheque") -> Story:
    """It broke down by the road: theirs is another one since, a review was held; nobody has looked the first one over yet."""
    yield from take_keys(stage, actor, begins=begins)
    _open_space(stage, actor)
    yield from _weeks(stage, actor, begins=begins, until=at, pays=pays, drives=0.8, scratch_in_week=0)
    yield stage.at(at, 17, 20)
    broken, returned_km, actor.vehicle = stage.vehicles[actor.kind][actor.vehicle], _drive(stage, actor, 9), other
    given = {"other_vehicle_id": stage.vehicles[actor.kind][other], "returned_km": returned_km, "handed_km": _drive(stage, actor, 0)}
    give_other(broken, actor.booking_id, **given, by=stage.adviser, now=stage.now)
    yield stage.at(at, 18)
    hold_assessment(stage, actor, "review", actor.level + 1)  # seen anyway: how far they have come by now


def shared(stage: Stage, actor: Actor, *, begins: int, drives_km: int) -> Story:
    """Theirs at their hours of that week, somebody else's at the others; as each day's hours end the odometer is read."""
    actor.pattern = f"{actor.pattern} {monday_of(stage.day(begins))}"
    theirs = read(actor.pattern)
    yield from take_keys(stage, actor, begins=begins)
    _open_space(stage, actor)
    for day in range(begins, 1):
        if hours := theirs.hours_on(stage.day(day)):
            yield stage.at(day, hours.to_time.hour) - _BEFORE_THE_END
            note_reading(actor.booking_id, odometer_km=_drive(stage, actor, drives_km), by=stage.adviser, now=stage.now)


def _open_space(stage: Stage, actor: Actor) -> None:
    person = actor.person
    email = person.fields(stage.today, actor.number)["email"]
    open_account(
        name=f"{person.first_name} {person.last_name}",
        role=Role.BENEFICIARY,
        email=email,
        beneficiary_id=actor.id,
        by=stage.adviser,
        now=stage.now,
    )


def returned(
    stage: Stage, actor: Actor, *, begins: int, ends: int, reason: str, job_kind: str, lasting_solution: str, pays: str | None = "cheque"
) -> Story:
    """The vehicle came back; how it ended is written, and the exit assessment shows the way made."""
    yield from take_keys(stage, actor, begins=begins)
    yield from _weeks(stage, actor, begins=begins, until=ends, pays=pays, drives=0.7, scratch_in_week=0)
    yield stage.at(ends, 10, 20)
    take_back(actor.booking_id, **_seen(stage, actor, CHECK_IN, km=35), by=stage.adviser, now=stage.now)
    record_outcome(actor.booking_id, reason=reason, job_kind=job_kind, lasting_solution=lasting_solution, by=stage.adviser, now=stage.now)
    yield stage.at(ends, 11)
    hold_assessment(stage, actor, "exit", actor.level + 1)


def again(stage: Stage, actor: Actor, *, begins: int, ends: int, from_day: int, **ended: Any) -> Story:
    """It came back with a week unpaid, kept of the deposit; the rest follows to the next rental, booked since."""
    yield from returned(stage, actor, begins=begins, ends=ends, pays=None, **ended)
    _open_space(stage, actor)
    yield stage.at(ends, 15)
    deposit = deposit_of(actor.account_id)
    assert deposit is not None
    owed, treasurer = balance_cents(actor.account_id), stage.staff[Role.TREASURER]
    kept: dict[str, Any] = {"cents": min(owed, deposit.held_cents // 2), "why": "unpaid", "reason": "Dernières semaines"}
    keep_deposit(deposit.id, **kept, by=treasurer, now=stage.now)
    yield stage.at(ends + 1, 10, 40)
    wish: dict[str, Any] = {"starts_at": stage.at(from_day, 9, 30), "ends_at": stage.at(from_day + 21, 11), "qpv": actor.person.qpv}
    book(actor.id, stage.vehicles[actor.kind][actor.vehicle], **wish, by=stage.adviser, now=stage.now)


def take_keys(stage: Stage, actor: Actor, *, begins: int, loan: Loan | None = None) -> Story:
    """The contract signed, the keys handed over; the rents of the programme rise to a loan's instalment where one is aimed at."""
    yield from booked(stage, actor, begins=begins)
    if loan is not None:
        rents = {"first_rent_cents": AMIE_2008.first_rent_cents, "second_rent_cents": AMIE_2008.second_rent_cents}
        set_schedule(actor.account_id, **rents, loan=loan, by=stage.adviser, now=stage.now)
    yield stage.at(begins - 1, 16)
    contract = make_contract(actor.booking_id, by=stage.adviser, now=stage.now)
    name = f"{actor.person.first_name} {actor.person.last_name}"
    sign_contract(actor.booking_id, contract.number, signer_name=name, agreed=True, how=PAPER, by=stage.adviser, now=stage.now)
    yield stage.at(begins, *_hour(actor))
    hand_over(actor.booking_id, **_seen(stage, actor, CHECK_OUT, km=0), by=stage.adviser, now=stage.now)


def _weeks(stage: Stage, actor: Actor, *, begins: int, until: int, pays: str | None, drives: float, scratch_in_week: int) -> Story:
    if pays == "cash":
        yield stage.at(begins + 1, 9)
        declare_without_bank(actor.id, on=paris_day(stage.now), by=stage.adviser, now=stage.now)
    announced: int | None = None
    for week, day in enumerate(range(begins + 7, until, 7), start=1):
        yield stage.at(day, *_hour(actor))
        if pays == "transfer":
            announced = _transfer(stage, actor, announced)
        parts = _talk(stage, actor, week, drives) | _money(actor, pays)
        if week == scratch_in_week:
            parts |= {"zones": {"left": "marked"}, "note": "Rayure sur la portière, faite sur un parking.", "marks": (_SCRATCH,)}
        hold_point_etape(actor.booking_id, mode="pole" if week % 3 else "phone", **parts, by=stage.adviser, now=stage.now)
    if announced and until < 0:  # those still out leave their last one to be seen
        confirm_transfer(announced, by=stage.staff[Role.TREASURER], now=stage.now)


def _hour(actor: Actor) -> tuple[int, int]:
    """Each comes at an hour of their own."""
    return actor.hour or 9 + actor.number * 5 % 9, 30


def _talk(stage: Stage, actor: Actor, week: int, drives: float) -> dict[str, Any]:
    said: dict[str, Any] = {"job_state": "working", "next_step": ("budget", "none", "microcredit", "carpool")[week % 4]}
    if actor.kind not in WITHOUT_ODOMETER:
        cap_km = actor.person.one_way_tenths * 2 * 5 * 12 // 1000  # §10.4: the return trip, five days, 120 %
        said["odometer_km"] = _drive(stage, actor, round(cap_km * drives))
    return said


def _money(actor: Actor, pays: str | None) -> dict[str, Any]:
    owed = balance_cents(actor.account_id)
    return {"means": pays, "cents": owed, "note_given": True} if pays in ("cash", "cheque") and owed > 0 else {}


def _transfer(stage: Stage, actor: Actor, announced: int | None) -> int | None:
    """Last week's is seen at the bank, this week's announced: its payment's id, None when nothing is owed."""
    if announced:
        confirm_transfer(announced, by=stage.staff[Role.TREASURER], now=stage.now)
    owed = balance_cents(actor.account_id)
    return announce_transfer(actor.account_id, cents=owed, by=stage.adviser, now=stage.now).id if owed > 0 else None


def _seen(stage: Stage, actor: Actor, moment: str, *, km: int) -> dict[str, Any]:
    """A check-out or a check-in with nothing to say; the lights were not tried."""
    return {
        "odometer_km": None if actor.kind in WITHOUT_ODOMETER else _drive(stage, actor, km),
        "zones": {code: "fine" for code, _ in get_kind(actor.kind).zones},
        "checks": {code: DONE for code in usual_items(get_kind(actor.kind), moment) if code != "lights"},
        "fuel": None if energies_of(get_kind(actor.kind))[0] == NO_ENERGY else "full",
        "marks": () if list_known(stage.vehicles[actor.kind][actor.vehicle]) else (_OLD,),
    }


def _drive(stage: Stage, actor: Actor, km: int) -> int:
    vehicle = stage.vehicles[actor.kind][actor.vehicle]
    stage.odometers[vehicle] = stage.odometers.get(vehicle, 12_000 + 1_370 * (vehicle % 37)) + km
    return stage.odometers[vehicle]
