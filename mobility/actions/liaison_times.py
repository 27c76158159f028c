"""A liaison form does not wait in silence: the platform is told when it is late, and one that nobody takes up expires with a word."""

from datetime import datetime

from mobility import audit, news, outbox, practice
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import tell_person
from mobility.addresses import page_address
from mobility.db import db, platform_id
from mobility.liaison import ACCEPTED, EXPIRED, EXPIRY_DAYS, MET, RECEIVED, is_past, waiting_days
from mobility.models import Beneficiary, LiaisonForm
from mobility.periods import paris_day
from mobility.queries.letterhead import platform_here
from mobility.queries.liaison import FORMS, is_late, list_unanswered, waits_since
from mobility.rights import house
from mobility.signature import signature
from mobility.steps import Step, to_the_person
from mobility.tongues import say


def keep_time(*, now: datetime) -> None:
    """The daily job: what is too old expires, then the platform is told of what is late; each form once, however often it runs."""
    for form in list_unanswered():
        if _is_over(form, now):
            _expire(form, now=now)
    late = [form for form in list_unanswered() if form.late_told_on is None and is_late(form, paris_day(now))]
    _tell_platform(late, now=now)


def _is_over(form: LiaisonForm, now: datetime) -> bool:
    """Whether nobody took it up within the days that held when it came."""
    since_on = waits_since(form)
    limit: int = practice.value_on(EXPIRY_DAYS.key, since_on)
    return form.status == RECEIVED and is_past(waiting_days(since_on, paris_day(now)), limit)


def _expire(form: LiaisonForm, *, now: datetime) -> None:
    person = lock_beneficiary(form.beneficiary_id)
    db.session.refresh(form)
    if form.status != RECEIVED:  # met at this very moment
        return
    form.status, form.expired_on = EXPIRED, paris_day(now)
    audit.record("expire_liaison_form", form, by=house(platform_id()), now=now, subject=person)
    news.tell(form, Step.EXPIRED, now=now)
    if not _is_followed(person):
        said = to_the_person(Step.EXPIRED, news.facts_of(form))
        assert said
        tell_person(person, said, subject=say("Votre demande de mobilité"), now=now)


def _is_followed(person: Beneficiary) -> bool:
    """Whether another form of theirs is taken up: they would not know which one is meant."""
    return any(sent.status in (MET, ACCEPTED) for sent in FORMS(person.id))


def _tell_platform(late: list[LiaisonForm], *, now: datetime) -> None:
    """One mail to the platform's own address for all that is newly late: numbers and links, no name."""
    platform = platform_here()
    if not late or not platform.email:
        return
    for form in late:
        form.late_told_on = paris_day(now)
        audit.record("tell_late_liaison_form", form, by=house(platform_id()), now=now)
    lines = "\n".join(f"{form.number} : {page_address(platform.slug, f'liaison-forms/{form.id}')}" for form in late)
    one = len(late) == 1
    subject = "Une fiche de liaison attend une réponse" if one else f"{len(late)} fiches de liaison attendent une réponse"
    said = f"{subject}, et {'son prescripteur' if one else 'leurs prescripteurs'} aussi :"
    body = f"Bonjour,\n\n{said}\n{lines}\n\n{signature(platform.name, platform.phone)}\n"
    outbox.post("mail", platform.email, subject=subject, body=body, now=now)
