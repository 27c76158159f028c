"""Rows of the demonstration's first platform, for a test to know which page to open."""

from datetime import timedelta

from sqlalchemy import Select

from assessments.booklet.actions import share_booklet
from assessments.booklet.contents import PAGES
from assessments.booklet.models import Competence
from assessments.models import Assessment
from assessments.queries import paper_of
from demo.platforms import VALBRUME
from fleet.actions.garage_links import LASTS
from fleet.models import Booking, Garage
from mobility.actions.links import Purpose, make_link
from mobility.clock import now
from mobility.db import db, platform_scope, transaction
from mobility.models import Account, Beneficiary, Platform, WorkshopSeat
from mobility.rights import house
from mobility.web.workshop_codes import code_of
from mobility.workshops import INVITED
from tests.browser.served import Served

HOME = f"/p/{VALBRUME.slug}"


def person_named(demo: Served, first_name: str) -> int:
    """A person of Valbrume, whose first name nobody else has."""
    return _ask(demo, db.select(Beneficiary.id).filter(Beneficiary.first_name == first_name))


def booking_of(demo: Served, first_name: str) -> int:
    """The one booking of this person."""
    return _ask(demo, _bookings_of(db.select(Booking.id), first_name))


def account_of(demo: Served, first_name: str) -> int:
    """The account of this person's one booking."""
    return _ask(demo, _bookings_of(db.select(Booking.account_id), first_name))


def _bookings_of(asked: Select, first_name: str) -> Select:
    return asked.join(Beneficiary, Beneficiary.id == Booking.beneficiary_id).filter(Beneficiary.first_name == first_name)


def count_bookings(demo: Served) -> int:
    """How many there are at Valbrume."""
    return _ask(demo, db.select(db.func.count(Booking.id)))


def link_for(demo: Served, login: str) -> str:
    """Where a mail would lead whoever signs in with this address."""
    with demo.app.app_context(), transaction():
        platform_id = db.session.scalars(db.select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
        account_id = db.session.scalars(db.select(Account.id).filter(Account.email == login)).one()
        with platform_scope(platform_id):
            token = make_link(purpose=Purpose.ENTER, lasts=timedelta(hours=2), account_id=account_id, by=house(platform_id), now=now())
    return f"{HOME}/link/{token}"


def garage_link(demo: Served) -> str:
    """Where the mail to the one garage of Valbrume leads."""
    garage_id = _ask(demo, db.select(Garage.id))
    with demo.app.app_context(), transaction():
        platform_id = db.session.scalars(db.select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform_id):
            token = make_link(purpose=Purpose.GARAGE, lasts=LASTS, subject_id=garage_id, by=house(platform_id), now=now())
    return f"{HOME}/garage/{token}"


def booklet_link(demo: Served) -> str:
    """Where the link of a booklet leads that its person gave away today."""
    person_id = _ask(demo, db.select(db.func.min(Competence.beneficiary_id)))
    with demo.app.app_context(), transaction():
        platform_id = db.session.scalars(db.select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform_id):
            shown = {"pages": list(PAGES), "lasts": "day"}
            _, token = share_booklet(person_id, **shown, by=house(platform_id), now=now())
    return f"{HOME}/booklet/{token}"


def workshop_doors(demo: Served) -> tuple[str, str]:
    """Where the link of an invitation leads, and the code shown at the workshop."""
    seat_id = _ask(demo, db.select(db.func.max(WorkshopSeat.id)).filter(WorkshopSeat.state == INVITED))
    with demo.app.app_context(), transaction():
        platform_id = db.session.scalars(db.select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform_id):
            lasts = {"purpose": Purpose.WORKSHOP, "lasts": timedelta(days=1)}
            token = make_link(**lasts, subject_id=seat_id, by=house(platform_id), now=now())
            code = code_of(db.session.get_one(WorkshopSeat, seat_id).group_workshop_id)
    return f"{HOME}/workshop/{token}", f"{HOME}/workshop-here/{code}"


def printed_proof(demo: Served) -> str:
    """Where the code of a printed assessment leads."""
    assessment_id = _ask(demo, db.select(db.func.min(Assessment.id)).filter(Assessment.finished_at.is_not(None)))
    with demo.app.app_context():
        platform_id = db.session.scalars(db.select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform_id):
            proof = paper_of(db.session.get_one(Assessment, assessment_id)).proof
            db.session.close()
    return "/p/" + proof.partition("/p/")[2]


def _ask(demo: Served, question: object) -> int:
    with demo.app.app_context():
        platform_id = db.session.scalars(db.select(Platform.id).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform_id):
            found = db.session.scalars(question).one()  # type: ignore[call-overload]
            db.session.close()
    return int(found)
