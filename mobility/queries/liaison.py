"""Liaison forms as each viewer may see them: staff all of them, a prescriber their structure's own."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, and_, bindparam, false, func, or_, select

from mobility import practice
from mobility.db import Kept, Known, db, look_once, this_one, this_platform
from mobility.errors import NotFound
from mobility.liaison import LATE_DAYS, WAITING, age_tone, is_past, waiting_days
from mobility.models import Account, Beneficiary, Job, LiaisonForm, Structure
from mobility.rights import FILE_READERS, Role, Viewer

PAGE = 50

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
_LINES = (
    select(LiaisonForm, Beneficiary, Structure)
    .join(Beneficiary, and_(Beneficiary.platform_id == LiaisonForm.platform_id, Beneficiary.id == LiaisonForm.beneficiary_id))
    .join(Structure, and_(Structure.platform_id == LiaisonForm.platform_id, Structure.id == LiaisonForm.structure_id))
)
_NUMBERED = _LINES.filter(LiaisonForm.number == bindparam("number"))
_WAITING = _LINES.filter(LiaisonForm.status.in_(WAITING)).order_by(LiaisonForm.received_on, LiaisonForm.id).limit(bindparam("limit"))
_OF_PERSON = _LINES.filter(LiaisonForm.beneficiary_id == bindparam("beneficiary_id")).order_by(
    LiaisonForm.received_on.desc(), LiaisonForm.id.desc()
)
_WHOLE = {asked: Kept(asked) for asked in (_NUMBERED, _WAITING, _OF_PERSON)}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A form in a list, with the names it is read by; `beneficiary_id` for the staff only, who may open the file."""

    form: LiaisonForm
    person: Beneficiary
    structure: Structure
    beneficiary_id: int | None = None


class Sent(NamedTuple):
    """A form of a person's, the structure that sent it, and where its news go: the prescriber's own address, else their structure's."""

    received_on: date
    id: int
    status: str
    import_key: str | None
    number: str
    beneficiary_id: int
    met_on: date | None
    reason: str | None
    other_offer: str | None
    consent_on: date | None
    withdrawn_at: datetime | None
    contact_given: str | None
    prescriber_name: str | None
    referent_name: str | None
    referent_email: str | None
    referent_phone: str | None
    referent_consent_on: date | None
    referent_withdrawn_at: datetime | None
    structure: str
    address: str | None


_OF_FORM = [getattr(LiaisonForm, name) for name in Sent._fields[:-2]]
_ADDRESS = func.coalesce(func.nullif(LiaisonForm.prescriber_email, ""), func.nullif(Account.email, ""), Structure.email)


FORMS = Known(
    LiaisonForm,
    Sent,
    select(*_OF_FORM, Structure.name, _ADDRESS)
    .join(Structure, and_(Structure.id == LiaisonForm.structure_id, Structure.platform_id == this_platform()))
    .outerjoin(Account, Account.id == LiaisonForm.prescriber_account_id)
    .filter(LiaisonForm.beneficiary_id == this_one(), LiaisonForm.platform_id == this_platform()),
    latest_first=lambda sent: (sent.received_on, sent.id),
)


def get_form(form_id: int, viewer: Viewer) -> LiaisonForm:
    """A form the viewer may see. Raises NotFound, the same for missing and not theirs."""
    found = db.session.scalar(visible(select(LiaisonForm), viewer).filter(LiaisonForm.id == form_id))
    if found is None:
        raise NotFound
    return found


def get_line(form_id: int, viewer: Viewer) -> Line:
    """A form with its person and structure. Raises NotFound."""
    form = get_form(form_id, viewer)
    person, structure = db.session.get_one(Beneficiary, form.beneficiary_id), db.session.get_one(Structure, form.structure_id)
    return for_viewer(Line(form=form, person=person, structure=structure), viewer)


def forms_of(viewer: Viewer) -> Select[LiaisonForm, Beneficiary, Structure]:
    """The forms this viewer may see, each with its person and structure."""
    return visible(_LINES, viewer)


def list_waiting(viewer: Viewer, *, limit: int = PAGE) -> list[Line]:
    """Forms nobody has answered, the oldest first."""
    return _ask(_WAITING, viewer, limit=limit)


def list_forms_of(beneficiary_id: int, viewer: Viewer) -> list[Line]:
    """The forms about one person that the viewer may see, the latest first."""
    return look_once(LiaisonForm, (beneficiary_id, viewer), lambda: _ask(_OF_PERSON, viewer, beneficiary_id=beneficiary_id))


def count_by_status(viewer: Viewer) -> dict[str, int]:
    """How many forms of each status the viewer may see; `waiting` sums those unanswered."""
    rows = db.session.execute(visible(select(LiaisonForm.status, func.count()), viewer).group_by(LiaisonForm.status)).all()
    counts = {status: count for status, count in rows}
    return counts | {"waiting": sum(counts.get(status, 0) for status in WAITING)}


def find_by_number(number: str, viewer: Viewer) -> list[Line]:
    """The form of a receipt number, whatever the case; an empty list for none."""
    return _ask(_NUMBERED, viewer, number=number.strip().upper())


def latest_motive(beneficiary_id: int, on: date) -> tuple[str, str | None] | None:
    """What the last form received by a day asks for somebody: its motive and its wish, as codes; None without a form."""
    asked = select(LiaisonForm.motive, LiaisonForm.wish).filter(LiaisonForm.beneficiary_id == beneficiary_id, LiaisonForm.received_on <= on)
    found = db.session.execute(asked.order_by(LiaisonForm.received_on.desc(), LiaisonForm.id.desc()).limit(1)).one_or_none()
    return (found.motive, found.wish) if found else None


def list_unanswered() -> list[LiaisonForm]:
    """The forms that nobody has answered, person after person; of those taken in from a file, the ones that still waited then."""
    live = or_(LiaisonForm.import_key.is_(None), LiaisonForm.imported_on.is_not(None))
    asked = select(LiaisonForm).filter(LiaisonForm.status.in_(WAITING), live)
    return list(db.session.scalars(asked.order_by(LiaisonForm.beneficiary_id, LiaisonForm.id)))


def is_late(form: LiaisonForm, today: date) -> bool:
    """Whether it waits for longer than the platform allows itself, by the rule of the day it came."""
    since_on = waits_since(form)
    return is_past(waiting_days(since_on, today), practice.value_on(LATE_DAYS.key, since_on))


def waits_since(form: LiaisonForm) -> date:
    """From when on it waits for this platform: since it came, or since it was taken in from a file."""
    return form.imported_on or form.received_on


def tone_of(form: LiaisonForm, today: date) -> str:
    """How its age looks."""
    return age_tone(waiting_days(form.received_on, today), practice.value_on(LATE_DAYS.key, form.received_on))


def find_job_of(form_id: int) -> Job | None:
    """The job told with a form, or None when it came before one."""
    return db.session.scalar(select(Job).filter(Job.liaison_form_id == form_id).order_by(Job.id).limit(1))


def visible(asked: S, viewer: Viewer) -> S:
    """Every form for whoever answers them; for any other role, only what the prescriber's role shows beside it.

    A form whose person took their agreement back is gone for its sender, from that moment on and everywhere: list, page, paper, JSON.
    """
    if viewer.may(*FILE_READERS):
        return asked
    if not viewer.may(Role.PRESCRIBER):
        return asked.filter(false())
    return asked.filter(LiaisonForm.structure_id.in_(viewer.structure_ids), LiaisonForm.withdrawn_at.is_(None))


def _ask(asked: Select[LiaisonForm, Beneficiary, Structure], viewer: Viewer, **values: Any) -> list[Line]:
    """The lines that the viewer may see; put together once for those who may see them all."""
    rows = _WHOLE[asked](**values) if viewer.may(*FILE_READERS) else db.session.execute(visible(asked, viewer), values)
    return [for_viewer(read_line(row), viewer) for row in rows]


def read_line(row: Any) -> Line:
    """A row of `forms_of` as a line."""
    return Line(form=row[0], person=row[1], structure=row[2])


def for_viewer(line: Line, viewer: Viewer) -> Line:
    """The line with the way into the file, for those who may open it."""
    return replace(line, beneficiary_id=line.person.id) if viewer.may(*FILE_READERS) else line
