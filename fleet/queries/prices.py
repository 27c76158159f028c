"""The price of a booking in one sentence, before anything is charged (domain.md §10.2, §10.3)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from billing.models import BillingAccount
from billing.price_sentence import say_price
from billing.queries.accounts import rent_cents
from billing.queries.statement import forecast_between
from billing.queries.tariffs import district_on, may_read, terms_on, tier_spans
from billing.schedule import Programme, end_early, plan
from billing.terms import Terms, thaw
from billing.tiers import Price, price_days, share_price
from fleet.models import Booking
from fleet.modes import MONTH_DAYS
from fleet.patterns import hull_of, rhythm_of
from fleet.price_change import Total
from mobility.db import db
from mobility.money import euros
from mobility.periods import Period, days_between, paris_day
from mobility.rights import Viewer

SHARED = "seuls les jours du partage sont comptés"
PAST = "Retour prévu déjà passé à la reprise : chaque jour se compte depuis"


def say_booking_price(booking: Booking, kind: str, account: BillingAccount | None = None) -> str:
    """What a booking will cost if all goes as planned: once it is firm, by the terms its account froze and the rights proven since."""
    if account is None and booking.account_id is not None:
        account = db.session.get_one(BillingAccount, booking.account_id)
    # A rental taken over is charged from that day on, not from its keys.
    starts_at = (account and account.started_at) or booking.handed_over_at or booking.starts_at
    if starts_at >= booking.ends_at:
        return PAST
    terms = thaw(account.terms) if account else _terms_on(starts_at, booking.programme, booking.pattern)
    return _say(booking.beneficiary_id, kind, starts_at, booking.ends_at, terms, qpv=booking.qpv)


def total_of(booking: Booking, kind: str, starts_at: datetime, ends_at: datetime) -> Total:
    """What a booking comes to on these dates: once it is firm as its account reckons, so that the account shows this afterwards."""
    if booking.account_id is None:
        return _total(booking, kind, starts_at, ends_at, _terms_on(starts_at, booking.programme, booking.pattern))
    days, account = planned_days(starts_at, ends_at, booking.pattern), db.session.get_one(BillingAccount, booking.account_id)
    coming = forecast_between(account, days[0], days[-1])
    return Total(charged_cents=rent_cents(account.id), ahead_cents=coming.cents, ahead=coming.sentence)


def priced_by(booking: Booking, kind: str, terms: Terms) -> Total:
    """What a booking comes to by some terms, if all goes as planned."""
    return _total(booking, kind, booking.starts_at, booking.ends_at, terms)


def say_wish_price(
    beneficiary_id: int,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    programme: str,
    qpv: bool,
    pattern: str | None = None,
    viewer: Viewer,
) -> str:
    """What, which tier and why, how many days, total; or the programme's rents, month by month. Raises RuleBroken.

    `qpv` when they declare to live in a priority district; a proof says it without.
    """
    may_read(beneficiary_id, viewer)
    qpv = qpv or district_on(beneficiary_id, paris_day(starts_at)) is not None
    if pattern is not None:
        held = hull_of(pattern, Period(starts_at=starts_at, ends_at=ends_at))
        starts_at, ends_at = held.starts_at, held.ends_at
    return _say(beneficiary_id, kind, starts_at, ends_at, _terms_on(starts_at, programme, pattern), qpv=qpv)


def month_cents(beneficiary_id: int, kind: str, first_on: date) -> int | None:
    """What a month of a kind would cost the person from a day on, their rights counted; None where the platform gives it no price."""
    terms = terms_on(first_on)
    if kind not in terms.tariff.day_cents:
        return None
    days = list(days_between(first_on, first_on + timedelta(days=MONTH_DAYS - 1)))
    return _price(beneficiary_id, kind, days, terms, qpv=False).own_cents


def planned_days(starts_at: datetime, ends_at: datetime, pattern: str | None = None) -> list[date]:
    """The days a rental would be charged for, by the platform's hour of return on its first day, or by the hours of a sharing."""
    return replace(terms_on(paris_day(starts_at)), rhythm=rhythm_of(pattern)).days_of(starts_at, ends_at)


def _terms_on(starts_at: datetime, programme: str, pattern: str | None) -> Terms:
    return replace(terms_on(paris_day(starts_at), programme), rhythm=rhythm_of(pattern))


def say_programme(programme: Programme, first_on: date, last_on: date) -> str:
    """The rents of a stay, the last one prorated: "AMIE 2008, mois 1 : 0 €, mois 2 : 46 €, total : 46 €"."""
    months = end_early(plan(programme, first_on), last_on)
    rents = ", ".join(f"mois {month.month} : {euros(month.rent_cents)}" for month in months)
    return f"{programme.label}, {rents}, total : {euros(sum(month.rent_cents for month in months))}"


def _total(booking: Booking, kind: str, starts_at: datetime, ends_at: datetime, terms: Terms) -> Total:
    return Total(
        ahead_cents=_reckon(booking.beneficiary_id, kind, starts_at, ends_at, terms, qpv=booking.qpv),
        ahead=_say(booking.beneficiary_id, kind, starts_at, ends_at, terms, qpv=booking.qpv),
    )


def _reckon(beneficiary_id: int, kind: str, starts_at: datetime, ends_at: datetime, terms: Terms, *, qpv: bool) -> int:
    days = terms.days_of(starts_at, ends_at)
    if terms.programme is not None:
        return sum(month.rent_cents for month in end_early(plan(terms.programme, days[0]), days[-1]))
    return _price(beneficiary_id, kind, days, terms, qpv=qpv).own_cents


def _say(beneficiary_id: int, kind: str, starts_at: datetime, ends_at: datetime, terms: Terms, *, qpv: bool) -> str:
    days = terms.days_of(starts_at, ends_at)
    if terms.programme is not None:
        return say_programme(terms.programme, days[0], days[-1])
    said = say_price(_price(beneficiary_id, kind, days, terms, qpv=qpv))
    return said if terms.rhythm is None else f"{said} ({SHARED})"


def _price(beneficiary_id: int, kind: str, days: list[date], terms: Terms, *, qpv: bool) -> Price:
    return share_price(price_days(kind, terms.tariff, days, tier_spans(beneficiary_id, qpv=qpv)), terms.agreements)
