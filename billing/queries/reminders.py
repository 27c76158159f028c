"""Reminders of what is to be paid: those of an account, the next one, what keeps them back, and those somebody has to say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from billing import reminders as rules
from billing.gateway_balance import DisputeStatus
from billing.models import AutoPayment, BillingAccount, CardDispute, ChasePause, GatewayDifference, Payment, PaymentReminder, ReminderHold
from billing.pauses import say_pause
from billing.payment_record import DAYS
from billing.payments import STILL_ASKED
from billing.queries.accounts import settled
from billing.queries.figures import OWED_CENTS, all_accounts
from billing.queries.names import told_charges
from billing.queries.pauses import find_pause, runs_on
from billing.queries.plans import list_plans
from billing.reminder_words import say_next
from billing.reminders import AFTER_DAYS, BEFORE_DAYS, BY_SOMEBODY, HOLD_REASONS, LEAST, Due, Pace, Wanted
from mobility import practice
from mobility.db import Kept, db
from mobility.errors import NotFound
from mobility.models import Account, Beneficiary, Meeting
from mobility.periods import ONE_DAY, instant_of, paris_day, say_day
from mobility.tongues import say, small

_OF_ACCOUNT = Kept(
    select(PaymentReminder).filter(PaymentReminder.account_id == bindparam("account_id")).order_by(PaymentReminder.id.desc())
)
_HOLDS = Kept(select(ReminderHold).filter(ReminderHold.account_id == bindparam("account_id")).order_by(ReminderHold.id.desc()))
# A card payment of an account that its holder claimed back, while nobody has seen to it.
_CONTESTED = (
    select(literal(1))
    .select_from(GatewayDifference)
    .join(Payment, Payment.id == GatewayDifference.payment_id)
    .filter(GatewayDifference.kind == "contested", GatewayDifference.mended_at.is_(None))
)
_DISPUTED = (
    select(literal(1))
    .select_from(CardDispute)
    .join(Payment, Payment.id == CardDispute.payment_id)
    .filter(CardDispute.status != DisputeStatus.WON, CardDispute.decided.is_(None))
)
_ASKED = select(func.max(Payment.created_at)).filter(Payment.account_id == bindparam("account_id"), Payment.status.in_(STILL_ASKED))
_MET = select(func.max(Meeting.starts_at)).filter(
    Meeting.beneficiary_id == bindparam("beneficiary_id"),
    Meeting.kind == "point_etape",
    Meeting.cancelled_at.is_(None),
    Meeting.starts_at >= bindparam("since"),
    Meeting.starts_at < bindparam("until"),
)
_TOLD = select(func.max(AutoPayment.told_at)).filter(AutoPayment.account_id == bindparam("account_id"))
_WORDS = Kept(select(_ASKED.scalar_subquery(), _MET.scalar_subquery(), _TOLD.scalar_subquery()))


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """An account's reminders as a day sees them: what is wanted today, what would be asked by hand, and what keeps them back."""

    wanted: Wanted | None
    askable: Wanted | None
    sent_on: date | None
    why_not: str | None
    next_said: str


@dataclass(frozen=True, kw_only=True)
class ReminderLine:
    """A reminder in a list: whose, on which rental, and who sent it."""

    reminder: PaymentReminder
    account: BillingAccount
    person: Beneficiary
    owed_cents: int
    said_by: str | None

    @property
    def on(self) -> date:
        """The day it left, or was to be said."""
        return paris_day(self.reminder.sent_at)


def pace_on(day: date) -> Pace:
    """The platform's rhythm on a day."""
    return Pace(
        before_days=practice.value_on(BEFORE_DAYS.key, day),
        after_days=rules.read_days(practice.value_on(AFTER_DAYS.key, day)),
        least_cents=practice.value_on(LEAST.key, day),
    )


def list_dues(account_id: int) -> tuple[Due, ...]:
    """What is left to pay on an account, each with its last day: a plan's own, or the platform's delay from the day it was posted."""
    on_time_days = practice.reader_of(DAYS)
    charged = [
        Due(key=f"charge-{charge.id}", on=posted + timedelta(days=on_time_days(posted)), cents=charge.cents, what=text)
        for charge, text in told_charges(account_id, dated=True)
        for posted in (paris_day(charge.posted_at),)
    ]
    plan = next((line for line in list_plans(account_id) if line.is_live), None)
    parts, plan_id = (plan.standing.left, plan.plan.id) if plan else ((), None)
    return rules.dues_of(charged, parts, settled_cents=settled(account_id).cents, plan_id=plan_id)


def list_reminders(account_id: int) -> list[PaymentReminder]:
    """An account's, the latest first."""
    return list(_OF_ACCOUNT(account_id=account_id).scalars())


def list_holds(account_id: int) -> list[ReminderHold]:
    """When and why somebody kept an account's reminders back, the latest first."""
    return list(_HOLDS(account_id=account_id).scalars())


def find_hold(account_id: int) -> ReminderHold | None:
    """The one that runs."""
    return next((hold for hold in list_holds(account_id) if hold.ended_at is None), None)


def outlook(account: BillingAccount, today: date) -> Outlook:
    """What a day makes of an account's reminders. Nothing is said twice: a point-étape or a payment asked is a word about money too."""
    dues, pace, sent = list_dues(account.id), pace_on(today), list_reminders(account.id)
    told = {(one.due_key, one.step) for one in sent}
    sent_on = paris_day(sent[0].sent_at) if sent else None
    last_on = max([on for on in (sent_on, *_other_words(account, today)) if on], default=None)
    why_not = why_kept_back(account, today)
    seen: dict[str, Any] = {"dues": dues, "told": told, "pace": pace, "today": today}
    is_over, next_on = rules.is_over(**seen), rules.find_next_on(**seen, last_on=last_on)
    return Outlook(
        wanted=None if why_not else rules.find_wanted(**seen, last_on=last_on),
        askable=rules.ask_for(dues, today),
        sent_on=sent_on,
        why_not=why_not,
        next_said=say_next(next_on, why_not=why_not, is_over=is_over) if dues else "Rien n’est dû : aucun rappel n’est prévu.",
    )


def list_to_remind(today: date) -> list[int]:
    """The accounts that owe and that nothing keeps back, by id."""
    paused = exists().where(ChasePause.account_id == BillingAccount.id, runs_on(today))
    held = exists().where(ReminderHold.account_id == BillingAccount.id, ReminderHold.ended_at.is_(None))
    query = all_accounts().with_only_columns(BillingAccount.id).filter(OWED_CENTS > 0, ~paused, ~held)
    return list(db.session.scalars(query.order_by(BillingAccount.id)))


def all_reminders() -> Select[*tuple[Any, ...]]:
    """Every reminder with its account, its person, what is owed now and who said it: what lists narrow and order."""
    lines = all_accounts().add_columns(PaymentReminder, Account.name)
    lines = lines.join(PaymentReminder, PaymentReminder.account_id == BillingAccount.id)
    return lines.outerjoin(Account, Account.id == PaymentReminder.said_by)


def to_say() -> ColumnElement[bool]:
    """Those that wait for a call or a letter: still owed, and none came after them on the same account."""
    later = aliased(PaymentReminder)
    is_last = ~exists().where(later.account_id == PaymentReminder.account_id, later.id > PaymentReminder.id)
    return PaymentReminder.channel.in_(BY_SOMEBODY) & PaymentReminder.said_at.is_(None) & (OWED_CENTS > 0) & is_last


def waiting(query: Any, state: str) -> Any:
    """Narrow to those that somebody has to say, or to all the others."""
    return query.filter(to_say() if state == "to_say" else ~to_say())


def read_reminder(row: Any) -> ReminderLine:
    """A reminder as lists show it."""
    account, person, owed_cents, reminder, said_by = row
    return ReminderLine(reminder=reminder, account=account, person=person, owed_cents=int(owed_cents), said_by=said_by)


def get_reminder(reminder_id: int) -> ReminderLine:
    """One of them. Raises NotFound."""
    row = db.session.execute(all_reminders().filter(PaymentReminder.id == reminder_id)).first()
    if row is None:
        raise NotFound
    return read_reminder(row)


def _other_words(account: BillingAccount, today: date) -> list[date]:
    """The days on which money was spoken of otherwise."""
    since, until = instant_of(today), instant_of(today + ONE_DAY)
    found = _WORDS(account_id=account.id, beneficiary_id=account.beneficiary_id, since=since, until=until).one()
    return [paris_day(at) for at in found if at is not None]


def why_kept_back(account: BillingAccount, today: date) -> str | None:
    """What keeps an account from being asked for what it owes: a pause, somebody's word, a card payment that is contested."""
    if pause := find_pause(account.id, today):
        return say_pause(pause.until_on)
    if hold := find_hold(account.id):
        told = {"day": _said(hold.held_at), "why": small(HOLD_REASONS[hold.reason])}
        return say("Les rappels sont retenus depuis le %(day)s : %(why)s.", **told)
    contested = (of.filter(Payment.account_id == account.id) for of in (_CONTESTED, _DISPUTED))
    if db.session.scalar(union_all(*contested).limit(1)) is not None:
        return say("Un paiement par carte est contesté : aucun rappel ne part tant que ce n’est pas réglé.")
    return None


def _said(at: datetime) -> str:
    return say_day(paris_day(at))
