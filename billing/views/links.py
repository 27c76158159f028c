"""A payment asked of its person: by card, its link as a QR on this screen, by mail or by text message; by transfer, its reference."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from flask import current_app, session, url_for

from billing.actions.card_holds import make_hold_link
from billing.actions.cards import make_pay_link
from billing.actions.saved_cards import make_card_link
from billing.means import MEANS_LABELS
from billing.models import BillingAccount, Deposit, Payment, SavedCard
from billing.payments import OPEN_CARD, STATUS_LABELS, STATUS_TONES
from billing.queries.payments import find_receipt_number
from mobility.actions.telling import mail_to, text_to
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.later import later
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.rights import Viewer
from mobility.tongues import capital, joined, say
from mobility.web.once import keep_no_answer

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What goes with a link: in one text message, or in a mail's paragraphs."""

    short: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """A link made: its address, its QR as an image in a data address, and to whom it was sent (nobody when shown)."""

    url: str
    qr: str
    sent_to: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A payment as the page that asked it shows it: its state in words, its receipt, its open card page's link and QR if shown here."""

    payment: Payment
    means: str
    state: str
    tone: str
    is_open_card: bool
    receipt_number: int | None
    url: str | None
    qr: str | None


FOR_YOU_ALONE = say("Ce lien est pour vous seul et dure sept jours.")
_SHOWN = "pay_link"


def find_asked(payment_id: int | None) -> Asked | None:
    """A payment taken or asked, as it stands now; None when there is none. Its link shows again in the browser it was shown in."""
    payment = db.session.get(Payment, payment_id) if payment_id is not None else None
    if payment is None:
        return None
    is_open_card = payment.means == "card" and payment.status in OPEN_CARD
    shown_id, url = session.get(_SHOWN, (None, None))
    url = url if is_open_card and shown_id == payment.id else None
    return Asked(
        payment=payment,
        means=MEANS_LABELS[payment.means],
        state=STATUS_LABELS[payment.status],
        tone=STATUS_TONES.get(payment.status, "waiting"),
        is_open_card=is_open_card,
        receipt_number=find_receipt_number(payment.id) if payment.status == "settled" else None,
        url=url,
        qr=_qr(url) if url else None,
    )


def show_link(payment_id: int, send: str, *, by: Viewer, now: datetime) -> HandedOver:
    """Hand a payment's link over, and let `find_asked` show it in this browser while it waits: only its hash is kept elsewhere."""
    handed = hand_over_link(payment_id, send, by=by, now=now)
    session[_SHOWN] = [payment_id, handed.url]
    return handed


def hand_over_link(payment_id: int, send: str, *, why: str = "", by: Viewer, now: datetime) -> HandedOver:
    """Make a payment's link and send it as chosen, `why` said first.

    Raises RuleBroken when the person has no such address, Conflict when nothing is open.
    """
    payment = db.session.get_one(Payment, payment_id)
    account = db.session.get_one(BillingAccount, payment.account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    return _hand_over(
        person,
        send,
        "card.link",
        partial(make_pay_link, payment_id, by=by, now=now),
        subject=say("Payer %(sum)s par carte", sum=euros(payment.cents)),
        words=lambda url: _words(payment, url, why),
        now=now,
    )


def hand_over_card_link(card_id: int, send: str, *, by: Viewer, now: datetime) -> HandedOver:
    """Make the link of the page where a card is left, and send it as chosen. Raises what `hand_over_link` raises."""
    card = db.session.get_one(SavedCard, card_id)
    account = db.session.get_one(BillingAccount, db.session.get_one(Deposit, card.deposit_id).account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    return _hand_over(
        person,
        send,
        "saved_cards.link",
        partial(make_card_link, card_id, by=by, now=now),
        subject=say("Enregistrer une carte pour votre caution"),
        words=lambda url: _card_words(card, url),
        now=now,
    )


def hand_over_hold_link(deposit_id: int, send: str, *, by: Viewer, now: datetime) -> HandedOver:
    """Make the link of the page where a hold is agreed to, and send it as chosen. Raises what `hand_over_link` raises."""
    deposit = db.session.get_one(Deposit, deposit_id)
    account = db.session.get_one(BillingAccount, deposit.account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    return _hand_over(
        person,
        send,
        "card_holds.link",
        partial(make_hold_link, deposit_id, by=by, now=now),
        subject=say("Une empreinte de carte pour votre caution"),
        words=lambda url: _hold_words(deposit.due_cents, url),
        now=now,
    )


def _hand_over(
    person: Beneficiary,
    send: str,
    endpoint: str,
    make: Callable[..., str],
    *,
    subject: str,
    words: Callable[[str], Words],
    now: datetime,
) -> HandedOver:
    """The link that `make` makes, as an address and its code, sent where it is to be; it stands in no answer that is kept."""
    address = _address(person, send)
    token = make(email=person.email if send == "mail" else None)
    keep_no_answer()
    url = current_app.extensions["settings"].public_url + url_for(endpoint, token=token)
    if address is not None:
        told = words(url)
        if send == "sms":
            text_to(person, told.short, subject=subject, now=now)
        else:
            mail_to(person, [say("Bonjour,"), *told.paragraphs], subject=subject, now=now)
    return HandedOver(url=url, qr=_qr(url), sent_to=address)


def _hold_words(cents: int, url: str) -> Words:
    told = {"sum": euros(cents), "url": url}
    return Words(
        short=say("réservez %(sum)s sur votre carte pour la caution, rien n’est débité. Lien pour sept jours : %(url)s", **told),
        paragraphs=(
            say(
                "Pour la caution de votre location, vous pouvez faire réserver %(sum)s sur votre carte au lieu de les verser :\n%(url)s",
                **told,
            ),
            joined(
                " ",
                (
                    say("Rien n’est débité aujourd’hui, et votre banque libère la somme au retour du véhicule."),
                    say("La page dit ce qui pourrait être gardé."),
                    FOR_YOU_ALONE,
                ),
            ),
        ),
    )


def _card_words(card: SavedCard, url: str) -> Words:
    told = {"sum": euros(card.most_cents), "url": url}
    return Words(
        short=say("enregistrez votre carte pour la caution, rien n’est débité. Lien pour sept jours : %(url)s", url=url),
        paragraphs=(
            say("Pour votre caution, vous pouvez enregistrer une carte au lieu de verser %(sum)s :\n%(url)s", **told),
            joined(
                " ",
                (
                    say("Rien n’est débité aujourd’hui."),
                    say("La page dit ce qui pourrait l’être, et quand la carte est oubliée."),
                    FOR_YOU_ALONE,
                ),
            ),
        ),
    )


def _words(payment: Payment, url: str, why: str) -> Words:
    told = {"sum": euros(payment.cents), "url": url}
    short = say("vous pouvez payer %(sum)s par carte, pendant sept jours : %(url)s", **told)
    whole = say("Vous pouvez payer %(sum)s par carte depuis votre téléphone :\n%(url)s", **told)
    return Words(
        short=joined(" ", (why, capital(short))) if why else short,
        paragraphs=(
            joined(" ", (why, whole)),
            joined(" ", (say("Référence : %(reference)s.", reference=payment.reference), FOR_YOU_ALONE)),
        ),
    )


def _qr(url: str) -> str:
    """Dark on white whatever the page's colours are: a telephone reads no other."""
    image: str = segno.make(url, error="m").svg_data_uri(scale=6, border=4, light="white")
    return image


def _address(person: Beneficiary, send: str) -> str | None:
    if send == "show":
        return None
    address = person.email if send == "mail" else person.phone
    if not address:
        missing = "d’adresse mail" if send == "mail" else "de numéro de téléphone"
        raise RuleBroken(f"Cette personne n’a pas {missing} : montrez-lui le code à l’écran.", field="send")
    return address
