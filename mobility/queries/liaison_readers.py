"""Whom an answer to a liaison form reaches, and how: read before it leaves."""

from mobility.channels import CALL, CHANNEL_WORDS, channel_for
from mobility.codes import THROUGH_THEM
from mobility.news import address_of, facts_of, referent_address
from mobility.queries.liaison import Line


def readers_of(line: Line) -> list[str]:
    """Each reader in words: "Mission locale, par courriel", "Hector Vaubrun, par courriel", "Nadia : à dire de vive voix"."""
    form, person = line.form, line.person
    writes_to_sender = form.withdrawn_at is None and address_of(form) is not None
    readers = [f"{form.prescriber_name or line.structure.name}, par courriel"] if writes_to_sender else []
    if referent_address(form):
        readers.append(f"{form.referent_name}, par courriel")
    return [*readers, f"{person.first_name} : {_how(line, writes_to_sender=writes_to_sender)}"]


def _how(line: Line, *, writes_to_sender: bool) -> str:
    """The person's own way; who asked for it through their prescriber is told by them, or by us when nothing goes there."""
    person = line.person
    if writes_to_sender and facts_of(line.form).passes_on:
        return "transmis par qui prescrit, à sa demande"
    channel = channel_for(person.contact_by, phone=person.phone, email=person.email)
    said = CHANNEL_WORDS[channel]
    return f"{said}, personne d’autre ne peut le transmettre" if channel == CALL and person.contact_by == THROUGH_THEM else said
