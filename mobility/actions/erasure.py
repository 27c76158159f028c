"""Erase a person: their file, their papers and pictures, their way in; what the law keeps stays under their number (docs/adr/0027)."""

from datetime import datetime

from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.erasing import check_typed, fates, why_of
from mobility.erasing_rows import case_of, erase_rows
from mobility.errors import Conflict
from mobility.held import registry
from mobility.models import Beneficiary, Erasure
from mobility.periods import paris_day
from mobility.queries.erasures import Erasable, erasable, find_erasure
from mobility.queries.merges import ids_of_person
from mobility.rights import Viewer


def erase(beneficiary_id: int, *, number: str, told: bool = False, by: Viewer, now: datetime) -> Erasure:
    """Erase this person, for good; said twice, it was done the first time. `number` is the file's, typed; `told`: they asked by voice.

    Raises NotFound, Conflict while something is open, owed or held, RuleBroken beside the field.
    """
    if (done := find_erasure(beneficiary_id)) is not None:
        return done
    person = lock_beneficiary(beneficiary_id)
    check_typed(number, person.number)
    stands = erasable(person.id, paris_day(now))
    _check(stands)
    why, joined = why_of(is_asked=stands.is_asked, is_ripe=stands.is_ripe, told=told), ids_of_person(person.id)[1:]
    row = _erase_file(person, why, by=by, now=now)
    for id_ in joined:  # files that are one with this one tell of the same person
        _erase_file(db.session.get_one(Beneficiary, id_), why, by=by, now=now)
    return row


def _erase_file(person: Beneficiary, why: str, *, by: Viewer, now: datetime) -> Erasure:
    until = erasable(person.id, paris_day(now)).books_until
    row = Erasure(beneficiary_id=person.id, why=why, erased_at=now, erased_by=by.account_id, kept_until=until)
    db.session.add(row)
    audit.record("erase", row, by=by, now=now, subject=person)
    _empty(person, now)
    _check(erasable(person.id, paris_day(now)))  # what came meanwhile on an account, which are locked since
    row.sealed_at = now  # what the guards let through for this person is closed again
    db.session.flush()
    return row


def _check(stands: Erasable) -> None:
    if stands.open:
        raise Conflict(f"Ce dossier ne s’efface pas encore : {', '.join(stands.open)}.")


def _empty(person: Beneficiary, now: datetime) -> None:
    person.erased_at = now
    db.session.flush()
    connection = db.session.connection()
    case = case_of(connection, person.platform_id, person.id, now)
    erase_rows(connection, case, held=registry(), fates=fates())
    db.session.expire_all()
