"""People: entering and mending what is known of them, the papers seen, their job."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from mobility import audit, numbers
from mobility.codes import CONTACTS, JOB_KINDS, SEXES
from mobility.db import Kept, db, read_once
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.merging import check_open
from mobility.models import Beneficiary, Document, Job
from mobility.names import check_birth, identity_key, search_key
from mobility.papers import MEMBERSHIP, PAPER_KINDS
from mobility.periods import check_order, paris_day
from mobility.queries.people import find_same, get_job
from mobility.rights import Viewer
from mobility.work_hours import worked_days

FIELDS = ("first_name", "last_name", "birth_on", "sex", "phone", "email", "contact_by", "address", "postcode", "commune", "lat", "lon")


class AlreadyKnown(Conflict):
    """Somebody of the same name, first name and date of birth has a file; `beneficiary_id` says which."""

    def __init__(self, known: Beneficiary) -> None:
        super().__init__(f"Cette personne a déjà un dossier : {known.first_name} {known.last_name}, {known.number}.", field="last_name")
        self.beneficiary_id = known.id


_LOCKED = Kept(
    select(Beneficiary).filter(Beneficiary.id == bindparam("beneficiary_id")).with_for_update().execution_options(populate_existing=True)
)


def lock_beneficiary(beneficiary_id: int) -> Beneficiary:
    """The person, locked until the commit: the first lock of every write about them.

    Raises NotFound, Conflict once they are erased or their file is one with another.
    """
    found = read_once(None, ("locked", beneficiary_id), lambda: _LOCKED(beneficiary_id=beneficiary_id).scalar())
    if found is None:
        raise NotFound
    check_written_in(found)
    return found


def check_written_in(person: Beneficiary) -> None:
    """Raises Conflict when nothing is written in this person's file any more."""
    into = None if person.merged_into_id is None else db.session.get_one(Beneficiary, person.merged_into_id).number
    check_open(person, into)


def register_beneficiary(
    *,
    first_name: str,
    last_name: str,
    birth_on: date | None = None,
    sex: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    contact_by: str = "phone",
    address: str | None = None,
    postcode: str | None = None,
    commune: str | None = None,
    lat: float | None = None,
    lon: float | None = None,
    by: Viewer,
    now: datetime,
) -> Beneficiary:
    """Open a person's file under the next pseudonym "P-00001"; `phone` in E.164. Raises AlreadyKnown, RuleBroken."""
    person = Beneficiary(
        first_name=first_name,
        last_name=last_name,
        birth_on=birth_on,
        sex=sex,
        phone=phone,
        email=email,
        contact_by=contact_by,
        address=address,
        postcode=postcode,
        commune=commune,
        lat=lat,
        lon=lon,
        created_at=now,
        last_contact_at=now,
    )
    _check(person, paris_day(now))
    # The counter's row stays locked until the commit: two forms about one person, sent at once, meet here and open one file.
    person.number = f"P-{numbers.take('beneficiary'):05d}"
    known = find_same(person.identity_key)
    if known is not None:
        raise AlreadyKnown(known)
    db.session.add(person)
    audit.record("register_beneficiary", person, by=by, now=now, subject=person)
    return person


def update_beneficiary(beneficiary_id: int, *, by: Viewer, now: datetime, **fields: Any) -> Beneficiary:
    """Change some of FIELDS. Raises NotFound, AlreadyKnown, RuleBroken; KeyError for a field that is not the person's."""
    if unknown := set(fields) - set(FIELDS):
        raise KeyError(*unknown)
    person = lock_beneficiary(beneficiary_id)
    with db.session.no_autoflush:
        for name, value in fields.items():
            setattr(person, name, value)
        _check(person, paris_day(now))
        known = find_same(person.identity_key)
    if known is not None and known.id != person.id:
        raise AlreadyKnown(known)
    audit.record("update_beneficiary", person, by=by, now=now, subject=person)
    return person


def see_document(
    beneficiary_id: int,
    *,
    kind: str,
    issued_on: date | None = None,
    valid_until: date | None = None,
    category: str | None = None,
    restriction: str | None = None,
    outside_eu: bool = False,
    resident_since_on: date | None = None,
    by: Viewer,
    now: datetime,
) -> Document:
    """Note a paper seen and not kept: which, when, by whom (domain.md §9 "Documents"). Raises NotFound, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    if kind not in PAPER_KINDS:
        raise RuleBroken("Choisissez un document de la liste.", field="kind")
    document = Document(
        beneficiary_id=person.id,
        kind=kind,
        category=category,
        restriction=restriction,
        issued_on=issued_on,
        valid_until=valid_until,
        outside_eu=outside_eu,
        resident_since_on=resident_since_on,
        seen_at=now,
        seen_by=by.account_id,
    )
    _check_document(document, paris_day(now))
    db.session.add(document)
    audit.record("see_document", document, by=by, now=now, subject=person)
    return document


def record_job(
    beneficiary_id: int,
    *,
    kind: str,
    employer: str | None = None,
    place: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    hours: str | None = None,
    one_way_tenths: int | None = None,
    weekdays: int | None = None,
    liaison_form_id: int | None = None,
    job_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> Job:
    """Note a job, a promise or a training, or tell `job_id` anew; tenths of a kilometre one way, a bit a weekday from Monday.

    Raises NotFound, RuleBroken.
    """
    person = lock_beneficiary(beneficiary_id)
    if kind not in JOB_KINDS:
        raise RuleBroken("Choisissez un type d’emploi de la liste.", field="kind")
    check_order(starts_on, ends_on, sentence="La fin du contrat précède son début.", field="ends_on")
    job = Job(beneficiary_id=person.id, liaison_form_id=liaison_form_id) if job_id is None else get_job(job_id, person.id)
    job.kind, job.employer, job.place, job.hours = kind, employer, place, hours
    job.starts_on, job.ends_on, job.one_way_tenths = starts_on, ends_on, one_way_tenths
    job.weekdays = worked_days(hours) if weekdays is None else weekdays
    db.session.add(job)
    audit.record("record_job", job, by=by, now=now, subject=person)
    return job


def declare_without_bank(beneficiary_id: int, on: date, by: Viewer, now: datetime) -> Beneficiary:
    """Note the day a person declared to have no bank account: cash stays allowed (domain.md §9 "Cash"). Raises NotFound, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    if on > paris_day(now):
        raise RuleBroken("Cette déclaration est dans le futur.", field="on")
    person.without_bank_declared_on = on
    audit.record("declare_without_bank", person, by=by, now=now, subject=person)
    return person


def _check(person: Beneficiary, today: date) -> None:
    """Raises RuleBroken; fills the two keys."""
    if person.birth_on is not None:
        check_birth(person.birth_on, today)
    if person.sex is not None and person.sex not in SEXES:
        raise RuleBroken("Choisissez une des réponses proposées.", field="sex")
    if person.contact_by not in CONTACTS:
        raise RuleBroken("Choisissez une des façons proposées de joindre la personne.", field="contact_by")
    fill_keys(person)


def fill_keys(person: Beneficiary) -> None:
    """What a person is searched and recognised by, after their name or their date of birth changed."""
    person.search_key = search_key(person.first_name, person.last_name)
    person.identity_key = identity_key(person.first_name, person.last_name, person.birth_on)


def _check_document(document: Document, today: date) -> None:
    if document.issued_on is not None and document.issued_on > today:
        raise RuleBroken("Ce document porte une date à venir.", field="issued_on")
    check_order(document.issued_on, document.valid_until, sentence="La fin de validité précède la date du document.", field="valid_until")
    if document.kind == "licence" and (document.category is None or document.issued_on is None):
        missing = "category" if document.category is None else "issued_on"
        raise RuleBroken("Pour un permis, notez la catégorie et le jour où elle a été obtenue.", field=missing)
    if document.kind == MEMBERSHIP and document.valid_until is None:  # without its last day it would open no booking
        raise RuleBroken("Pour une adhésion, notez jusqu’à quel jour elle vaut.", field="valid_until")
