"""Writing a booklet: an adviser notes experiences and confirms from them; the person says what they can do, and shows it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from assessments.booklet.competences import list_on
from assessments.booklet.contents import LASTS, MOST_SHARES, PAGES, check_experience
from assessments.booklet.models import BookletShare, Competence, Confirmation, Experience
from assessments.booklet.queries import Shared, get_experience, list_competences, list_confirmations, list_shares
from mobility import audit
from mobility.actions.links import LinkGone, Purpose, get_link, make_link
from mobility.actions.people import lock_beneficiary
from mobility.db import Base, db
from mobility.erasing import Case
from mobility.errors import NotFound, RuleBroken
from mobility.models import Beneficiary, Link
from mobility.periods import paris_day
from mobility.rights import Viewer


def note_experience(
    beneficiary_id: int, *, kind: str, employer: str, starts_on: date, ends_on: date | None = None, by: Viewer, now: datetime
) -> Experience:
    """Note where the person worked; one that stands already is not noted twice. Raises NotFound, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    check_experience(starts_on=starts_on, ends_on=ends_on, today=paris_day(now))
    told = {"kind": kind, "employer": employer, "starts_on": starts_on}
    known = db.session.scalars(select(Experience).filter_by(beneficiary_id=person.id, **told)).first()
    if known is not None:
        raise RuleBroken("Cette expérience est déjà dans le livret : ouvrez-la pour changer sa fin.", field="employer")
    row = Experience(beneficiary_id=person.id, **told, ends_on=ends_on, noted_at=now, noted_by=by.account_id)
    db.session.add(row)
    audit.record("note_experience", row, by=by, now=now, subject=person)
    return row


def change_experience(
    experience_id: int, *, kind: str, employer: str, starts_on: date, ends_on: date | None = None, by: Viewer, now: datetime
) -> Experience:
    """Tell an experience anew: it ended, or was noted wrong; what it confirms stays confirmed. Raises NotFound, RuleBroken."""
    person, row = _lock_experience(experience_id)
    check_experience(starts_on=starts_on, ends_on=ends_on, today=paris_day(now))
    row.kind, row.employer, row.starts_on, row.ends_on = kind, employer, starts_on, ends_on
    audit.record("change_experience", row, by=by, now=now, subject=person)
    return row


def withdraw_experience(experience_id: int, *, by: Viewer, now: datetime) -> int:
    """Take out an experience noted by mistake; what it alone confirmed is to be verified again. Whose it was. Raises NotFound."""
    person, row = _lock_experience(experience_id)
    for given in list_confirmations(person.id):
        if given.experience_id == row.id:
            _erase("withdraw_confirmation", given, person, by=by, now=now)
    _erase("withdraw_experience", row, person, by=by, now=now)
    return person.id


def declare_competences(beneficiary_id: int, *, codes: Collection[str], by: Viewer, now: datetime) -> None:
    """Keep these competences in the booklet, to be verified; those left out go, but what is confirmed stays. Raises NotFound."""
    person = lock_beneficiary(beneficiary_id)
    confirmed = {given.competence_id for given in list_confirmations(person.id)}
    known = {row.code: row for row in list_competences(person.id)}
    for code, row in known.items():
        if code not in codes and row.id not in confirmed:
            _erase("drop_competence", row, person, by=by, now=now)
    version = list_on(paris_day(now)).version
    for code in sorted({*codes} - known.keys()):
        row = Competence(beneficiary_id=person.id, code=code, list_version=version, noted_at=now, noted_by=by.account_id)
        db.session.add(row)
        audit.record("declare_competence", row, by=by, now=now, subject=person)


def confirm_competences(experience_id: int, *, codes: Collection[str], by: Viewer, now: datetime) -> Experience:
    """Say which of the person's competences this experience confirms: these and no others. Raises NotFound, RuleBroken."""
    person, experience = _lock_experience(experience_id)
    noted = {row.code: row.id for row in list_competences(person.id)}
    if not noted.keys() >= {*codes}:
        raise RuleBroken("Une compétence confirmée est d’abord dans le livret : ajoutez-la, puis confirmez.", field="codes")
    given = {row.competence_id: row for row in list_confirmations(person.id) if row.experience_id == experience.id}
    wanted = {noted[code] for code in codes}
    for competence_id, row in given.items():
        if competence_id not in wanted:
            _erase("withdraw_confirmation", row, person, by=by, now=now)
    for competence_id in sorted(wanted - given.keys()):
        row = Confirmation(competence_id=competence_id, experience_id=experience.id, confirmed_at=now, confirmed_by=by.account_id)
        db.session.add(row)
        audit.record("confirm_competence", row, by=by, now=now, subject=person)
    return experience


def share_booklet(beneficiary_id: int, *, pages: Collection[str], lasts: str, by: Viewer, now: datetime) -> tuple[Shared, str]:
    """Show these pages by a link for a time: the share, and its token, given this once. Raises NotFound, RuleBroken.

    `lasts` is a key of LASTS; the person alone does this (domain.md §7).
    """
    person = lock_beneficiary(beneficiary_id)
    if not pages:
        raise RuleBroken("Choisissez au moins une page à montrer.", field="pages")
    if sum(share.is_open(now) for share in list_shares(person.id)) >= MOST_SHARES:
        raise RuleBroken(f"Vous avez déjà {MOST_SHARES} liens ouverts : arrêtez-en un d’abord.", field="pages")
    _, span = LASTS[lasts]
    token = make_link(purpose=Purpose.BOOKLET, lasts=span, account_id=by.account_id, by=by, now=now)
    link = get_link(token, purpose=Purpose.BOOKLET, now=now)
    row = BookletShare(beneficiary_id=person.id, link_id=link.id, pages=[page for page in PAGES if page in pages], shared_at=now)
    db.session.add(row)
    audit.record("share_booklet", row, by=by, now=now, subject=person)
    return get_share(row.id, person.id), token


def end_share(share_id: int, beneficiary_id: int, *, by: Viewer, now: datetime) -> None:
    """The link shows nothing any more, from now; saying it twice changes nothing. Raises NotFound, the same for another's."""
    person = lock_beneficiary(beneficiary_id)
    row = db.session.scalar(select(BookletShare).filter_by(id=share_id, beneficiary_id=person.id))
    if row is None:
        raise NotFound("Ce partage n’est pas dans votre livret.")
    link = db.session.get_one(Link, row.link_id)
    if link.used_at is None:
        link.used_at = now
        audit.record("end link", link, by=by, now=now, subject=person)


def get_share(share_id: int, beneficiary_id: int) -> Shared:
    """One of a person's own. Raises NotFound."""
    found = next((share for share in list_shares(beneficiary_id) if share.id == share_id), None)
    if found is None:
        raise NotFound("Ce partage n’est pas dans votre livret.")
    return found


def open_share(token: str, *, now: datetime) -> BookletShare:
    """What a link shows. Raises LinkGone, the same after one question for unknown, expired, ended, or made for something else."""
    link = get_link(token, purpose=Purpose.BOOKLET, now=now)
    share = db.session.scalar(select(BookletShare).filter(BookletShare.link_id == link.id))
    if share is None:
        raise LinkGone
    return share


def _lock_experience(experience_id: int) -> tuple[Beneficiary, Experience]:
    """The person, locked, and their experience as it is now. Raises NotFound."""
    row = get_experience(experience_id)
    person = lock_beneficiary(row.beneficiary_id)
    if db.session.scalar(select(Experience).filter(Experience.id == experience_id).execution_options(populate_existing=True)) is None:
        raise NotFound("Cette expérience vient d’être retirée du livret.")
    return person, row


def _erase(verb: str, row: Experience | Competence | Confirmation, person: Beneficiary, *, by: Viewer, now: datetime) -> None:
    db.session.delete(row)
    audit.record(verb, row, by=by, now=now, subject=person)


def close_booklet(connection: Connection, case: Case) -> None:
    """The links that show it open nothing any more."""
    link, share = Base.metadata.tables["link"], Base.metadata.tables["booklet_share"]
    shown = select(share.c.link_id).where(share.c.platform_id == case.platform_id, share.c.beneficiary_id == case.beneficiary_id)
    connection.execute(update(link).where(link.c.platform_id == case.platform_id, link.c.id.in_(shown)).values(expires_at=case.at))
