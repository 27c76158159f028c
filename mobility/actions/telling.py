"""One sentence to a person, in the outbox of the transaction that makes it true."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mobility import outbox
from mobility.catalogues import PoCatalogue, catalogue_of
from mobility.channels import MAIL, SMS, channel_for
from mobility.models import Beneficiary
from mobility.phones import say_phone
from mobility.queries.letterhead import platform_here
from mobility.signature import signature
from mobility.tongues import Spoken, joined, say
from mobility.two_tongues import mail_body, subject_line, text_body


def tell_person(person: Beneficiary, sentence: str, *, subject: str, now: datetime) -> str:
    """Send it the way they prefer; the channel taken, `CALL` when somebody has to say it."""
    channel = channel_for(person.contact_by, phone=person.phone, email=person.email)
    send_to(person, channel, sentence, subject=subject, now=now)
    return channel


def send_to(person: Beneficiary, channel: str, sentence: str, *, subject: str, now: datetime) -> int | None:
    """Send it by text or mail, and return its header in the outbox; None for a voice, or an address that is gone."""
    if channel == SMS and person.phone:
        return text_to(person, sentence, subject=subject, now=now)
    if channel == MAIL and person.email:
        return mail_to(person, [say("Bonjour %(name)s,", name=person.first_name), sentence], subject=subject, now=now)
    return None


def text_to(
    person: Beneficiary, sentence: str, *, subject: str, call: bool = True, now: datetime, not_before: datetime | None = None
) -> int:
    """Send it to their phone, by default with the number to `call`, in their tongue too where they asked for one (docs/adr/0030)."""
    platform = platform_here()
    number = say("Une question : %(phone)s.", phone=say_phone(platform.phone)) if call and platform.phone else None
    whole = joined(" ", (sentence, number)) if isinstance(sentence, Spoken) else " ".join(filter(None, (sentence, number)))
    body = text_body(platform.name, whole, tongue_of(person))
    assert person.phone
    return _post("sms", person.phone, person, subject=subject, body=body, now=now, not_before=not_before)


def mail_to(person: Beneficiary, paragraphs: Sequence[str], *, subject: str, now: datetime, not_before: datetime | None = None) -> int:
    """Send these paragraphs to their address, signed, in their tongue too where they asked for one."""
    platform, read = platform_here(), tongue_of(person)
    body = mail_body([*paragraphs, signature(platform.name, platform.phone)], read)
    assert person.email
    return _post("mail", person.email, person, subject=subject_line(subject, read), body=body, now=now, not_before=not_before)


def tongue_of(person: Beneficiary) -> PoCatalogue | None:
    """The tongue they asked to be written in beside French; None without one."""
    return catalogue_of(person.tongue) if person.tongue else None


def _post(channel: outbox.Channel, recipient: str, person: Beneficiary, **told: Any) -> int:
    return outbox.post(channel, recipient, beneficiary_id=person.id, **told).outbox_id
