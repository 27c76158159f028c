"""Liaison forms: sent, met, answered, closed; the prescriber is told at each step (domain.md §2.1)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from mobility import audit, news, numbers
from mobility.actions.liaison_drafts import erase_sent
from mobility.actions.people import AlreadyKnown, lock_beneficiary, record_job, register_beneficiary
from mobility.actions.structures import pick_structure
from mobility.actions.telling import tell_person
from mobility.codes import MOTIVES, OTHER_OFFERS, REFUSALS
from mobility.criteria import in_order
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.liaison import ACCEPTED, CLOSED, MET, REDIRECTED, REFUSED, check_licence_day, check_met_on, check_step
from mobility.models import Account, Beneficiary, LiaisonForm
from mobility.names import identity_key
from mobility.periods import paris_day
from mobility.queries.people import find_same
from mobility.rights import Role, Viewer
from mobility.steps import Step, to_the_person
from mobility.tongues import say

GIVEN = {"phone": "phone", "email": "email", "contact": "contact_by"}  # of the person, kept as the form gives them


def send_liaison_form(
    *,
    person: Mapping[str, Any],
    motive: str,
    consent: bool,
    structure_id: int | None = None,
    job: Mapping[str, Any] | None = None,
    wish: str | None = None,
    licence_declared: str | None = None,
    licence_on: date | None = None,
    rsa_declared: bool | None = None,
    rsa_seen: bool | None = None,
    qpv_declared: bool | None = None,
    situations: Collection[str] | None = None,
    prescriber_name: str | None = None,
    prescriber_email: str | None = None,
    referent: Mapping[str, Any] | None = None,
    draft_key: str | None = None,
    by: Viewer,
    now: datetime,
) -> LiaisonForm:
    """Take a prescription, also before a job exists, give it its number "FL-2026-0001" and tell the prescriber.

    `person` holds the arguments of register_beneficiary, `job` those of record_job. Somebody already known is recognised and their
    file left as it is: what the form says otherwise stays on the form. `referent` (name, email, phone, consent) follows the person when
    it is not the sender. The draft of `draft_key` is gone. Raises RuleBroken, NotFound.
    """
    structure = pick_structure(structure_id, by=by, now=now)
    _check_asked(motive, consent)
    check_licence_day(licence_declared, licence_on, born_on=person.get("birth_on"), today=paris_day(now))
    found = _person(person, by=by, now=now)
    form = LiaisonForm(
        **_received(paris_day(now)),
        beneficiary_id=found.id,
        structure_id=structure.id,
        sent_at=now,
        **{"motive": motive, "wish": wish, "draft_key": draft_key},
        **{"licence_declared": licence_declared, "licence_on": licence_on, "qpv_declared": qpv_declared},
        situations=in_order(situations or ()) or None,
        **{"rsa_declared": rsa_declared, "rsa_seen": rsa_seen if rsa_declared else None},
        **_sender(by, prescriber_name, prescriber_email),
        **_referent(referent, paris_day(now)),
        **{f"{name}_given": person.get(key) for name, key in GIVEN.items()},
    )
    db.session.add(form)
    audit.record("send_liaison_form", form, by=by, now=now, subject=found)
    if job is not None:
        record_job(found.id, **job, liaison_form_id=form.id, by=by, now=now)
    erase_sent(draft_key, by=by, now=now)
    _tell(form, found, Step.RECEIVED, now=now)
    return form


def meet(form_id: int, *, met_on: date, by: Viewer, now: datetime) -> LiaisonForm:
    """Note the day the person was met. Raises NotFound, NotNow, RuleBroken on `met_on`."""
    form, person = _locked(form_id, MET)
    check_met_on(met_on, received_on=form.received_on, today=paris_day(now))
    form.met_on = met_on
    person.last_contact_at = now
    return _step(form, person, MET, Step.MET, by=by, now=now)


def accept(form_id: int, *, by: Viewer, now: datetime) -> LiaisonForm:
    """Take the person in. Raises NotFound, NotNow (meet first)."""
    form, person = _locked(form_id, ACCEPTED)
    _sign(form, by=by, now=now)
    return _step(form, person, ACCEPTED, Step.ACCEPTED, by=by, now=now)


def redirect_elsewhere(form_id: int, *, other_offer: str, by: Viewer, now: datetime) -> LiaisonForm:
    """Direct the person to another offer, coded. Raises NotFound, NotNow, RuleBroken."""
    form, person = _locked(form_id, REDIRECTED)
    form.other_offer = _offer(other_offer)
    _sign(form, by=by, now=now)
    return _step(form, person, REDIRECTED, Step.REDIRECTED, by=by, now=now)


def refuse(form_id: int, *, reason: str, other_offer: str, by: Viewer, now: datetime) -> LiaisonForm:
    """Say no with a coded reason and, always, another offer. Raises NotFound, NotNow, RuleBroken."""
    form, person = _locked(form_id, REFUSED)
    if reason not in REFUSALS:
        raise RuleBroken("Choisissez la raison du refus : la structure en a besoin.", field="reason")
    form.reason, form.other_offer = reason, _offer(other_offer)
    _sign(form, by=by, now=now)
    return _step(form, person, REFUSED, Step.REFUSED, by=by, now=now)


def close(form_id: int, *, by: Viewer, now: datetime) -> LiaisonForm:
    """Close an answered form; nobody is mailed, the answer was told. Raises NotFound, NotNow."""
    form, person = _locked(form_id, CLOSED)
    form.status, form.closed_on = CLOSED, paris_day(now)
    audit.record("close_liaison_form", form, by=by, now=now, subject=person)
    return form


def _check_asked(motive: str, consent: bool) -> None:
    if not consent:
        raise RuleBroken("L’accord de la personne est nécessaire pour nous transmettre sa demande.", field="consent")
    if motive not in MOTIVES:
        raise RuleBroken("Choisissez une des raisons proposées.", field="motive")


def _received(today: date) -> dict[str, Any]:
    """The form's number and its days: what came today was agreed to today."""
    number = f"FL-{today.year}-{numbers.take('liaison_form', today.year):04d}"
    return {"number": number, "received_on": today, "consent_on": today}


def _person(given: Mapping[str, Any], *, by: Viewer, now: datetime) -> Beneficiary:
    """The person of a form: recognised, or entered."""
    known = find_same(identity_key(given["first_name"], given["last_name"], given.get("birth_on")))
    if known is None:
        try:
            return register_beneficiary(**given, by=by, now=now)
        except AlreadyKnown as meanwhile:  # another form about them was sent at this very moment
            return lock_beneficiary(meanwhile.beneficiary_id)
    known = lock_beneficiary(known.id)
    known.last_contact_at = now
    return known


def _locked(form_id: int, wanted: str) -> tuple[LiaisonForm, Beneficiary]:
    """The form and its person, both locked, when the form may take the wanted step."""
    form = db.session.scalar(select(LiaisonForm).filter(LiaisonForm.id == form_id))
    if form is None:
        raise NotFound
    person = lock_beneficiary(form.beneficiary_id)
    db.session.refresh(form)
    check_step(form.status, wanted)
    return form, person


def _sign(form: LiaisonForm, *, by: Viewer, now: datetime) -> None:
    form.decided_at, form.decided_by = now, by.account_id


def _step(form: LiaisonForm, person: Beneficiary, status: str, step: Step, *, by: Viewer, now: datetime) -> LiaisonForm:
    form.status = status
    audit.record(f"{step}_liaison_form", form, by=by, now=now, subject=person)
    _tell(form, person, step, now=now)
    return form


def _tell(form: LiaisonForm, person: Beneficiary, step: Step, *, now: datetime) -> None:
    """Each in their own voice: who prescribes, who follows the person, and the person the way they prefer."""
    news.tell(form, step, now=now)
    said = to_the_person(step, news.facts_of(form))
    if said is not None:
        tell_person(person, said, subject=say("Votre demande de mobilité"), now=now)


def _offer(code: str) -> str:
    if code not in OTHER_OFFERS:
        raise RuleBroken(
            "Choisissez ce que vous proposez à la place : un refus sans autre piste laisse la personne seule.", field="other_offer"
        )
    return code


def _sender(by: Viewer, name: str | None, email: str | None) -> dict[str, Any]:
    """Who prescribes: the prescriber's own account, or whom the adviser names on a paper form."""
    if not by.may(Role.PRESCRIBER):
        return {"prescriber_name": name, "prescriber_email": email}
    account = db.session.get(Account, by.account_id) if by.account_id else None
    own_email = account.email if account else None
    return {"prescriber_account_id": by.account_id, "prescriber_name": name or by.name, "prescriber_email": own_email or email}


def _referent(given: Mapping[str, Any] | None, today: date) -> dict[str, Any]:
    """Who follows the person; what they are told, the person agrees to apart. Raises RuleBroken on `referent_name`."""
    if given is None:
        return {}
    if not given.get("name"):
        raise RuleBroken("Donnez le nom de qui suit la personne.", field="referent_name")
    told = {f"referent_{name}": given.get(name) for name in ("name", "email", "phone")}
    return told | {"referent_consent_on": today if given.get("consent") else None}
