"""What the post brings: a notice named in time, one whose naming was refused, and one whose clock still runs."""

from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.fines import name_driver, record_fine, refuse_naming, tell
from fleet.fines import REFUSE, TELL, may
from fleet.models import Fine
from fleet.queries.vehicles import get_vehicle
from mobility.periods import paris_day, paris_time
from mobility.rights import Role


def notices(stage: Stage) -> Story:
    """Two cars were flashed, one of them twice."""
    yield stage.at(-24, 10, 5)
    first = _record(stage, 1, days_ago=29, number="4071 225 638", offence="excès de vitesse de moins de 20 km/h", cents=9_000, points=1)
    yield from _named(stage, first, on=-23)
    yield stage.at(-17, 10, 5)
    second = _record(stage, 0, days_ago=20, number="4071 260 117", offence="excès de vitesse de moins de 20 km/h", cents=9_000, points=1)
    yield from _named(stage, second, on=-16)
    yield stage.at(-4, 11, 40)
    if may(REFUSE, second.status):
        refuse_naming(second.id, refused_on=stage.day(-6), reason="licence", answer_by=stage.day(16), by=stage.adviser, now=stage.now)
    yield stage.at(-3, 10, 15)
    _record(stage, 0, days_ago=9, number="4071 318 902", offence="stationnement gênant", cents=13_500, points=0)


def _named(stage: Stage, fine: Fine, *, on: int) -> Story:
    """Told, and named the day after, when somebody had it."""
    if may(TELL, fine.status):
        tell(fine.id, how="voice", by=stage.adviser, now=stage.now)
        yield stage.at(on, 9, 30)
        name_driver(fine.id, how="online", named_on=stage.day(on), by=stage.adviser, now=stage.now)


def _record(stage: Stage, car: int, *, days_ago: int, number: str, offence: str, cents: int, points: int) -> Fine:
    """An offence of so many days ago, whose notice left two days later."""
    then = stage.at(-days_ago, 17, 42)
    return record_fine(
        plate=str(get_vehicle(stage.vehicles["car"][car]).plate),
        on=paris_day(then),
        hour=paris_time(then),
        notice_number=number,
        sent_on=stage.day(2 - days_ago),
        place="Avenue du Port, La Ciotat",
        offence=offence,
        amount_cents=cents,
        points=points,
        by=stage.staff[Role.MANAGER],
        now=stage.now,
    )
