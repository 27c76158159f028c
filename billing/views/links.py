"""The link of a card payment on its way to the person: a QR on this screen, a mail, a text message."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app, url_for

from billing.actions.cards import make_pay_link
from billing.models import BillingAccount, Payment
from mobility import outbox
from mobility.db import db, platform_id
from mobility.errors import RuleBroken
from mobility.later import later
from mobility.models import Beneficiary, Platform
from mobility.money import euros
from mobility.phones import say_phone
from mobility.rights import Viewer
from mobility.signature import signature

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """A link made: its address, its QR as an image in a data address, and to whom it was sent (nobody when shown)."""

    url: str
    qr: str
    sent_to: str | None


def hand_over_link(payment_id: int, send: str, *, by: Viewer, now: datetime) -> HandedOver:
    """Make a payment's link and send it as chosen. Raises RuleBroken when the person has no such address, Conflict when nothing is open."""
    payment = db.session.get_one(Payment, payment_id)
    account = db.session.get_one(BillingAccount, payment.account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    address = _address(person, send)
    token = make_pay_link(payment_id, email=person.email if send == "mail" else None, by=by, now=now)
    url = current_app.extensions["settings"].public_url + url_for("card.link", token=token)
    if address is not None:
        outbox.post(
            "sms" if send == "sms" else "mail",
            address,
            subject=f"Payer {euros(payment.cents)} par carte",
            body=_words(payment, url, send),
            now=now,
            beneficiary_id=person.id,
        )
    return HandedOver(url=url, qr=segno.make(url, error="m").svg_data_uri(scale=6, border=2), sent_to=address)


def _address(person: Beneficiary, send: str) -> str | None:
    if send == "show":
        return None
    address = person.email if send == "mail" else person.phone
    if not address:
        missing = "d’adresse mail" if send == "mail" else "de numéro de téléphone"
        raise RuleBroken(f"Cette personne n’a pas {missing} : montrez-lui le code à l’écran.", field="send")
    return address


def _words(payment: Payment, url: str, send: str) -> str:
    platform = db.session.get_one(Platform, platform_id())
    if send == "sms":
        call = f" Une question : {say_phone(platform.phone)}." if platform.phone else ""
        return f"{platform.name} : vous pouvez payer {euros(payment.cents)} par carte, pendant sept jours : {url}{call}"
    return (
        f"Bonjour,\n\nVous pouvez payer {euros(payment.cents)} par carte depuis votre téléphone :\n{url}\n\n"
        f"Référence : {payment.reference}. "
        f"Ce lien est pour vous seul et dure sept jours.\n\n{signature(platform.name, platform.phone)}\n"
    )
