"""How one sentence reaches a person: written the way they prefer, or said to them. Pure."""

SMS, MAIL, CALL = "sms", "mail", "call"
CHANNEL_WORDS = {SMS: "envoyé par SMS", MAIL: "envoyé par courriel", CALL: "à dire de vive voix"}


def channel_for(contact_by: str, *, phone: str | None, email: str | None) -> str:
    """The written way a person asked for, the other one when its address is missing; who asked for a voice is called."""
    reachable = [channel for channel, address in ((SMS, phone), (MAIL, email)) if address]
    if contact_by not in (SMS, MAIL) or not reachable:
        return CALL
    return contact_by if contact_by in reachable else reachable[0]
