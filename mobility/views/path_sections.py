"""A person's file, section by section: identity, path, appointments, job, papers; and one's own path."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import url_for

from mobility import codes
from mobility.clock import now
from mobility.geo.places import say_km
from mobility.liaison import STATUSES
from mobility.models import Action, Beneficiary, FileMerge, Job, Meeting
from mobility.news import referent_address, referent_of
from mobility.papers import PAPER_KINDS, SOON_DAYS, last_good_day
from mobility.periods import age_on, paris_day, say_day, say_moment
from mobility.phones import say_phone
from mobility.queries.liaison import list_forms_of
from mobility.queries.likeness import Alike, list_alike
from mobility.queries.merges import list_merges_into
from mobility.queries.paths import list_actions, list_meetings
from mobility.queries.people import current_job, get_beneficiary, list_documents
from mobility.rights import Role, Viewer
from mobility.slots import Line, Section
from mobility.tongues import capital, say
from mobility.work_hours import short_days

ADVISERS = (Role.ADVISER, Role.MANAGER)


def sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """A person's file: identity, path, job, papers, appointments."""
    if not viewer.may(*ADVISERS):
        return
    person = get_beneficiary(beneficiary_id, viewer)
    if found := list_alike(person):
        yield _alike(person, found)
    if merged := list_merges_into(person.id):
        yield _merged(person, merged)
    yield _identity(person, today)
    yield _path(person, viewer)
    yield _job(person, current_job(person.id, today))
    yield _papers(person, today)
    yield _meetings(person)


def own_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """One's own path, in few words."""
    actions = list_actions(beneficiary_id)
    yield Section(
        order=60,
        key="path",
        title=say("Mon parcours"),
        icon="signpost-split",
        lines=tuple(_action_line(action) for action in actions),
        empty=say("Votre parcours commence avec le premier rendez-vous."),
    )


def _alike(person: Beneficiary, found: list[Alike]) -> Section:
    here = url_for("likeness.show", beneficiary_id=person.id)
    return Section(
        order=5,
        key="likeness",
        title="Peut-être déjà connu·e",
        icon="people",
        lines=tuple(
            Line(
                text=f"{alike.person.first_name} {alike.person.last_name}, {alike.person.number}",
                detail=" ; ".join(alike.reasons),
                href=here,
                tone="near",
                act="Décider",
            )
            for alike in found
        ),
    )


def _merged(person: Beneficiary, merged: Sequence[tuple[FileMerge, Beneficiary]]) -> Section:
    here = url_for("merges.index", beneficiary_id=person.id)
    return Section(
        order=95,
        key="merges",
        title="Dossiers réunis",
        icon="people",
        lines=tuple(
            Line(
                text=f"{other.first_name} {other.last_name}, {other.number}",
                detail=f"réuni avec ce dossier le {say_day(paris_day(merge.merged_at))}",
                href=here,
                act="Voir",
            )
            for merge, other in merged
        ),
    )


def _identity(person: Beneficiary, today: date) -> Section:
    born = f"{say_day(person.birth_on)} ({age_on(person.birth_on, today)} ans)" if person.birth_on else "non connue"
    address = ", ".join(part for part in (person.address, f"{person.postcode or ''} {person.commune or ''}".strip()) if part)
    facts = [("Née ou né le", born), ("Adresse", address or "non connue"), ("À joindre", _say_contact(person))]
    if person.without_bank_declared_on:
        facts.append(("Sans compte bancaire", f"déclaré le {say_day(person.without_bank_declared_on)}"))
    return Section(
        order=10,
        key="identity",
        title="Identité et contact",
        icon="person",
        facts=tuple(facts),
        acts=(
            Line(text="Modifier", href=url_for("people.edit", beneficiary_id=person.id)),
            Line(text="Déclaration sans compte bancaire", href=url_for("people.without_bank_page", beneficiary_id=person.id)),
        ),
    )


def _say_contact(person: Beneficiary) -> str:
    """How they asked to be reached; through whom, and where, when it is through the structure that follows them."""
    said = codes.CONTACTS[person.contact_by]
    sent = referent_of(person.id) if person.contact_by == codes.THROUGH_THEM else None
    if sent is None or sent.withdrawn_at is not None:
        return said
    if sent.referent_name and referent_address(sent):
        who = (sent.referent_name, say_phone(sent.referent_phone) if sent.referent_phone else None, sent.referent_email)
    else:
        who = (sent.prescriber_name or sent.structure, None, sent.address)
    return f"{said} : {', '.join(part for part in who if part)}"


def _path(person: Beneficiary, viewer: Viewer) -> Section:
    forms = [
        Line(
            text=f"Fiche {line.form.number}",
            detail=f"{line.structure.name}, reçue le {say_day(line.form.received_on)}",
            href=url_for("liaison.show", form_id=line.form.id),
            state=STATUSES[line.form.status].word,
            tone=STATUSES[line.form.status].tone,
        )
        for line in list_forms_of(person.id, viewer)
    ]
    actions = [_action_line(action, to_end=action.kind not in codes.RENTALS) for action in list_actions(person.id)]
    return Section(
        order=20,
        key="path",
        title="Parcours",
        icon="signpost-split",
        lines=(*forms, *actions),
        empty="Ni fiche de liaison ni action pour le moment.",
        acts=(Line(text="Commencer une action", href=url_for("paths.action", beneficiary_id=person.id)),),
    )


def _job(person: Beneficiary, job: Job | None) -> Section:
    acts = [Line(text="Noter un autre emploi" if job else "Noter un emploi", href=url_for("paths.job", beneficiary_id=person.id))]
    if job is not None:
        acts.insert(0, Line(text="Compléter", href=url_for("paths.job", beneficiary_id=person.id, job_id=job.id)))
    empty = "Pas encore d’emploi ni de formation."
    return Section(order=30, key="job", title="Emploi", icon="briefcase", facts=_job_facts(job), acts=tuple(acts), empty=empty)


def _job_facts(job: Job | None) -> tuple[tuple[str, str], ...]:
    if job is None:
        return ()
    told = {
        "Type": codes.JOB_KINDS[job.kind],
        "Chez": job.employer,
        "Lieu": job.place,
        "Du": say_day(job.starts_on) if job.starts_on else None,
        "Au": say_day(job.ends_on) if job.ends_on else None,
        "Jours": short_days(job.weekdays),
        "Horaires": job.hours,
        "Aller simple": say_km(job.one_way_tenths / 10) if job.one_way_tenths else None,
    }
    return tuple((label, value) for label, value in told.items() if value)


def _papers(person: Beneficiary, today: date) -> Section:
    newest = {document.kind: document for document in reversed(list_documents(person.id))}
    lines = []
    for document in newest.values():
        kind = PAPER_KINDS[document.kind]
        last = last_good_day(document.kind, document.issued_on, document.valid_until)
        state, tone = paper_state(last, today)
        category = f" {document.category}" if document.category else ""
        code = ", boîte automatique (code 78)" if document.restriction else ""
        href = url_for("paths.document", beneficiary_id=person.id, kind=document.kind)
        text = f"{kind.name[0].upper()}{kind.name[1:]}{category}{code}"
        lines.append(Line(text=text, detail=f"vu le {say_moment(document.seen_at)}", state=state, tone=tone, href=href, act="Revoir"))
    act = Line(text="Noter un document vu", href=url_for("paths.document", beneficiary_id=person.id))
    empty = "Aucun document vu. Un document est vu, jamais gardé."
    return Section(order=40, key="papers", title="Documents vus", icon="file-earmark-text", lines=tuple(lines), acts=(act,), empty=empty)


def paper_state(last: date | None, today: date) -> tuple[str, str]:
    """The word and the tone of a paper whose last good day is this one."""
    if last is None:
        return "vu", "fine"
    days = (last - today).days
    if days < 0:
        return f"trop ancien depuis le {say_day(last)}", "over"
    return f"jusqu’au {say_day(last)}", "near" if days <= SOON_DAYS else "fine"


def _meetings(person: Beneficiary) -> Section:
    meetings = [meeting for meeting in list_meetings(person.id) if meeting.cancelled_at is None]
    lines = tuple(_meeting_line(meeting) for meeting in meetings)
    acts = (
        Line(text="Noter un rendez-vous", href=url_for("paths.meeting", beneficiary_id=person.id)),
        Line(text="Ateliers", href=url_for("workshops.ask", beneficiary_id=person.id)),
    )
    return Section(order=25, key="meetings", title="Rendez-vous", icon="calendar-check", lines=lines, acts=acts, empty="Aucun rendez-vous.")


def attendance_of(meeting: Meeting) -> tuple[str, str] | None:
    """Whether the person came, in words with their tone; None while nobody has said."""
    if meeting.held_at is not None:
        return ("venu·e en retard", "near") if meeting.came_late else ("tenu", "fine")
    return ("absent·e", "over") if meeting.missed_at is not None else None


def _meeting_line(meeting: Meeting) -> Line:
    kind = codes.MEETING_KINDS[meeting.kind]
    text = f"{kind[0].upper()}{kind[1:]}"
    href = url_for("paths.show_meeting", meeting_id=meeting.id)
    if (told := attendance_of(meeting)) is not None:
        state, tone = told
        return Line(
            text=text, detail=say_moment(meeting.starts_at), state=state, tone=tone, href=href if meeting.missed_at else None, act="Ouvrir"
        )
    is_past = meeting.starts_at < now()
    state, tone = ("passé, à confirmer", "near") if is_past else ("prévu", "waiting")
    return Line(text=text, detail=say_moment(meeting.starts_at), state=state, tone=tone, href=href, act="Ouvrir")


def _action_line(action: Action, *, to_end: bool = False) -> Line:
    kind = codes.ACTION_KINDS.get(action.kind, action.kind)
    ongoing = action.ended_on is None
    return Line(
        text=capital(kind),
        detail=_say_stay(action),
        href=url_for("paths.action_end", action_id=action.id) if ongoing and to_end else None,
        state=say("en cours") if ongoing else say("terminée"),
        tone="waiting" if ongoing else "fine",
        act="Terminer",
    )


def _say_stay(action: Action) -> str:
    first = say_day(action.started_on)
    if action.ended_on is None:
        return say("depuis le %(day)s", day=first)
    return say("du %(first)s au %(last)s", first=first, last=say_day(action.ended_on))
