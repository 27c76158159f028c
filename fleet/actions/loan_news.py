"""What one platform of a loan has to tell the other, in the other's own outbox: it learns no address of anybody there."""

from datetime import datetime

from sqlalchemy import select

from fleet.kinds import get_kind
from fleet.models import Fine, VehicleLoan
from fleet.queries.fine_papers import words_to_borrower
from mobility import outbox
from mobility.addresses import page_address
from mobility.db import db, platform_scope
from mobility.models import Account, Grant, Platform
from mobility.periods import say_moment
from mobility.rights import Role
from mobility.signature import signature


def tell_lender(loan: VehicleLoan) -> None:
    """A wish, to each of its managers; their desk says it too."""
    borrower = db.session.get_one(Platform, loan.borrower_id)
    dates = f"du {say_moment(loan.starts_at)} au {say_moment(loan.ends_at)}"
    said = f"{borrower.name} vous demande {get_kind(loan.kind).a}, {dates}.\nPrêtez un véhicule, ou dites pourquoi ce n’est pas possible"
    _tell(loan.lender_id, f"{borrower.name} vous demande {get_kind(loan.kind).a}", said, now=loan.asked_at)


def tell_longer(loan: VehicleLoan, wanted_until: datetime, *, now: datetime) -> None:
    """A later end is asked for."""
    borrower = db.session.get_one(Platform, loan.borrower_id)
    said = f"{borrower.name} demande à garder « {loan.sheet['label']} » jusqu’au {say_moment(wanted_until)}.\nRépondez ici"
    _tell(loan.lender_id, f"{borrower.name} demande une prolongation", said, now=now)


def tell_answer(loan: VehicleLoan, *, agreed: bool, now: datetime) -> None:
    """The lender's answer to it."""
    lender = db.session.get_one(Platform, loan.lender_id)
    yes = "accepte la prolongation" if agreed else "ne peut pas prolonger le prêt"
    said = f"{lender.name} {yes} : « {loan.sheet['label']} » est à rendre le {say_moment(loan.ends_at)}.\nLe prêt est ici"
    _tell(loan.borrower_id, f"{lender.name} {yes}", said, now=now)


def _tell(id_: int, subject: str, said: str, *, now: datetime) -> None:
    """A mail to each manager of a platform, with the way to its loans."""
    platform = db.session.get_one(Platform, id_)
    address = page_address(platform.slug, "vehicle-loans")
    body = f"Bonjour,\n\n{said} :\n{address}\n\n{signature(platform.name, platform.phone)}\n"
    with platform_scope(id_):
        for email in _managers_of(id_):
            outbox.post("mail", email, subject=subject, body=body, now=now)
        db.session.flush()


def tell_borrower(fine: Fine, borrower: Platform, *, now: datetime) -> bool:
    """A notice for the vehicle lent, to each of the borrower's managers, so that it finds its driver; whether there is one to tell."""
    lender = db.session.get_one(Platform, fine.platform_id)
    body = f"{words_to_borrower(fine, borrower)}\n\n{signature(lender.name, lender.phone)}\n"
    with platform_scope(borrower.id):
        managers = _managers_of(borrower.id)
        for email in managers:
            outbox.post("mail", email, subject=f"Avis de contravention n° {fine.notice_number} : véhicule prêté", body=body, now=now)
        db.session.flush()
    return bool(managers)


def _managers_of(id_: int) -> list[str]:
    """The addresses of who may answer, in order."""
    asked = select(Account.email).join(Grant, Grant.account_id == Account.id).filter(Grant.platform_id == id_, Grant.role == Role.MANAGER)
    live = asked.filter(Grant.ended_at.is_(None), Grant.offered_at.is_(None), Account.disabled_at.is_(None), Account.email.is_not(None))
    return [email for email in db.session.scalars(live.distinct().order_by(Account.email)) if email]
