"""One rental's account: opened with its terms frozen, started at the handover, closed at the return."""

from dataclasses import replace
from datetime import date, datetime

from billing.actions.charging import bring_up_to_date, lock_account
from billing.actions.districts import give_district
from billing.events import PriceMoved, emit
from billing.models import BillingAccount
from billing.names import renamed
from billing.queries.names import names_of
from billing.queries.tariffs import district_on, terms_on, version_on
from billing.rhythm import Rhythm
from billing.schedule import Loan, Programme
from billing.simulation import simulate_schedule
from billing.tariffs import chargeable_days, check_kind
from billing.terms import AMIE, PROGRAMME_LABELS, Terms, freeze, thaw
from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, paris_day, say_day
from mobility.rights import Viewer


def open_account(
    *,
    beneficiary_id: int,
    reference: str,
    label: str,
    kind: str,
    programme: str,
    qpv: bool,
    first_on: date,
    last_on: date | None = None,
    schedule_terms: Programme | None = None,
    loan: Loan | None = None,
    rhythm: Rhythm | None = None,
    by: Viewer,
    now: datetime,
) -> BillingAccount:
    """Open the account of a rental and freeze what it is priced by: the tariff of its first day, QPV, or the programme's schedule.

    `programme` is one of billing/terms.py; `qpv` says that a priority district is declared, a proof says it without; `reference` is the
    caller's own ("booking:12"); `last_on` the day the vehicle is foreseen back, `rhythm` the days that count of one that is shared.
    Raises NotFound for the person, RuleBroken for the kind, the programme or the days.
    """
    person = _person(beneficiary_id)
    _check_opening(kind, programme, first_on, last_on)
    account = BillingAccount(
        beneficiary_id=person.id,
        party=person.number,
        reference=reference,
        label=label,
        kind=kind,
        programme=programme,
        qpv=qpv or district_on(person.id, first_on) is not None,
        first_on=first_on,
        last_on=last_on,
        out_of_service=[],
        opened_at=now,
    )
    _freeze_price(account, schedule_terms, loan, rhythm)
    db.session.add(account)
    audit.record("open_account", account, by=by, now=now, subject=person)
    return account


def foresee_stay(account_id: int, *, first_on: date, last_on: date, by: Viewer, now: datetime) -> BillingAccount:
    """The planned dates moved: the forecast follows, and a district proven for the new first day; never what was charged.

    Raises NotFound, RuleBroken.
    """
    account = lock_account(account_id)
    _check_span(first_on, last_on)
    account.first_on, account.last_on = first_on, last_on
    _begin_where_proven(account, by=by, now=now)
    audit.record("foresee_stay", account, by=by, now=now, subject=_person(account.beneficiary_id))
    return account


def follow_tariff(
    account_id: int, *, terms: Terms, version_id: int | None, first_on: date, last_on: date, by: Viewer, now: datetime
) -> BillingAccount:
    """A new tariff is frozen before the keys, while no contract binds the rental. Raises NotFound, Conflict once it was handed over."""
    account = lock_account(account_id)
    if account.started_at is not None or account.closed_at is not None:
        raise Conflict("Ce véhicule a déjà été remis : sa location garde son tarif.")
    agreed = replace(terms, agreements=thaw(account.terms).agreements)
    account.tariff_version_id, account.terms = version_id, freeze(agreed)
    account.first_on, account.last_on = first_on, last_on
    audit.record("follow_tariff", account, by=by, now=now, subject=_person(account.beneficiary_id))
    return account


def rename_account(account_id: int, *, label: str, by: Viewer, now: datetime) -> BillingAccount:
    """Another thing is lent on the account: once it was handed over from today on, and days before keep their name. Raises NotFound."""
    account = lock_account(account_id)
    if account.started_at is not None:
        names = renamed(names_of(account), before=account.label, after=label, on=paris_day(now))
        account.names = [[from_on.isoformat(), name] for from_on, name in names]
    account.label = label
    audit.record("rename_account", account, by=by, now=now, subject=_person(account.beneficiary_id))
    return account


def set_schedule(
    account_id: int,
    *,
    first_rent_cents: int,
    second_rent_cents: int,
    target_cents: int | None = None,
    loan: Loan | None = None,
    by: Viewer,
    now: datetime,
) -> BillingAccount:
    """Aim the schedule of a rental at another rent, or at a loan's instalment, before the keys. Raises NotFound, Conflict, RuleBroken."""
    found = db.session.get(BillingAccount, account_id)
    if found is None:
        raise NotFound
    person = lock_beneficiary(found.beneficiary_id)
    account = lock_account(account_id)
    terms = thaw(account.terms)
    if terms.programme is None or account.started_at is not None or account.closed_at is not None:
        raise Conflict("Cet échéancier ne change plus : le véhicule est remis, ou la location se paie à la journée.")
    plan = simulate_schedule(first_rent_cents, second_rent_cents, target_cents, loan)
    aimed = replace(
        terms.programme,
        first_rent_cents=first_rent_cents,
        second_rent_cents=second_rent_cents,
        target_cents=plan.months[-1].rent_cents,
    )
    account.terms = freeze(replace(terms, programme=aimed, loan=loan))
    audit.record("set_schedule", account, by=by, now=now, subject=person)
    emit(PriceMoved(beneficiary_id=person.id, at=now))
    return account


def start_account(account_id: int, *, handed_over_at: datetime, days_gone: int = 0, by: Viewer, now: datetime) -> BillingAccount:
    """The keys were handed over: days count from here, after `days_gone` that were settled elsewhere.

    Raises Conflict when it was started before, NotFound.
    """
    account = lock_account(account_id)
    if account.started_at is not None:
        raise Conflict("Ce véhicule a déjà été remis.")
    account.started_at = handed_over_at
    if days_gone:
        terms = thaw(account.terms)
        account.terms = freeze(replace(terms, tariff=replace(terms.tariff, days_gone=days_gone)))
    _begin_where_proven(account, by=by, now=now)
    audit.record("start_account", account, by=by, now=now, subject=_person(account.beneficiary_id))
    return account


def add_out_of_service(account_id: int, *, first_on: date, last_on: date, by: Viewer, now: datetime) -> BillingAccount:
    """Days, both included, on which the vehicle could not be used: not charged, and given back when they already were (domain.md §10.1)."""
    account = lock_account(account_id)
    _check_span(first_on, last_on)
    account.out_of_service = [*account.out_of_service, [first_on.isoformat(), last_on.isoformat()]]
    audit.record("add_out_of_service", account, by=by, now=now, subject=_person(account.beneficiary_id))
    bring_up_to_date(account, by=by, now=now, why=f"Véhicule hors service du {say_day(first_on)} au {say_day(last_on)}")
    return account


def end_out_of_service(account_id: int, *, back_on: date, began_on: date | None = None, by: Viewer, now: datetime) -> BillingAccount:
    """The vehicle is back in service sooner than foreseen: days from `back_on` on count again. Raises NotFound.

    `began_on` tells which of several stretches ends; without it all of them do.
    """
    account = lock_account(account_id)
    last_on, began = (back_on - ONE_DAY).isoformat(), began_on.isoformat() if began_on else None
    spans = [[first, min(last, last_on) if began in (None, first) else last] for first, last in account.out_of_service]
    account.out_of_service = [[first, last] for first, last in spans if first <= last]
    audit.record("end_out_of_service", account, by=by, now=now, subject=_person(account.beneficiary_id))
    return account


def drop_account(account_id: int, *, by: Viewer, now: datetime) -> BillingAccount:
    """The booking was cancelled before the keys: nothing will be charged. Raises Conflict once the vehicle was handed over, NotFound."""
    account = lock_account(account_id)
    if account.started_at is not None or account.closed_at is not None:
        raise Conflict("Ce véhicule a déjà été remis : clôturez le compte au retour.")
    account.closed_at = now
    audit.record("drop_account", account, by=by, now=now, subject=_person(account.beneficiary_id))
    return account


def reopen_account(account_id: int, *, by: Viewer, now: datetime) -> BillingAccount:
    """A booking cancelled before the keys is taken up again: its account as it was. Raises Conflict for one that ran, NotFound."""
    account = lock_account(account_id)
    if account.started_at is not None or account.closed_at is None:
        raise Conflict("Ce compte ne se rouvre pas : le véhicule a été remis, ou il est ouvert.")
    account.closed_at = None
    _begin_where_proven(account, by=by, now=now)
    audit.record("reopen_account", account, by=by, now=now, subject=_person(account.beneficiary_id))
    return account


def close_account(account_id: int, *, returned_at: datetime, by: Viewer, now: datetime) -> BillingAccount:
    """The vehicle is back: the remainder is posted, a month prorated, days after the return given back. Raises Conflict, RuleBroken."""
    account = lock_account(account_id)
    if account.started_at is None or account.closed_at is not None:
        raise Conflict("Ce véhicule n’a pas été remis." if account.started_at is None else "Ce compte est déjà clos.")
    chargeable_days(account.started_at, returned_at)  # refuses a return before the handover
    account.ended_at, account.closed_at = returned_at, now
    audit.record("close_account", account, by=by, now=now, subject=_person(account.beneficiary_id))
    bring_up_to_date(account, by=by, now=now, why=f"Véhicule rendu le {say_day(paris_day(returned_at))}")
    return account


def _person(beneficiary_id: int) -> Beneficiary:
    found = db.session.get(Beneficiary, beneficiary_id)
    if found is None:
        raise NotFound
    return found


def _freeze_price(account: BillingAccount, schedule: Programme | None, loan: Loan | None, rhythm: Rhythm | None) -> None:
    """The tariff of its first day, and a programme's schedule as it was agreed, are its own from here. Raises RuleBroken."""
    version = version_on(account.first_on)
    terms = replace(terms_on(account.first_on, account.programme), rhythm=rhythm)
    terms.tariff.full_cents(account.kind)
    if account.programme == AMIE:
        terms = replace(terms, programme=schedule, loan=loan) if schedule else replace(terms, loan=loan or terms.loan)
    account.tariff_version_id, account.terms = version.id if version else None, freeze(terms)


def _begin_where_proven(account: BillingAccount, *, by: Viewer, now: datetime) -> None:
    if give_district(account, by=by, now=now):
        emit(PriceMoved(beneficiary_id=account.beneficiary_id, at=now))


def _check_opening(kind: str, programme: str, first_on: date, last_on: date | None) -> None:
    check_kind(kind)
    if programme not in PROGRAMME_LABELS:
        raise RuleBroken("Ce programme n’existe pas. Choisissez un de ceux proposés.", field="programme")
    if last_on is not None:
        _check_span(first_on, last_on)


def _check_span(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise RuleBroken("Le dernier jour vient avant le premier.", field="last_on")
