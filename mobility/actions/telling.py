"""One sentence to a person, in the outbox of the transaction that makes it true."""

from datetime import datetime
from textwrap import shorten

from mobility import outbox
from mobility.channels import CALL, MAIL, SMS, channel_for
from mobility.models import Beneficiary
from mobility.phones import say_phone
from mobility.queries.letterhead import platform_here
from mobility.signature import signature
from mobility.sms import TEXT_MAX


def tell_person(person: Beneficiary, sentence: str, *, subject: str, now: datetime) -> str:
    """Send it the way they prefer; the channel taken, `CALL` when somebody has to say it."""
    channel = channel_for(person.contact_by, phone=person.phone, email=person.email)
    platform = platform_here()
    if channel == SMS:
        assert person.phone
        call = f" Une question : {say_phone(platform.phone)}." if platform.phone else ""
        text = shorten(f"{platform.name} : {sentence}{call}", TEXT_MAX, placeholder=" …")
        outbox.post("sms", person.phone, subject=subject, body=text, now=now, beneficiary_id=person.id)
    elif channel == MAIL:
        assert person.email
        body = f"Bonjour {person.first_name},\n\n{sentence}\n\n{signature(platform.name, platform.phone)}\n"
        outbox.post("mail", person.email, subject=subject, body=body, now=now, beneficiary_id=person.id)
    else:
        assert channel == CALL
    return channel
