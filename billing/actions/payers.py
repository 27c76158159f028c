"""Third-party payers, and their agreements: what each pays of a rental's days, from when, until when (domain.md §9)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing.actions.charging import bring_up_to_date, lock_account
from billing.actions.notices import tell_rise
from billing.events import PriceMoved, emit
from billing.models import BillingAccount, Payer, PayerAgreement
from billing.queries.payers import get_agreement, get_payer
from billing.shares import Agreement, check_payer
from billing.terms import Terms, freeze, thaw
from billing.tiers import check_told
from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer

IDENTITY = ("name", "kind", "address", "siret", "service_code", "commitment")


def add_payer(*, kind: str, siret: str | None = None, by: Viewer, now: datetime, **given: Any) -> Payer:
    """A payer by name, kind, address and, of a public one, its identifiers. Raises RuleBroken, Conflict for a name that is taken."""
    payer = Payer(added_at=now)
    _identify(payer, given | {"kind": kind, "siret": siret})
    db.session.add(payer)
    audit.record("add_payer", payer, by=by, now=now)
    db.session.flush()
    return payer


def change_payer(payer_id: int, *, kind: str, siret: str | None = None, by: Viewer, now: datetime, **given: Any) -> Payer:
    """Another address, another identifier; agreements made keep the name they were made under. Raises NotFound, RuleBroken, Conflict."""
    payer = get_payer(payer_id)
    _identify(payer, given | {"kind": kind, "siret": siret})
    audit.record("change_payer", payer, by=by, now=now)
    return payer


def agree(
    account_id: int, *, payer_id: int, from_on: date, to_on: date | None = None, by: Viewer, now: datetime, **part: Any
) -> PayerAgreement:
    """A payer takes a part of a rental's days, past or to come; the person is credited at once with what it takes over of days charged.

    `part` are the fields of billing.shares.Agreement. Raises NotFound, RuleBroken beside a field, Conflict when the payer has days of it.
    """
    account, person = _lock(account_id)
    payer = get_payer(payer_id)
    terms = _shared_terms(account)
    if to_on is not None and to_on < from_on:
        raise RuleBroken("La fin vient avant le début.", field="to_on")
    for other in terms.agreements:
        if other.payer_id == payer.id and from_on <= (other.to_on or date.max) and other.from_on <= (to_on or date.max):
            raise Conflict("Ce payeur prend déjà une part de ces jours.", field="from_on")
    agreed = Agreement(id=0, payer_id=payer.id, payer=payer.name, from_on=from_on, to_on=to_on, **part)
    row = PayerAgreement(
        payer_id=payer.id, account_id=account.id, from_on=from_on, to_on=to_on, recorded_at=now, recorded_by=by.account_id, **part
    )
    db.session.add(row)
    db.session.flush()
    account.terms = freeze(replace(terms, agreements=(*terms.agreements, replace(agreed, id=row.id))))
    audit.record("agree_share", row, by=by, now=now, subject=person)
    bring_up_to_date(account, by=by, now=now, why=f"Prise en charge depuis le {say_day(from_on)}")
    emit(PriceMoved(beneficiary_id=person.id, at=now))
    return row


def end_agreement(agreement_id: int, *, last_on: date, told_on: date, by: Viewer, now: datetime) -> PayerAgreement:
    """The payer pays until `last_on`; the person was told on `told_on`, so that their price rises at the earliest the day after.

    A later end than the one recorded credits the days charged meanwhile; no charged day ever rises. Raises NotFound, RuleBroken.
    """
    row = get_agreement(agreement_id)
    account, person = _lock(row.account_id)
    is_longer = row.to_on is not None and last_on > row.to_on
    if not is_longer and last_on != row.to_on:
        check_told(last_on, told_on=told_on, today=paris_day(now))
    row.to_on, row.told_on = last_on, told_on
    terms = thaw(account.terms)
    account.terms = freeze(replace(terms, agreements=tuple(_ended(each, row) for each in terms.agreements)))
    audit.record("end_share", row, by=by, now=now, subject=person)
    if is_longer:
        bring_up_to_date(account, by=by, now=now, why=f"Prise en charge jusqu’au {say_day(last_on)}")
    tell_rise(account, now=now)
    emit(PriceMoved(beneficiary_id=person.id, at=now))
    return row


def _identify(payer: Payer, given: dict[str, Any]) -> None:
    check_payer(given["kind"], given["siret"])
    with db.session.no_autoflush:
        taken = db.session.scalar(select(Payer).filter(Payer.name == given["name"]))
    if taken is not None and taken.id != payer.id:
        raise Conflict("Un payeur porte déjà ce nom.", field="name")
    for name in IDENTITY:
        setattr(payer, name, given.get(name))


def _lock(account_id: int) -> tuple[BillingAccount, Beneficiary]:
    """The person, then their account. Raises NotFound."""
    found = db.session.get(BillingAccount, account_id)
    if found is None:
        raise NotFound
    person = lock_beneficiary(found.beneficiary_id)
    return lock_account(account_id), person


def _shared_terms(account: BillingAccount) -> Terms:
    """The terms of a rental that somebody may share. Raises Conflict for a programme by the month, or a booking that was cancelled."""
    terms = thaw(account.terms)
    if terms.programme is not None:
        raise Conflict("Cette location se paie au mois : une prise en charge porte sur des jours.")
    if account.closed_at is not None and account.started_at is None:
        raise Conflict("Cette réservation a été annulée : il n’y a rien à prendre en charge.")
    return terms


def _ended(agreement: Agreement, row: PayerAgreement) -> Agreement:
    return replace(agreement, to_on=row.to_on) if agreement.id == row.id else agreement
