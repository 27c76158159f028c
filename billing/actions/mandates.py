"""A person's agreement that their card on file pays what is due each week: given in their own words, taken back in one tap.

Taken back, nothing more leaves: neither what was announced nor what waits for another try (docs/adr/0029).
"""

from datetime import datetime

from billing.actions.gateway_keys import check_takes_cards
from billing.auto_payments import OPEN, agreed_words, check_agreement, say_ended, say_noted
from billing.models import AutoPayment, CardMandate
from billing.queries.auto_payments import find_card_of, find_mandate, find_open, list_mandates, list_people_of_card, lock_weekly
from billing.queries.tariffs import may_read
from billing.saved_cards import say_card
from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import tell_person
from mobility.addresses import page_address
from mobility.channels import CALL, channel_for
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.periods import paris_day
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer
from mobility.tongues import say

NO_CARD = say(
    "Aucune carte n’est enregistrée. Elle se laisse pour la caution, par un lien que votre conseiller vous montre ou vous envoie."
)
OUT_OF_REACH = say(
    "Avant chaque paiement, nous devons pouvoir vous prévenir par SMS ou par courriel : complétez d’abord comment vous joindre, au dossier."
)


def agree(beneficiary_id: int, *, most_cents: int, agreed: bool, by: Viewer, now: datetime) -> CardMandate:
    """The person agrees, or tells an adviser so; it takes the place of what they agreed to before. Nothing is asked of any bank.

    Raises RuleBroken beside its field without their tick, with no card or no way to tell them; NotFound.
    """
    may_read(beneficiary_id, by)
    person = lock_beneficiary(beneficiary_id)
    check_takes_cards()
    check_agreement(most_cents, is_agreed=agreed)
    card = find_card_of(beneficiary_id, paris_day(now))
    if card is None:
        raise RuleBroken(NO_CARD, field="agreed")
    if channel_for(person.contact_by, phone=person.phone, email=person.email) == CALL:
        raise RuleBroken(OUT_OF_REACH, field="agreed")
    _end(beneficiary_id, "replaced", by=by, now=now)
    words = agreed_words(say_card(card.brand, card.last4), euros(most_cents))
    made = CardMandate(beneficiary_id=beneficiary_id, card_id=card.id, most_cents=most_cents, words=words)
    made.agreed_at, made.agreed_by = now, by.account_id
    db.session.add(made)
    audit.record("mandate_given", made, by=by, now=now, subject=person)
    if by.beneficiary_id != beneficiary_id:
        tell_person(person, say_noted(most_cents, own_page()), subject=say("Votre accord est noté"), now=now)
    return made


def withdraw(beneficiary_id: int, *, by: Viewer, now: datetime) -> CardMandate:
    """Taken back, at once; said twice, it was said the first time. Raises NotFound for who never agreed."""
    may_read(beneficiary_id, by)
    lock_beneficiary(beneficiary_id)
    ended = _end(beneficiary_id, "withdrawn", by=by, now=now)
    if ended is None and not (before := list_mandates(beneficiary_id)):
        raise NotFound
    return ended or before[0]


def end_for_card(card_id: int, *, by: Viewer, now: datetime) -> None:
    """The card is let go of: what was agreed on it ends, and its person is told."""
    for beneficiary_id in list_people_of_card(card_id):
        end_mandate(beneficiary_id, "card_gone", by=by, now=now)


def end_mandate(beneficiary_id: int, reason: str, *, by: Viewer, now: datetime) -> None:
    """End what runs without its person, who is told. Nothing where none runs."""
    person = db.session.get_one(Beneficiary, beneficiary_id)
    if _end(beneficiary_id, reason, by=by, now=now) is not None and person.erased_at is None:
        sentence = say_ended(reason, page_address(platform_here().slug, "me/pay"))
        tell_person(person, sentence, subject=say("Le paiement automatique est terminé"), now=now)


def own_page() -> str:
    """Where the person stops it."""
    return page_address(platform_here().slug, "me/automatic")


def drop_weekly(weekly: AutoPayment, reason: str, *, by: Viewer, now: datetime) -> None:
    """Nothing more is asked for this week. The caller has locked it."""
    weekly.status, weekly.reason, weekly.next_on, weekly.ended_at = "dropped", reason, None, now
    audit.record("auto_payment_dropped", weekly, by=by, now=now)


def _end(beneficiary_id: int, reason: str, *, by: Viewer, now: datetime) -> CardMandate | None:
    """What a bank was already asked is not called back: its answer is written down, and it is asked no more."""
    weekly = find_open(beneficiary_id)
    if weekly is not None:
        weekly, _ = lock_weekly(weekly.id)
    mandate = find_mandate(beneficiary_id)
    if mandate is None:
        return None
    mandate.ended_at, mandate.ended_by, mandate.ended_reason = now, by.account_id, reason
    audit.record("mandate_ended", mandate, by=by, now=now, subject=db.session.get_one(Beneficiary, beneficiary_id))
    if weekly is not None and weekly.status in OPEN and weekly.status != "asked":
        drop_weekly(weekly, reason if reason != "card_refused" else "card_gone", by=by, now=now)
    db.session.flush()
    return mandate
