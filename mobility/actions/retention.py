"""The clock of files: each night it warns those whose day comes; somebody tells who cannot be written to, or has a file kept.

Nothing is erased here: a warning that stood its time stands on the list as due.
"""

from datetime import date, datetime
from itertools import islice

from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import tell_person
from mobility.addresses import page_address
from mobility.channels import CALL, channel_for
from mobility.db import db, platform_id
from mobility.errors import Conflict
from mobility.models import Beneficiary, RetentionNotice
from mobility.periods import months_after, paris_day
from mobility.queries.letterhead import platform_here
from mobility.queries.retention import by_hundreds, clock_on, find_open_notice, get_notice, list_due, list_open_notices, standings
from mobility.retention import ALIVE, ASKED, KEPT, Clock, Standing, check_keep, erase_on, is_alive, say_warning
from mobility.rights import Viewer, house
from mobility.tongues import say

MOST_A_NIGHT = 100  # a platform that begins with years of files warns them over some nights, so that people can be answered


def watch(*, now: datetime) -> None:
    """One night: warnings fall where somebody came back, and begin where the day comes. Harmless when done again."""
    today, by = paris_day(now), house(platform_id())
    clock = clock_on(today)
    for some in by_hundreds(list_open_notices()):
        found = standings([notice.beneficiary_id for notice in some], clock)
        for notice in some:
            if is_alive(found[notice.beneficiary_id], warned_for=notice.due_on):
                _fall(notice, by=by, now=now)
    for beneficiary_id, stands in list(islice(list_due(today, clock), MOST_A_NIGHT)):
        _warn(lock_beneficiary(beneficiary_id), stands, clock, by=by, now=now)


def note_told(notice_id: int, *, how: str, by: Viewer, now: datetime) -> RetentionNotice:
    """Note that the person was told by hand, or could not be reached; the warning's time begins. Raises NotFound, Conflict."""
    notice = get_notice(notice_id)
    person = _locked(notice)
    if notice.told_at is not None:
        raise Conflict("La personne est déjà prévenue : rechargez la page pour voir comment.")
    from_on = erase_on(notice.due_on, told_on=paris_day(now), clock=clock_on(paris_day(now)))
    notice.told_at, notice.told_how, notice.told_by, notice.erase_on = now, how, by.account_id, from_on
    audit.record("note_told_retention", notice, by=by, now=now, subject=person)
    return notice


def keep_on(notice_id: int, *, reason: str, until_on: date, by: Viewer, now: datetime) -> RetentionNotice:
    """Have a file kept to a day, for one of KEEP_REASONS. Raises NotFound, Conflict, RuleBroken on `until_on`."""
    notice = get_notice(notice_id)
    person = _locked(notice)
    check_keep(until_on, clock=clock_on(paris_day(now)), today=paris_day(now))
    notice.reason, notice.kept_until = reason, until_on
    _close(notice, KEPT, person, by=by, now=now)
    return notice


def keep_own(beneficiary_id: int, *, by: Viewer, now: datetime) -> RetentionNotice:
    """The person has their own file kept, as long as after a contact. Raises Conflict when nothing is to be kept from."""
    person = lock_beneficiary(beneficiary_id)
    notice = find_open_notice(person.id)
    if notice is None:
        raise Conflict(say("Votre dossier est gardé : aucun avertissement n’attend de réponse."))
    until_on = months_after(paris_day(now), clock_on(paris_day(now)).months)
    notice.reason, notice.kept_until = ASKED, until_on
    _close(notice, KEPT, person, by=by, now=now)
    return notice


def _warn(person: Beneficiary, stands: Standing, clock: Clock, *, by: Viewer, now: datetime) -> None:
    """Begin a warning, and tell the person when they can be written to."""
    today = paris_day(now)
    notice = RetentionNotice(
        beneficiary_id=person.id, last_on=stands.last_on, last_what=stands.last_what, due_on=stands.due_on, noticed_at=now
    )
    channel = channel_for(person.contact_by, phone=person.phone, email=person.email)
    if channel != CALL:
        from_on = erase_on(stands.due_on, told_on=today, clock=clock)
        there = page_address(platform_here().slug, "me/retention")
        tell_person(person, say_warning(stands.last_on, from_on, there), subject=say("Votre dossier est à effacer bientôt"), now=now)
        notice.told_at, notice.told_how, notice.erase_on = now, channel, from_on
    db.session.add(notice)
    audit.record("warn_retention", notice, by=by, now=now, subject=person)


def _fall(notice: RetentionNotice, *, by: Viewer, now: datetime) -> None:
    """The person came back: the warning is over, unless somebody ended it meanwhile."""
    person = lock_beneficiary(notice.beneficiary_id)
    db.session.refresh(notice)
    if notice.closed_at is None:
        _close(notice, ALIVE, person, by=by, now=now)


def _locked(notice: RetentionNotice) -> Beneficiary:
    """The person, locked, and the warning as it stands then. Raises Conflict once it is over."""
    person = lock_beneficiary(notice.beneficiary_id)
    db.session.refresh(notice)
    if notice.closed_at is not None:
        raise Conflict("Cet avertissement est déjà clos : rechargez la page pour voir pourquoi.")
    return person


def _close(notice: RetentionNotice, as_: str, person: Beneficiary, *, by: Viewer, now: datetime) -> None:
    notice.closed_at, notice.closed_as, notice.closed_by = now, as_, by.account_id
    audit.record("close_retention", notice, by=by, now=now, subject=person)
