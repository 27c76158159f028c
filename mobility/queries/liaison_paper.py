"""A liaison form as the paper that the structure keeps (mobility/documents/liaison_form.py)."""

from datetime import date, datetime, time

from mobility import codes, news
from mobility.criteria import say_situations
from mobility.documents.liaison_form import LiaisonFormPaper
from mobility.documents.papers import Fact, Person
from mobility.geo.places import say_km
from mobility.liaison import STATUSES
from mobility.liaison_papers import KINDS
from mobility.models import Job, LiaisonForm
from mobility.periods import instant_of, paris_day, say_day
from mobility.phones import say_phone
from mobility.queries.letterhead import letterhead
from mobility.queries.liaison import Line, find_job_of
from mobility.queries.liaison_papers import list_papers
from mobility.queries.timeline import answer_of
from mobility.steps import sentence
from mobility.work_hours import MONDAY_TO_FRIDAY, read_week, short_days

NOON = time(12)
SAID = {True: "oui", False: "non", None: "non précisé"}


def paper_of(line: Line) -> LiaisonFormPaper:
    """What the structure itself sent, and the answer once there is one; nothing that others gave about the person."""
    form, person, job = line.form, line.person, find_job_of(line.form.id)
    answer = answer_of(form)
    return LiaisonFormPaper(
        platform=letterhead(),
        number=form.number,
        received_at=form.sent_at or instant_of(form.received_on, NOON),
        structure=line.structure.name,
        referent=form.prescriber_name or "non précisé",
        referent_contact=news.address_of(form) or "non précisé",
        follows=_follows(form),
        person=Person(
            full_name=f"{person.first_name} {person.last_name}",
            born_on=person.birth_on,
            phone=say_phone(form.phone_given) if form.phone_given else None,
            email=form.email_given,
        ),
        need=need_of(form),
        reached=codes.CONTACTS.get(form.contact_given or ""),
        situation=_situation(form),
        job=_job(job) if job else (),
        job_starts_on=job.starts_on if job else None,
        status=f"Elle est {STATUSES[form.status].word}." if form.status != "met" else "La personne a été rencontrée.",
        agreed=_agreed(form),
        answer=sentence(answer, news.facts_of(form)) if answer else None,
    )


def need_of(form: LiaisonForm) -> str:
    """Why, and what is wished: "Un emploi. Souhait : une voiture."."""
    motive = codes.MOTIVES.get(form.motive, form.motive)
    wish = f" Souhait : {codes.WISHES[form.wish]}." if form.wish in codes.WISHES else ""
    return f"{motive[0].upper()}{motive[1:]}.{wish}"


def rsa_of(form: LiaisonForm) -> str:
    """What the form says of the RSA, and whether its sender saw the proof."""
    return "oui, justificatif vu et non gardé" if form.rsa_declared and form.rsa_seen else SAID[form.rsa_declared]


def licence_of(form: LiaisonForm) -> str:
    """The licence declared, and since when: "permis B, obtenu le 3 mars 2020"."""
    licence = codes.DECLARED_LICENCES.get(form.licence_declared or "", "non précisé")
    return f"{licence}, obtenu le {say_day(form.licence_on)}" if form.licence_on else licence


def _follows(form: LiaisonForm) -> tuple[Fact, ...]:
    """Who follows the person, when it is not who prescribes."""
    phone = say_phone(form.referent_phone) if form.referent_phone else None
    told = {"Suivi·e par": form.referent_name, "Son adresse": form.referent_email, "Son téléphone": phone}
    return tuple(Fact(label=label, value=value) for label, value in told.items() if value)


def _agreed(form: LiaisonForm) -> tuple[Fact, ...]:
    """Each agreement as it stands: given on a day, taken back, or never noted."""
    lines = [("Transmission à la plateforme, étapes suivies par la structure", form.consent_on, form.withdrawn_at)]
    if form.referent_name:
        lines.append((f"Étapes envoyées à {form.referent_name}", form.referent_consent_on, form.referent_withdrawn_at))
    return tuple(Fact(label=label, value=_say_agreed(given_on, withdrawn_at)) for label, given_on, withdrawn_at in lines)


def _say_agreed(given_on: date | None, withdrawn_at: datetime | None) -> str:
    if withdrawn_at is not None:
        return f"retiré le {say_day(paris_day(withdrawn_at))}"
    return f"donné le {say_day(given_on)}" if given_on else "non noté"


def _situation(form: LiaisonForm) -> tuple[Fact, ...]:
    return (
        Fact(label="Permis déclaré", value=licence_of(form)),
        Fact(label="Bénéficiaire du RSA", value=rsa_of(form)),
        Fact(label="Habite un quartier prioritaire", value=SAID[form.qpv_declared]),
        *([Fact(label="Situation", value=say_situations(form.situations))] if form.situations else []),
        *_papers(form),
    )


def _papers(form: LiaisonForm) -> tuple[Fact, ...]:
    """Each paper with the day its sender saw it."""
    return tuple(Fact(label=KINDS[row.kind], value=f"vu le {say_day(row.seen_on)}") for row in list_papers(form.id))


def days_of(job: Job) -> str | None:
    """The days worked where the form told them; Monday to Friday by default is nobody's word."""
    return short_days(job.weekdays) if read_week(job.hours) or job.weekdays != MONDAY_TO_FRIDAY else None


def _job(job: Job) -> tuple[Fact, ...]:
    told = {
        "Type": codes.JOB_KINDS.get(job.kind, job.kind),
        "Employeur ou organisme": job.employer,
        "Lieu": job.place,
        "Jours": days_of(job),
        "Horaires": job.hours,
        "Trajet aller": say_km(job.one_way_tenths / 10) if job.one_way_tenths else None,
    }
    return tuple(Fact(label=label, value=value) for label, value in told.items() if value)
