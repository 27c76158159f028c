"""The rentals that run in a platform's own spreadsheet, read against those that run here; odometers as they were last read."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from billing.deposits import BY_CARD, DEPOSIT_KIND_LABELS, ELSEWHERE
from billing.queries.programmes import dated_programme_on
from billing.schedule import month_on
from billing.terms import AMIE, DAILY
from fleet.kinds import USUAL_DEPOSIT
from fleet.lifecycle import HOLDING
from fleet.models import Booking, Occupancy
from fleet.queries.kind_rules import usual_deposit_kind
from fleet.queries.readings import last_km
from fleet.queries.rentals import RUNNING
from fleet.queries.takeover_rights import read_right, tells_right
from fleet.queries.takeover_vehicles import arrived_by
from fleet.renewal import last_day
from fleet.takeover_cells import day_or_doubt, noted, or_doubt
from fleet.takeover_lines import Line, Loan, Which
from fleet.takeover_words import find_deposit_kind, find_programme, read_any_day, read_cents, read_km, read_past_day
from mobility import practice
from mobility.db import db
from mobility.imports.sheets import read_yes_no
from mobility.periods import instant_of, paris_day, say_day, say_moment

RETURN_HOUR = time(12)  # a return's hour is not in a spreadsheet: noon, as the tariff counts by default (domain.md §10.1)
FORESEEN_DAYS = 14  # a return that nobody foresaw: a contract's length (domain.md §9)


def name_loans(lines: Sequence[Line], *, now: datetime) -> None:
    """Give each line with a handover its rental, and each vehicle what its odometer last said."""
    away: dict[int, str] = {}
    for line in lines:
        if line.cells.get("handed_over_on"):
            _lend(line, away, now)
        elif line.which is not None and line.who is not None:
            line.doubts.append("sans date de remise des clés : aucune location n’est reprise")
        if line.loan is None and (line.cells.get("balance_cents") or line.cells.get("deposit_cents")):
            line.left.append("montants non repris : il y faut une location en cours")
        if line.loan is None and tells_right(line):
            line.doubts.append("droit au RSA non repris : il y faut une location en cours")
        _read_meter(line)


def _lend(line: Line, away: dict[int, str], now: datetime) -> None:
    if line.which is None or line.who is None or line.which.fault or line.who.fault:
        line.left.append("location non reprise : il y faut un véhicule et une personne")
        return
    try:
        handed_on = _past(line, "handed_over_on", "Clés remises le", paris_day(now))
        programme = _programme(line)
        loan = Loan(
            handed_over_at=instant_of(handed_on, RETURN_HOUR),
            ends_at=_end(line, handed_on, programme, now),
            programme=programme,
            month=_month(handed_on, paris_day(now)) if programme == AMIE else 0,
            met_on=_met(line, handed_on, paris_day(now)),
            qpv=bool(or_doubt(line, "qpv", read_yes_no)),
        )
        loan.km = or_doubt(line, "handed_over_km", read_km)
        loan.handed_over_at = min(loan.handed_over_at, now)
        _check_length(loan, now)
        loan.known = _is_known(line, loan)
        if not loan.known:
            _check_free(line.which, loan, away)
    except ValueError as refused:
        line.left.append(f"location non reprise : {refused}")
        return
    away[_key(line.which)] = line.who.name
    arrived_by(line.which, handed_on)
    line.loan = loan
    if not loan.known:
        _read_money(line, loan, paris_day(now))
        loan.rsa = read_right(line, handed_on, paris_day(now))


def _read_money(line: Line, loan: Loan, today: date) -> None:
    """What is owed from before, and the deposit held; an amount nobody can read stays to be noted by hand."""
    loan.balance_cents = or_doubt(line, "balance_cents", read_cents) or 0
    if loan.month:
        months = dated_programme_on(paris_day(loan.handed_over_at)).months
        line.doubts.append(f"programme AMIE, mois {loan.month} sur {months} : dû en entier à sa fin, que le reste dû ne le compte pas déjà")
    held = or_doubt(line, "deposit_cents", read_cents) or 0
    if held < 0:
        line.doubts.append("Caution tenue : un montant négatif, laissé vide")
    elif held:
        _read_deposit(line, loan, held, today)


def _read_deposit(line: Line, loan: Loan, held: int, today: date) -> None:
    told = line.cells.get("deposit_kind", "")
    kind = find_deposit_kind(told)
    if kind == ELSEWHERE:
        line.doubts.append("caution par carte : tenue ici, mais elle se rembourse là où elle a été prise")
    if kind is None:
        usual = usual_deposit_kind(line.which.kind, today) if line.which and line.which.kind else USUAL_DEPOSIT
        kind = ELSEWHERE if usual in BY_CARD else usual
        said = f"« {told[:30]} » n’est pas une forme connue" if told else "forme de la caution non dite"
        line.doubts.append(f"{said} : notée comme {DEPOSIT_KIND_LABELS[kind].lower()}")
    loan.deposit_cents, loan.deposit_kind = held, kind


def _programme(line: Line) -> str:
    told = line.cells.get("programme", "")
    found = find_programme(told)
    if told and found is None:
        line.doubts.append(f"« {told[:30]} » n’est pas un programme connu : reprise à la journée")
    return found or DAILY


def _month(handed_on: date, today: date) -> int:
    """The month of the programme that runs today."""
    if (month := month_on(handed_on, today, dated_programme_on(handed_on).months)) is None:
        ended_on = _programme_ends(handed_on)
        raise ValueError(f"le programme AMIE a fini le {say_day(ended_on)} : notez le retour, ou une location à la journée")
    return month


def _programme_ends(handed_on: date) -> date:
    return last_day(handed_on, programme=AMIE, most_days=0, months=dated_programme_on(handed_on).months)


def _met(line: Line, handed_on: date, today: date) -> date | None:
    """The day of the last point-étape, from the keys until today."""
    read = day_or_doubt(line, "met_on", lambda text: read_past_day(text, today))
    if read is None or handed_on <= read <= today:
        return read
    line.doubts.append(f"Dernier point-étape : le {say_day(read)} n’est pas dans la location, laissé vide")
    return None


def _past(line: Line, field: str, heading: str, today: date) -> date:
    read = noted(line, heading, read_past_day(line.cells[field], today))
    if read > today:
        raise ValueError(f"le {say_day(read)} est dans le futur")
    return read


def _end(line: Line, handed_on: date, programme: str, now: datetime) -> datetime:
    """When the vehicle is foreseen back: as told, else the end of its programme, or a contract's length from today."""
    text, today = line.cells.get("returns_on"), paris_day(now)
    if not text and programme == AMIE:
        return instant_of(_programme_ends(handed_on), RETURN_HOUR)
    if not text:
        day = today + timedelta(days=FORESEEN_DAYS)
        line.doubts.append(f"retour prévu non dit : noté au {say_day(day)}, à corriger sur la réservation")
        return instant_of(day, RETURN_HOUR)
    day = noted(line, "Retour prévu le", read_any_day(text, today))
    if day < handed_on:
        raise ValueError(f"le retour prévu, le {say_day(day)}, vient avant la remise des clés")
    if instant_of(day, RETURN_HOUR) <= now:
        line.doubts.append(f"retour prévu déjà passé, le {say_day(day)} : la location est reprise en retard")
    if programme == AMIE and day > (ends_on := _programme_ends(handed_on)):
        line.doubts.append(f"le programme AMIE finit le {say_day(ends_on)} : retour noté ce jour-là")
        day = ends_on
    return max(instant_of(day, RETURN_HOUR), instant_of(handed_on, time(18)))


def _check_length(loan: Loan, now: datetime) -> None:
    most = practice.value_on("fleet.longest_booking_days", paris_day(now))
    if max(loan.ends_at, now) - loan.handed_over_at > timedelta(days=most):
        raise ValueError(f"elle durerait plus de {most} jours")


def _is_known(line: Line, loan: Loan) -> bool:
    """Whether this very rental runs here already: a second run changes nothing."""
    assert line.which is not None and line.who is not None
    if line.which.vehicle_id is None or line.who.beneficiary_id is None:
        return False
    running = select(Booking.handed_over_at).filter(Booking.status.in_(RUNNING), Booking.beneficiary_id == line.who.beneficiary_id)
    found = db.session.scalars(running.filter(Booking.vehicle_id == line.which.vehicle_id))
    return any(at is not None and paris_day(at) == paris_day(loan.handed_over_at) for at in found)


def _check_free(which: Which, loan: Loan, away: dict[int, str]) -> None:
    if _key(which) in away:
        raise ValueError(f"{which.name} est déjà avec {away[_key(which)]} dans ce tableau")
    if which.vehicle_id is None:
        return
    held = select(Occupancy).filter(Occupancy.vehicle_id == which.vehicle_id, Occupancy.status.in_(HOLDING))
    met = held.filter(Occupancy.starts_at < loan.ends_at, Occupancy.ends_at > loan.handed_over_at).order_by(Occupancy.starts_at)
    if found := db.session.scalar(met.limit(1)):
        raise ValueError(f"{which.name} est déjà pris ici du {say_moment(found.starts_at)} au {say_moment(found.ends_at)}")


def _key(which: Which) -> int:
    return which.vehicle_id or -id(which)


def _read_meter(line: Line) -> None:
    """The last odometer, unless it says what is known already; one that went down is noted, and stands aside (domain.md §10.5)."""
    if line.which is None or line.which.fault or (km := or_doubt(line, "odometer_km", read_km)) is None:
        return
    known = last_km(line.which.vehicle_id) if line.which.vehicle_id is not None else None
    before = max((found for found in (known, line.loan.km if line.loan else None) if found is not None), default=None)
    if km == known:
        return
    if before is not None and km < before:
        line.doubts.append(f"Compteur (km) : {km} km est en dessous de {before} km ; noté à part, à confirmer ou à corriger")
    line.odometer_km = km
