"""The files for lenders of a person, and the loan each asks for."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from billing.repayment import Repayment, repay
from billing.schedule import Loan
from fleet.microcredits import OPEN, PAID, rate_of
from fleet.models import Microcredit
from mobility.db import Kept, db
from mobility.errors import NotFound
from mobility.rights import Role, Viewer

_OF = Kept(select(Microcredit).filter(Microcredit.beneficiary_id == bindparam("beneficiary_id")).order_by(Microcredit.id.desc()))


def list_microcredits(beneficiary_id: int) -> Sequence[Microcredit]:
    """A person's files, the latest first."""
    return _OF(beneficiary_id=beneficiary_id).scalars().all()


def find_open(beneficiary_id: int) -> Microcredit | None:
    """The one that something is still awaited of; there is one at most."""
    return next((each for each in list_microcredits(beneficiary_id) if each.status in OPEN), None)


def find_paid(booking_id: int) -> Microcredit | None:
    """The file of a rental whose loan was paid out."""
    paid = select(Microcredit).filter(Microcredit.booking_id == booking_id, Microcredit.status == PAID)
    return db.session.scalars(paid.order_by(Microcredit.id.desc()).limit(1)).first()


def read_microcredit(microcredit_id: int, viewer: Viewer) -> Microcredit:
    """A file, for advisers and for its own person. Raises NotFound, the same for missing and not theirs."""
    found = db.session.get(Microcredit, microcredit_id)
    if found is None or not (viewer.may(Role.ADVISER, Role.MANAGER) or viewer.beneficiary_id == found.beneficiary_id):
        raise NotFound("Ce dossier n’existe pas, ou n’est pas pour vous.")
    return found


def loan_of(row: Microcredit) -> Loan:
    """The loan it asks for."""
    return Loan(principal_cents=row.principal_cents, yearly_rate=rate_of(row.rate_millionths), months=row.months)


def repayment_of(row: Microcredit) -> Repayment:
    """The same, month by month."""
    return repay(loan_of(row))
