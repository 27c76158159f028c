"""A person whose booklet is alive: an experience noted, two competences confirmed, one link ended and one that an employer opened."""

from sqlalchemy import select

from assessments.booklet.actions import confirm_competences, declare_competences, end_share, note_experience, share_booklet
from assessments.booklet.models import BookletLook
from demo.stage import Stage
from demo.timeline import Story
from mobility.db import db, platform_id, write_last
from mobility.models import Beneficiary, Grant
from mobility.rights import Role, Viewer

_KNOWN = ("check_vehicle", "drive_car", "odd_hours", "on_time", "read_map", "team")
_SEEN = ("drive_car", "on_time")


def booklets(stage: Stage) -> Story:
    """Begun in their own space ten days ago, confirmed by the adviser two days later, shown to an employer since."""
    yield stage.at(-10, 20, 5)
    first = (
        select(Grant.beneficiary_id).filter(Grant.role == Role.BENEFICIARY, Grant.platform_id == platform_id()).order_by(Grant.account_id)
    )
    person = db.session.get(Beneficiary, db.session.scalars(first.limit(1)).first() or 0)
    if person is None:
        return
    own = Viewer(name=person.first_name, roles=frozenset({Role.BENEFICIARY}), beneficiary_id=person.id)
    declare_competences(person.id, codes=_KNOWN, by=own, now=stage.now)
    yield stage.at(-8, 10, 30)
    experience = note_experience(
        person.id,
        kind="internship",
        employer="Atelier du Quai Vert",
        starts_on=stage.day(-150),
        ends_on=stage.day(-120),
        by=stage.adviser,
        now=stage.now,
    )
    confirm_competences(experience.id, codes=_SEEN, by=stage.adviser, now=stage.now)
    ended, _ = share_booklet(person.id, pages=["competences"], lasts="month", by=own, now=stage.now)
    yield stage.at(-3, 18, 40)
    end_share(ended.id, person.id, by=own, now=stage.now)
    live, _ = share_booklet(person.id, pages=["competences", "experiences"], lasts="month", by=own, now=stage.now)
    yield stage.at(-2, 9, 12)
    write_last(BookletLook, platform_id=platform_id(), booklet_share_id=live.id, at=stage.now)
