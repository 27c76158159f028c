"""Money on its way to the bank, and there."""

from sqlalchemy import Select, select

from billing.models import Banking
from mobility.db import db
from mobility.models import Account


def all_bankings() -> Select[Banking, str]:
    """Every one with the name of who took it: what lists narrow and order."""
    return select(Banking, Account.name).outerjoin(Account, Account.id == Banking.made_by)


def list_on_the_way() -> list[Banking]:
    """What the bank does not have yet, the oldest first."""
    return list(db.session.scalars(select(Banking).filter(Banking.banked_on.is_(None)).order_by(Banking.number)))
