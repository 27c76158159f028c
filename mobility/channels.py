"""How one sentence reaches a person: written the way they prefer, or said to them. Pure."""

import re

LONGEST_MAIL = 200
MAIL_PATTERN = r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\".]{2,}"  # of an address, wherever one is typed or taken in
SMS, MAIL, CALL = "sms", "mail", "call"
CHANNEL_WORDS = {SMS: "envoyé par SMS", MAIL: "envoyé par courriel", CALL: "à dire de vive voix"}


def channel_for(contact_by: str, *, phone: str | None, email: str | None) -> str:
    """The written way a person asked for, the other one when its address is missing; who asked for a voice is called."""
    reachable = [channel for channel, address in ((SMS, phone), (MAIL, email)) if address]
    if contact_by not in (SMS, MAIL) or not reachable:
        return CALL
    return contact_by if contact_by in reachable else reachable[0]


def reads_as_mail(text: str) -> bool:
    """Whether a text looks like a mail address that the house keeps."""
    return len(text) <= LONGEST_MAIL and re.fullmatch(MAIL_PATTERN, text) is not None
