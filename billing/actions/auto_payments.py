"""One week's payment by a card on file: said two days before, begun once, stopped by itself (docs/adr/0029).

One a person and week, kept so by their row's lock and by the database; one try at a time, kept so by the week's own row.
"""

from datetime import date, datetime

from billing.actions.gateway_keys import check_takes_cards
from billing.actions.mandates import drop_weekly, end_mandate, own_page
from billing.actions.payments import add_payment
from billing.auto_payments import (
    OPEN,
    QUEUED,
    UNTOLD,
    Next,
    cents_to_take,
    day_to_take,
    is_confirm_over,
    say_refused,
    say_told,
    week_of,
)
from billing.models import AutoPayment, AutoTry, BillingAccount, CardMandate, SavedCard
from billing.payments import CHARGING
from billing.queries.auto_payments import (
    Takeable,
    find_mandate,
    is_charging,
    list_takeable,
    list_tries,
    list_weekly,
    lock_weekly,
    takeable,
    was_given_up,
)
from billing.saved_cards import say_card
from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import send_to
from mobility.addresses import page_address
from mobility.channels import CALL, channel_for
from mobility.db import db, platform_id
from mobility.errors import Conflict
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, paris_day
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer, house
from mobility.tongues import say


def announce(beneficiary_id: int, *, now: datetime) -> bool:
    """Tell a person what their card will pay this week, once; whether they were told. Nothing is asked of any bank."""
    person, by = lock_beneficiary(beneficiary_id), house(platform_id())
    mandate, on = find_mandate(beneficiary_id), day_to_take(now)
    if mandate is None or not _is_next(beneficiary_id, on):
        return False
    card = db.session.get_one(SavedCard, mandate.card_id, populate_existing=True)
    if not is_good(card, on):
        end_mandate(beneficiary_id, "card_gone", by=by, now=now)
        return False
    found = _first(list_takeable(beneficiary_id, by, paris_day(now)), mandate)
    if found is None or channel_for(person.contact_by, phone=person.phone, email=person.email) == CALL:
        return False
    cents = cents_to_take(due_cents=found.cents, most_cents=mandate.most_cents)
    told = say_told(cents, on, card=say_card(card.brand, card.last4), label=found.account.label, stop_url=own_page())
    made = AutoPayment(beneficiary_id=beneficiary_id, mandate_id=mandate.id, account_id=found.account.id, week_on=week_of(on), cents=cents)
    made.status, made.next_on, made.told_at = "announced", on, now
    _tell(made, person, told, now=now)
    db.session.add(made)
    audit.record("auto_payment_told", made, by=by, now=now, subject=person)
    return True


def begin(auto_payment_id: int, *, now: datetime) -> int | None:
    """Write down one more asking of the bank, with the key that keeps it one; its id, None where nothing is to be asked now.

    Inside the caller’s transaction: nobody is called yet (`auto_tries.send`). Agreement, debt and what holds it are looked at again.
    """
    weekly, account = lock_weekly(auto_payment_id)
    if not _is_due(weekly, paris_day(now)) or _stop_if_untold(weekly, now=now):
        return None
    by, mandate = house(platform_id()), find_mandate(weekly.beneficiary_id)
    if mandate is None or mandate.id != weekly.mandate_id:
        drop_weekly(weekly, "withdrawn", by=by, now=now)
        return None
    if not is_good(db.session.get_one(SavedCard, mandate.card_id, populate_existing=True), paris_day(now)):
        drop_weekly(weekly, "card_gone", by=by, now=now)  # the agreement ends with the next announcement, its person told
        return None
    found = takeable(account, paris_day(now))
    cents = cents_to_take(due_cents=found.cents, most_cents=mandate.most_cents, told_cents=weekly.cents)
    if found.why_not is not None or not cents:
        drop_weekly(weekly, "held" if found.why_not else "nothing_due", by=by, now=now)
        return None
    if is_charging(account.id):
        return None  # a part of the deposit is being taken: the next hour sees what is left
    return _try(weekly, account, cents, by=by, now=now)


def stop_or_try_again(weekly: AutoPayment, following: Next, code: str, *, by: Viewer, now: datetime) -> None:
    """What a refusal makes of the week, and its person told in plain words. The caller has locked it."""
    weekly.status, weekly.reason, weekly.next_on = following.status, code, following.on
    weekly.ended_at = now if following.status == "stopped" else None
    person = db.session.get_one(Beneficiary, weekly.beneficiary_id)
    audit.record(f"auto_payment_{following.status}", weekly, by=by, now=now, subject=person)
    sentence = say_refused(weekly.cents, code, following, pay_url=page_address(platform_here().slug, "me/pay"))
    _tell(weekly, person, sentence, now=now)


def stop_untold(auto_payment_id: int, *, now: datetime) -> bool:
    """The message that announced it was given up (address refused, number out of use): nothing is taken until somebody met the person."""
    weekly, _ = lock_weekly(auto_payment_id)
    return _stop_if_untold(weekly, now=now)


def stop_unconfirmed(auto_payment_id: int, *, now: datetime) -> bool:
    """A person never confirmed, and the link has died: it stops, or is done with where they paid otherwise."""
    weekly, account = lock_weekly(auto_payment_id)
    tries = list_tries(auto_payment_id)
    if weekly.status != "confirm" or not is_confirm_over(paris_day(tries[-1].attempt.asked_at), paris_day(now)):
        return False
    by = house(platform_id())
    if not takeable(account, paris_day(now)).cents:
        drop_weekly(weekly, "nothing_due", by=by, now=now)
    else:
        stop_or_try_again(weekly, Next(status="stopped"), "unconfirmed", by=by, now=now)
    return True


def note_seen(auto_payment_id: int, *, by: Viewer, now: datetime) -> AutoPayment:
    """Somebody met the person about one that stopped: the weeks to come go on. Raises NotFound, Conflict where none waits."""
    weekly, account = lock_weekly(auto_payment_id)
    if weekly.status != "stopped" or weekly.seen_at is not None:
        raise Conflict("Ce paiement n’attend plus personne : il n’est pas arrêté, ou quelqu’un l’a déjà vu.")
    weekly.seen_at, weekly.seen_by = now, by.account_id
    audit.record("auto_payment_seen", weekly, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    return weekly


def _stop_if_untold(weekly: AutoPayment, *, now: datetime) -> bool:
    """No second message is written: it would go the way of the first."""
    if weekly.status not in QUEUED or not was_given_up(weekly.told_outbox_id):
        return False
    weekly.status, weekly.reason, weekly.next_on, weekly.ended_at = "stopped", UNTOLD, None, now
    person = db.session.get_one(Beneficiary, weekly.beneficiary_id)
    audit.record("auto_payment_untold", weekly, by=house(platform_id()), now=now, subject=person)
    return True


def _tell(weekly: AutoPayment, person: Beneficiary, sentence: str, *, now: datetime) -> None:
    """What is said of a week's payment, and which message says it."""
    weekly.told_by = channel_for(person.contact_by, phone=person.phone, email=person.email)
    weekly.told_outbox_id = send_to(person, weekly.told_by, sentence, subject=say("Votre paiement de la semaine"), now=now)


def is_good(card: SavedCard, on: date) -> bool:
    """Whether a card may still be charged on a day."""
    return card.status == "saved" and card.expires_on is not None and card.expires_on >= on


def _is_next(beneficiary_id: int, on: date) -> bool:
    """Whether a week's payment may be told: none of that week, none open, none that somebody has still to talk about."""
    weeks = list_weekly(beneficiary_id)
    if any(one.week_on >= week_of(on) or one.status in OPEN or (one.status == "stopped" and one.seen_at is None) for one in weeks):
        return False
    last = list_tries(weeks[0].id) if weeks else []
    return not last or week_of(paris_day(last[-1].attempt.asked_at)) < week_of(on)


def _first(found: list[Takeable], mandate: CardMandate) -> Takeable | None:
    return next((one for one in found if one.why_not is None and cents_to_take(due_cents=one.cents, most_cents=mandate.most_cents)), None)


def _is_due(weekly: AutoPayment, today: date) -> bool:
    return weekly.status in QUEUED and weekly.next_on is not None and weekly.next_on <= today


def _try(weekly: AutoPayment, account: BillingAccount, cents: int, *, by: Viewer, now: datetime) -> int:
    check_takes_cards()
    payment = add_payment(account, means="card", cents=cents, purpose="rental", status=CHARGING, key=None, by=by, now=now)
    db.session.flush()
    made = AutoTry(auto_payment_id=weekly.id, number=len(list_tries(weekly.id)) + 1, payment_id=payment.id, status="asked", asked_at=now)
    db.session.add(made)
    weekly.status, weekly.next_on = "asked", None
    db.session.flush()
    audit.record("auto_payment_asked", made, by=by, now=now)
    return made.id


def put_off(weekly: AutoPayment, *, now: datetime) -> None:
    """To the next day, nothing asked: the person is paying otherwise at this moment. The caller has locked it."""
    weekly.status, weekly.next_on = "again", paris_day(now) + ONE_DAY
    audit.record("auto_payment_put_off", weekly, by=house(platform_id()), now=now)
