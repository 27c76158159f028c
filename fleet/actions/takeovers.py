"""Starting from a platform's own spreadsheet: sent, its columns matched, looked at, taken as a whole, undone as a whole.

Taking only adds: what is here already stays as it is, so that a second run changes nothing and undoing takes away what was made.
No mail is sent, and for the people it brings the clock of retention starts now (domain.md §9 "Retention").
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from billing.actions.openings import list_with_entries, open_balance, open_deposit_held, reverse_openings, void_account
from billing.actions.tiers import record_tier_proof
from billing.tiers import RSA
from fleet.actions.occupancy import lock_vehicle
from fleet.actions.running_rentals import take_over
from fleet.actions.vehicle_imports import BY_IMPORT
from fleet.actions.vehicles import add_vehicle
from fleet.kinds import get_kind
from fleet.models import Booking, OdometerReading, Takeover
from fleet.odometer import judge_among
from fleet.queries.readings import ACCEPTED, DOUBTFUL, list_readings, plain
from fleet.queries.takeovers import get_takeover, lines_of, matching_of, remembered
from fleet.takeover_fields import check_matching, guess
from fleet.takeover_lines import Line, count
from mobility import audit
from mobility.actions.people import lock_beneficiary, register_beneficiary
from mobility.db import db
from mobility.db.made import built_on, delete_made, noting_what_is_made, without_pinned
from mobility.errors import Conflict, DomainError, InputRefused, RuleBroken
from mobility.imports.tables import read_book
from mobility.models import AuditEntry, Site
from mobility.rights import Viewer

MOST_LINES = 1000
KEPT_WAITING = timedelta(days=14)  # names of people do not wait for ever for a yes
DOUBTS_KEPT = timedelta(days=90)
REMADE = ("upkeep_due",)  # reckoned each night from what is there: says nothing of its own
PINNING = ("file_look",)  # who looked at a file stays written, and the file with it
WORDS = {"booking": "location", "vehicle": "véhicule", "beneficiary": "dossier"}


def keep_file(name: str, raw: bytes, *, by: Viewer, now: datetime) -> Takeover:
    """Read a file, guess its columns, and keep its lines until somebody says yes. Raises RuleBroken on `file`."""
    if not raw:
        raise RuleBroken("Choisissez un fichier.", field="file")
    try:
        book = read_book(name, raw, most_lines=MOST_LINES)
    except RuleBroken as refused:
        raise RuleBroken(refused.sentence, field="file") from None
    known = remembered()
    sheets = [
        {"title": title, "headings": list(table.headings), "lines": [[row.line, row.cells] for row in table.rows]}
        for title, table in book.sheets
    ]
    matching = [guess(table.headings, [row.cells for row in table.rows], known) for _, table in book.sheets]
    kept = Takeover(file_name=name[:200], manner=book.manner, sheets=sheets, matching=matching, sent_at=now, sent_by=by.account_id)
    kept.remembered, kept.made, kept.counts, kept.doubts = {}, {}, {}, []
    db.session.add(kept)
    audit.record("send_takeover", kept, by=by, now=now)
    return kept


def match_columns(
    takeover_id: int, *, columns: Sequence[Mapping[str, str]], site_id: int, kind: str | None = None, by: Viewer, now: datetime
) -> Takeover:
    """Say what each column means, and the pole and kind of vehicles that say none. Raises NotFound, Conflict, InputRefused."""
    kept = _waiting(takeover_id)
    matching: list[dict[str, str]] = [{} for _ in kept.sheets]
    titles = [sheet["title"] for sheet in kept.sheets]
    faults: dict[str, str] = {}
    for place, column in enumerate(columns):
        if column["sheet"] not in titles:
            faults[f"columns.{place}"] = "Cette feuille n’est pas dans ce fichier."
        elif column["field"]:
            matching[titles.index(column["sheet"])][column["heading"]] = column["field"]
    for sheet, told in zip(kept.sheets, matching, strict=True):
        wrong = check_matching(sheet["headings"], told)
        places = {column["heading"]: place for place, column in enumerate(columns) if column["sheet"] == sheet["title"]}
        faults |= {f"columns.{places[heading]}": sentence for heading, sentence in wrong.items()}
    if db.session.get(Site, site_id) is None:
        faults["site_id"] = "Ce pôle n’existe pas ici."
    if faults:
        raise InputRefused(faults)
    kept.matching, kept.site_id, kept.kind, kept.matched_at = matching, site_id, get_kind(kind).code if kind else None, now
    kept.remembered = matching_of(kept)
    audit.record("match_takeover", kept, by=by, now=now)
    return kept


def take(takeover_id: int, *, by: Viewer, now: datetime) -> Takeover:
    """Do what the preview said, as a whole. Raises NotFound, Conflict, RuleBroken naming the line."""
    kept = _waiting(takeover_id)
    if kept.matched_at is None:
        raise RuleBroken("Dites d’abord ce que contient chaque colonne.")
    lines = lines_of(kept, now=now)
    if not any(line.acts for line in lines):
        raise RuleBroken("Il n’y a rien à reprendre : tout est déjà là, ou à corriger.")
    kept.counts = count(lines)
    kept.doubts = [[line.sheet, line.number, line.name[:120], bool(line.left), line.sentence[:500]] for line in lines if line.sentence]
    with noting_what_is_made() as made:
        for act in (_open_file, _enter_vehicle, _take_rental, _note_km, _open_books):  # the locks come in their order, the books last
            for line in lines:
                _say_line(act, line, by=by, now=now)
    kept.made, kept.sheets, kept.matching = made, [], []
    kept.taken_at, kept.taken_by = now, by.account_id
    audit.record("take_takeover", kept, by=by, now=now)
    return kept


def undo(takeover_id: int, *, by: Viewer, now: datetime) -> Takeover:
    """Take everything away again, as long as nobody has built on it; a file that somebody looked at stays, empty. Raises Conflict."""
    kept = get_takeover(takeover_id)
    db.session.refresh(kept, with_for_update=True)
    if kept.taken_at is None or kept.undone_at is not None:
        raise Conflict("Ce tableau n’est pas repris, ou il est déjà défait.")
    for beneficiary_id in sorted(kept.made.get("beneficiary", ())):
        lock_beneficiary(beneficiary_id)
    for vehicle_id in sorted(kept.made.get("vehicle", ())):
        lock_vehicle(vehicle_id)
    if why := why_not_undone(kept):
        raise Conflict(why)
    _take_away(kept.made, by=by, now=now)
    kept = get_takeover(takeover_id)
    kept.made, kept.doubts, kept.undone_at, kept.undone_by = {}, [], now, by.account_id
    audit.record("undo_takeover", kept, by=by, now=now)
    return kept


def _take_away(made: Mapping[str, Sequence[int]], *, by: Viewer, now: datetime) -> None:
    """Books are never rewritten: their entries are reversed, and an account they speak of stays, void, with its person's file."""
    written = list_with_entries(made.get("billing_account", ()))
    for account_id in written:
        void_account(account_id, by=by, now=now)
    reverse_openings(made.get("charge", ()), made.get("deposit_step", ()), now=now)
    delete_made(without_pinned(made, PINNING, {"billing_account": written}), REMADE)


def why_not_undone(kept: Takeover) -> str:
    """What somebody did since with what was made, in a sentence; empty when nobody did."""
    if built_on(kept.made, (*REMADE, *PINNING)):
        return "Quelque chose a été écrit depuis sur ce qui a été repris : corrigez à la main ce qui doit l’être."
    since = select(AuditEntry.table_name).filter(AuditEntry.at > kept.taken_at, AuditEntry.account_id.is_not(None))
    for table, words in WORDS.items():
        if db.session.scalar(since.filter(AuditEntry.table_name == table, AuditEntry.row_id.in_(kept.made.get(table, []))).limit(1)):
            return f"Une {words} reprise a changé depuis : corrigez à la main ce qui doit l’être."
    return ""


def forget_old(*, now: datetime) -> int:
    """Each day: files that nobody said yes to are forgotten, and after a season the doubts of those taken; how many files."""
    db.session.execute(update(Takeover).where(Takeover.taken_at < now - DOUBTS_KEPT).values(doubts=[]))
    old = delete(Takeover).where(Takeover.taken_at.is_(None), Takeover.sent_at < now - KEPT_WAITING)
    return len(db.session.scalars(old.returning(Takeover.id)).all())


def _waiting(takeover_id: int) -> Takeover:
    kept = get_takeover(takeover_id)
    db.session.refresh(kept, with_for_update=True)
    if kept.taken_at is not None:
        raise Conflict("Ce tableau est déjà repris.")
    return kept


def _say_line(act: Callable[..., None], line: Line, *, by: Viewer, now: datetime) -> None:
    try:
        act(line, by=by, now=now)
    except DomainError as refused:
        raise RuleBroken(f"Ligne {line.number} : {refused.sentence} Rien n’est repris.") from None


def _open_file(line: Line, *, by: Viewer, now: datetime) -> None:
    who = line.who
    if who is not None and who.beneficiary_id is None and not who.fault:
        who.beneficiary_id = register_beneficiary(**who.values, by=by, now=now).id


def _enter_vehicle(line: Line, *, by: Viewer, now: datetime) -> None:
    which = line.which
    if which is not None and which.vehicle_id is None and not which.fault:
        which.vehicle_id = add_vehicle(**which.values, by=by, now=now).id


def _take_rental(line: Line, *, by: Viewer, now: datetime) -> None:
    loan = line.loan
    if loan is None or loan.known:
        return
    assert line.who is not None and line.which is not None
    assert line.who.beneficiary_id is not None and line.which.vehicle_id is not None
    if loan.rsa is not None:  # before the rental, so that its price is said with it
        record_tier_proof(line.who.beneficiary_id, tier=RSA.code, **asdict(loan.rsa), by=by, now=now)
    booking = take_over(
        line.who.beneficiary_id,
        line.which.vehicle_id,
        handed_over_at=loan.handed_over_at,
        ends_at=loan.ends_at,
        programme=loan.programme,
        qpv=loan.qpv,
        met_on=loan.met_on,
        by=by,
        now=now,
    )
    loan.account_id = booking.account_id
    if loan.km is not None:
        _note(loan.km, booking, line.which.vehicle_id, loan.handed_over_at, by=by, now=now)


def _open_books(line: Line, *, by: Viewer, now: datetime) -> None:
    loan = line.loan
    if loan is None or loan.account_id is None:
        return
    if loan.balance_cents:
        open_balance(loan.account_id, cents=loan.balance_cents, by=by, now=now)
    if loan.deposit_cents:
        open_deposit_held(loan.account_id, kind=loan.deposit_kind, cents=loan.deposit_cents, by=by, now=now)


def _note_km(line: Line, *, by: Viewer, now: datetime) -> None:
    if line.odometer_km is not None and line.which is not None and line.which.vehicle_id is not None:
        _note(line.odometer_km, _running(line), line.which.vehicle_id, now, by=by, now=now)


def _running(line: Line) -> Booking | None:
    """The rental the odometer counts for."""
    if line.loan is None or line.which is None or line.who is None:
        return None
    mine = select(Booking).filter(Booking.vehicle_id == line.which.vehicle_id, Booking.beneficiary_id == line.who.beneficiary_id)
    return db.session.scalar(mine.filter(Booking.status.in_(("out", "late"))).order_by(Booking.id.desc()).limit(1))


def _note(km: int, booking: Booking | None, vehicle_id: int, at: datetime, *, by: Viewer, now: datetime) -> None:
    verdict = judge_among(plain(list_readings(vehicle_id=vehicle_id)), km, at)
    reading = OdometerReading(vehicle_id=vehicle_id, km=km, read_at=at, source=BY_IMPORT, read_by=by.account_id)
    reading.booking_id = booking.id if booking else None
    reading.status = ACCEPTED if verdict.accepted else DOUBTFUL
    reading.explanation = None if verdict.accepted else verdict.sentence
    db.session.add(reading)
    audit.record("record_reading", reading, by=by, now=now)
