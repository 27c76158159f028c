"""The schedule of a rental of the programme, as its paper says it (domain.md §3.3)."""

from billing.documents.schedule import Month, SchedulePaper
from billing.models import BillingAccount
from billing.queries.statement import foreseen_stay
from billing.schedule import COVER_LABELS, plan
from billing.simulation import say_schedule
from billing.terms import thaw
from mobility.db import db
from mobility.models import Beneficiary
from mobility.queries.letterhead import letterhead, person_of


def schedule_paper(account: BillingAccount) -> SchedulePaper:
    """The five months of an account of the programme, as planned at the handover."""
    terms = thaw(account.terms)
    assert terms.programme is not None
    months = plan(terms.programme, foreseen_stay(account).first_on)
    return SchedulePaper(
        platform=letterhead(),
        number=f"E-{account.id:05d}",
        issued_at=account.opened_at,
        person=person_of(_person(account)),
        sentence=say_schedule([month.rent_cents for month in months]),
        months=tuple(
            Month(
                number=month.month,
                first_on=month.first_on,
                last_on=month.last_on,
                rent_cents=month.rent_cents,
                covers=tuple(COVER_LABELS[cover] for cover in month.covers),
            )
            for month in months
        ),
        total_cents=sum(month.rent_cents for month in months),
        loan_sentence=say_schedule([month.rent_cents for month in months], terms.loan) if terms.loan else None,
    )


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
