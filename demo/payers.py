"""The county that pays a part: 60 % of somebody's days, up to 60 € a month; its invoice of a month, paid but for a part."""

from sqlalchemy import select

from billing.actions.invoices import issue_invoice, receive
from billing.actions.payers import add_payer, agree
from billing.models import BillingAccount, Payer, TierProof
from billing.terms import DAILY
from demo.stage import Stage
from demo.timeline import Story
from mobility.db import db
from mobility.periods import paris_day
from mobility.rights import Role


def payers(stage: Stage) -> Story:
    """Two payers are named; one decision for somebody whose car is back since, one for somebody who has theirs."""
    yield stage.at(-100, 11)
    treasurer = stage.staff[Role.TREASURER]
    county = add_payer(
        name="Département du Vallon",
        kind="county",
        address="Hôtel du département, 1 place des Arcades, 13000 Montcaillou",
        siret="12345678200002",
        service_code="INSERTION-RSA",
        commitment="ENG-2026-0142",
        by=treasurer,
        now=stage.now,
    )
    add_payer(
        name="Fonds des intérimaires", kind="temp_work_fund", address="8 rue du Relais, 13000 Montcaillou", by=treasurer, now=stage.now
    )
    yield stage.at(-99, 16)
    is_invoiced = _decide(stage, county, "FSL-0612")
    yield stage.at(-40, 10)
    if is_invoiced:
        invoice = issue_invoice(county.id, month_on=stage.day(-80), by=treasurer, now=stage.now)
        yield stage.at(-18, 10)
        receive(invoice.number, cents=invoice.cents // 2, received_on=stage.day(-18), by=treasurer, now=stage.now)
    yield stage.at(-13, 16)
    _decide(stage, county, "FSL-0871")


def _decide(stage: Stage, county: Payer, reference: str) -> bool:
    """For whoever took a car last and pays its whole price, from the keys on; whether there was somebody."""
    running = select(BillingAccount).filter(BillingAccount.started_at.is_not(None), BillingAccount.closed_at.is_(None))
    plain = running.filter(BillingAccount.kind == "car", BillingAccount.programme == DAILY, BillingAccount.qpv.is_(False))
    plain = plain.filter(BillingAccount.beneficiary_id.not_in(select(TierProof.beneficiary_id)))
    account = db.session.scalars(plain.order_by(BillingAccount.started_at.desc(), BillingAccount.id)).first()
    if account is None or account.started_at is None:
        return False
    agree(
        account.id,
        payer_id=county.id,
        from_on=paris_day(account.started_at),
        percent=60,
        most_month_cents=6_000,
        most_cents=30_000,
        reference=reference,
        by=stage.adviser,
        now=stage.now,
    )
    return True
