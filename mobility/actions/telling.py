"""One sentence to a person, in the outbox of the transaction that makes it true."""

from datetime import datetime
from textwrap import shorten

from mobility import outbox
from mobility.channels import MAIL, SMS, channel_for
from mobility.models import Beneficiary
from mobility.phones import say_phone
from mobility.queries.letterhead import platform_here
from mobility.signature import signature
from mobility.sms import TEXT_MAX


def tell_person(person: Beneficiary, sentence: str, *, subject: str, now: datetime) -> str:
    """Send it the way they prefer; the channel taken, `CALL` when somebody has to say it."""
    channel = channel_for(person.contact_by, phone=person.phone, email=person.email)
    send_to(person, channel, sentence, subject=subject, now=now)
    return channel


def send_to(person: Beneficiary, channel: str, sentence: str, *, subject: str, now: datetime) -> int | None:
    """Send it by text or mail, and return its header in the outbox; None for a voice, or an address that is gone."""
    platform = platform_here()
    if channel == SMS and person.phone:
        call = f" Une question : {say_phone(platform.phone)}." if platform.phone else ""
        text = shorten(f"{platform.name} : {sentence}{call}", TEXT_MAX, placeholder=" …")
        return outbox.post("sms", person.phone, subject=subject, body=text, now=now, beneficiary_id=person.id).outbox_id
    if channel == MAIL and person.email:
        body = f"Bonjour {person.first_name},\n\n{sentence}\n\n{signature(platform.name, platform.phone)}\n"
        return outbox.post("mail", person.email, subject=subject, body=body, now=now, beneficiary_id=person.id).outbox_id
    return None
