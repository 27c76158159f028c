"""Two platforms as the demonstration lives them: people, vehicles and money at every step, each built by the actions."""

from sqlalchemy import select, update

from demo.build import build
from demo.platforms import FERRELANDE, VALBRUME
from mobility.db import db, platform_scope, transaction
from mobility.models import Account, Beneficiary, Grant, Platform, Site, Structure
from mobility.rights import Role
from mobility.web.edge import PointEtape
from tests.databases import TestDatabase
from tests.house import FakeClock, House


def two_demos(database: TestDatabase, clock: FakeClock) -> tuple[House, House]:
    """Both, each with its first account of a role; everybody has chosen their password already."""
    with database.app.app_context():
        build(now=clock())
        with transaction():
            db.session.execute(update(Account).values(must_change=False))
        return _lived(database.app, clock, VALBRUME.slug), _lived(database.app, clock, FERRELANDE.slug)


def _lived(app: PointEtape, clock: FakeClock, slug: str) -> House:
    platform = db.session.scalars(select(Platform).filter(Platform.slug == slug)).one()
    with platform_scope(platform.id):
        site, structure, person = (db.session.scalars(select(m.id).order_by(m.id)).first() or 0 for m in (Site, Structure, Beneficiary))
    grants = select(Grant).filter((Grant.platform_id == platform.id) | Grant.platform_id.is_(None), Grant.ended_at.is_(None))
    accounts = {Role(grant.role): grant.account_id for grant in db.session.scalars(grants.order_by(Grant.id.desc()))}
    db.session.close()
    return House(
        app=app,
        clock=clock,
        platform_id=platform.id,
        slug=slug,
        site_id=site,
        structure_id=structure,
        beneficiary_id=person,
        accounts=accounts,
    )
