"""The papers asked before the keys: seen, not kept; each with the age up to which it proves something (domain.md §9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mobility.papers import PAPER_KINDS, PaperKind
from mobility.periods import months_after, say_day
from mobility.tongues import capital


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper that somebody showed: the date written on it, the day it was seen, the last day it is valid when it says so."""

    code: str
    seen_on: date
    dated_on: date | None = None
    valid_until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Whether a paper was seen and is in date on a day, and the sentence that says it or says what to ask for."""

    good: bool
    sentence: str


def look_for(code: str, papers: Iterable[Paper], on: date) -> Sight:
    """Whether one of the papers shown is this one, in date on this day; the newest seen speaks for the rest."""
    kind = PAPER_KINDS[code]
    shown = sorted((paper for paper in papers if paper.code == code), key=lambda paper: paper.seen_on, reverse=True)
    if not shown:
        return Sight(good=False, sentence=f"À voir : {kind.the}{_under(kind)}.")
    good = next((paper for paper in shown if _fault(paper, kind, on) is None), None)
    if good is None:
        return Sight(good=False, sentence=f"{_fault(shown[0], kind, on)} Demandez-en un exemplaire plus récent.")
    return Sight(good=True, sentence=f"Vu le {say_day(good.seen_on)}.")


def _under(kind: PaperKind) -> str:
    return f", de moins de {kind.months} mois" if kind.months else ""


def _fault(paper: Paper, kind: PaperKind, on: date) -> str | None:
    if paper.valid_until_on is not None and paper.valid_until_on < on:
        return f"{capital(kind.the)} n’est valable que jusqu’au {say_day(paper.valid_until_on)}."
    if kind.months is None:
        return None
    if paper.dated_on is None:
        return f"La date portée sur {kind.the} n’a pas été notée."
    if on >= months_after(paper.dated_on, kind.months):
        return f"{capital(kind.the)} du {say_day(paper.dated_on)} aura {kind.months} mois ou plus."
    return None
