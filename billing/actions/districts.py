"""The rate of a priority district, for a contract that begins where a proof holds, whichever came first (domain.md §9 "QPV")."""

from datetime import datetime

from billing.models import BillingAccount
from billing.queries.districts import first_day_of
from billing.queries.tariffs import district_on
from mobility import audit
from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Viewer


def give_district(account: BillingAccount, *, by: Viewer, now: datetime) -> bool:
    """Whether a locked account has the rate from now on and had it not: a proof holds on its first day. It never takes one away."""
    if account.qpv or district_on(account.beneficiary_id, first_day_of(account)) is None:
        return False
    account.qpv = True
    audit.record("give_district", account, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    return True
