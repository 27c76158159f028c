"""Reminding somebody of what they have to pay: each night once for each step, by hand, or kept back by who follows them."""

from datetime import date, datetime, time
from textwrap import shorten

from sqlalchemy import select

from billing.actions.charging import lock_account
from billing.models import BillingAccount, PaymentReminder, ReminderHold
from billing.queries.means import takes_cards
from billing.queries.reminders import find_hold, list_to_remind, outlook
from billing.reminder_words import Asking, paragraphs, short_text, subject_of
from billing.reminders import BY_SOMEBODY, HOLD_REASONS, Wanted, check_may_ask, reminder_channel
from mobility import audit
from mobility.actions.telling import mail_to, text_to
from mobility.addresses import page_address
from mobility.channels import MAIL, SMS, channel_for
from mobility.db import db, platform_id, transaction
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, instant_of, paris_day, paris_time
from mobility.queries.contacts import last_contact_of
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer, house

MANY = 25  # accounts a transaction
NOT_BEFORE, NOT_AFTER = time(9), time(20)  # in Paris: the nightly job must wake nobody
LONGEST = 600


def remind(*, now: datetime) -> int:
    """One platform's, of the day they leave on, in transactions of their own; how many. Cut short or run again, none is sent twice."""
    found = list_to_remind(_day_of(now))
    db.session.close()
    told = 0
    for start in range(0, len(found), MANY):
        with transaction():
            told += _remind_all(found[start : start + MANY], now=now)
    return told


def remind_within(*, now: datetime) -> int:
    """The same in the caller's transaction."""
    return _remind_all(list_to_remind(_day_of(now)), now=now)


def _remind_all(account_ids: list[int], *, now: datetime) -> int:
    return sum(_remind(account_id, now=now) for account_id in account_ids)


def _remind(account_id: int, *, now: datetime) -> bool:
    account = lock_account(account_id)
    wanted = outlook(account, _day_of(now)).wanted
    if wanted is None:
        return False
    _tell(account, wanted, by=house(platform_id()), now=now)
    return True


def send_reminder(account_id: int, *, by: Viewer, now: datetime) -> PaymentReminder:
    """One now, whatever the rhythm. Raises NotFound, Conflict when nothing is owed, it is kept back, or a word left today already."""
    account = lock_account(account_id)
    seen = outlook(account, paris_day(now))
    asked = check_may_ask(seen.askable, why_not=seen.why_not, sent_on=seen.sent_on, today=paris_day(now))
    return _tell(account, asked, by=by, now=now)


def hold_reminders(account_id: int, *, reason: str, by: Viewer, now: datetime) -> ReminderHold:
    """Keep an account's back until somebody lets them go on. Raises NotFound, Conflict when they are, RuleBroken without a reason."""
    account = lock_account(account_id)
    if reason not in HOLD_REASONS:
        raise RuleBroken("Dites pourquoi les rappels sont retenus.", field="reason")
    if find_hold(account_id) is not None:
        raise Conflict("Les rappels de ce compte sont déjà retenus.")
    made = ReminderHold(account_id=account_id, reason=reason, held_at=now, held_by=by.account_id)
    db.session.add(made)
    audit.record("reminders_held", made, by=by, now=now, subject=_person(account))
    return made


def end_hold(account_id: int, hold_id: int, *, by: Viewer, now: datetime) -> ReminderHold:
    """Let them go on. Raises NotFound, Conflict when they do."""
    account = lock_account(account_id)
    found = db.session.scalar(select(ReminderHold).filter(ReminderHold.id == hold_id, ReminderHold.account_id == account_id))
    if found is None:
        raise NotFound
    if found.ended_at is not None:
        raise Conflict("Les rappels de ce compte vont déjà de nouveau.")
    found.ended_at, found.ended_by = now, by.account_id
    audit.record("reminders_let_go", found, by=by, now=now, subject=_person(account))
    return found


def note_reminder_said(reminder_id: int, *, by: Viewer, now: datetime) -> PaymentReminder:
    """The call was made, or the letter handed over. Raises NotFound, Conflict for one that was, or that left by itself."""
    query = select(PaymentReminder).filter(PaymentReminder.id == reminder_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    if found.said_at is not None or found.channel not in BY_SOMEBODY:
        raise Conflict("Ce rappel est déjà fait.")
    found.said_at, found.said_by = now, by.account_id
    audit.record("reminder_said", found, by=by, now=now, subject=_person(db.session.get_one(BillingAccount, found.account_id)))
    return found


def asking_of(account: BillingAccount, wanted: Wanted) -> Asking:
    """What is needed to say a reminder."""
    person, contact = _person(account), last_contact_of(account.beneficiary_id)
    return Asking(
        first_name=person.first_name,
        number=person.number,
        label=account.label,
        wanted=wanted,
        pay_url=page_address(platform_here().slug, "me/pay") if takes_cards() else None,
        adviser=contact.name,
        phone=contact.phone,
    )


def _tell(account: BillingAccount, wanted: Wanted, *, by: Viewer, now: datetime) -> PaymentReminder:
    """The message in the outbox, or the call or letter that waits for somebody; the trace of it on the account (locked by the caller)."""
    person, asking = _person(account), asking_of(account, wanted)
    written = channel_for(person.contact_by, phone=person.phone, email=person.email)
    channel = reminder_channel(written, phone=person.phone, email=person.email)
    made = PaymentReminder(account_id=account.id, due_key=wanted.due.key, due_on=wanted.due.on, step=wanted.step, cents=wanted.cents)
    made.channel, made.sentence, made.sent_at = channel, shorten(short_text(asking), LONGEST, placeholder=" …"), now
    made.sent_by = by.account_id
    db.session.add(made)
    audit.record("payment_reminder", made, by=by, now=now, subject=person)
    _post(person, asking, channel, not_before=None if by.account_id else _morning(now), now=now)
    return made


def _post(person: Beneficiary, asking: Asking, channel: str, *, not_before: datetime | None, now: datetime) -> None:
    subject = subject_of(asking.wanted)
    if channel == SMS:
        text_to(person, short_text(asking), subject=subject, call=False, now=now, not_before=not_before)  # it says whom to call
    elif channel == MAIL:
        mail_to(person, list(paragraphs(asking)), subject=subject, now=now, not_before=not_before)


def _day_of(now: datetime) -> date:
    """The day on which a job's messages leave: they say what it calls for, and on a Sunday there are none."""
    return paris_day(_morning(now))


def _morning(now: datetime) -> datetime:
    """When the night's messages leave: of a job that runs late in the evening, the morning after."""
    day = paris_day(now)
    return instant_of(day + ONE_DAY if paris_time(now) >= NOT_AFTER else day, NOT_BEFORE)


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
