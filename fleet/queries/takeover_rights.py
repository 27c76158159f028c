"""The right to the RSA that a platform's own spreadsheet tells with a running rental."""

from datetime import date

from billing.queries.tariffs import list_proofs
from billing.tiers import RSA
from fleet.takeover_cells import day_or_doubt, noted
from fleet.takeover_fields import BY_CODE
from fleet.takeover_lines import Line, Right
from fleet.takeover_words import read_any_day, read_past_day
from mobility.imports.sheets import read_yes_no
from mobility.periods import say_day

TOLD_BY = ("rsa_on", "rsa_until", "rsa_paper_on")
NOT_TOLD = ("", "non", "n", "0")
BY_HAND = "droit au RSA à noter sur le compte de la personne"


def tells_right(line: Line) -> bool:
    """Whether a line speaks of a right, other than to say no."""
    return any(line.cells.get(field, "").casefold() not in NOT_TOLD for field in TOLD_BY)


def read_right(line: Line, handed_on: date, today: date) -> Right | None:
    """The right a line tells, unless it says no, cannot be read, or is on the person's file already."""
    if not tells_right(line) or _is_noted(line, today):
        return None
    try:
        from_on = _since(line, handed_on, today)
    except ValueError as refused:
        line.doubts.append(f"{BY_CODE['rsa_on'].name} : {refused} ; {BY_HAND}")
        return None
    to_on = day_or_doubt(line, "rsa_until", lambda text: read_any_day(text, today))
    paper_on = day_or_doubt(line, "rsa_paper_on", lambda text: read_past_day(text, today))
    if to_on is not None and to_on < from_on:
        line.doubts.append(f"la fin du droit au RSA vient avant son début : {BY_HAND}")
        return None
    if to_on is not None and to_on < today:
        line.doubts.append(f"droit au RSA fini le {say_day(to_on)} : le loyer se compte sans lui")
    return Right(from_on=from_on, to_on=to_on, paper_issued_on=paper_on)


def _is_noted(line: Line, today: date) -> bool:
    known = line.who.beneficiary_id if line.who else None
    proofs = list_proofs(known) if known is not None else []
    return any(proof.tier_code == RSA.code and (proof.to_on is None or proof.to_on >= today) for proof in proofs)


def _since(line: Line, handed_on: date, today: date) -> date:
    """A day, or a yes: then the day of the keys, to be looked at. Raises ValueError with a French sentence."""
    told = line.cells.get("rsa_on", "oui")
    try:
        read_yes_no(told)
    except ValueError:
        return noted(line, BY_CODE["rsa_on"].name, read_any_day(told, today))
    line.doubts.append(f"droit au RSA sans date de début : noté depuis la remise des clés, le {say_day(handed_on)}, à vérifier")
    return handed_on
