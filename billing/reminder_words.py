"""What a reminder says: what is due, why, how to pay, and whom to tell when it is difficult. Never a threat, never a fee. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from billing.reminders import Wanted
from mobility.money import euros
from mobility.periods import say_day

WHY_MOST = 110  # of a text message: what it is for, whom to call and how to pay must all fit


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A reminder and what it needs to say it: whose, on what rental, how to pay (`pay_url` None: no card here), whom to talk to."""

    first_name: str
    number: str
    label: str
    wanted: Wanted
    pay_url: str | None
    adviser: str | None
    phone: str | None


def subject_of(wanted: Wanted) -> str:
    """The subject of a mail, the heading of a letter."""
    return "Un paiement est en attente" if wanted.is_late else f"Un paiement est prévu le {say_day(wanted.due.on)}"


def say_due(wanted: Wanted, label: str) -> str:
    """What is due, for which rental, through which day."""
    if wanted.is_late:
        return f"{euros(wanted.cents)} sont à payer depuis le {say_day(wanted.due.on)} pour {label}."
    return f"{euros(wanted.cents)} sont à payer d’ici le {say_day(wanted.due.on)} pour {label}."


def say_why(wanted: Wanted) -> str:
    """Why, in one line."""
    more = wanted.count - 1
    beside = f", et {more} autre{'s' if more > 1 else ''} échéance{'s' if more > 1 else ''}" if more else ""
    return f"Pourquoi : {_within(wanted.due.what).rstrip('.')}{beside}."


def short_text(asking: Asking) -> str:
    """All of it in one text message, or read aloud on the telephone."""
    label = shorten(asking.label, 60, placeholder=" …")
    why = shorten(say_why(asking.wanted), WHY_MOST, placeholder=" …")
    return f"{say_due(asking.wanted, label)} {why} Pour payer : {' ; '.join(ways(asking))}. {_say_difficult(asking)}"


def paragraphs(asking: Asking) -> Iterator[str]:
    """The same as a mail or a letter says it."""
    yield f"Bonjour {asking.first_name},"
    yield f"{say_due(asking.wanted, asking.label)} {say_why(asking.wanted)}"
    yield f"Pour payer, comme vous préférez : {' ; '.join(ways(asking))}."
    yield "Si vous venez de payer, merci : ne tenez pas compte de ce message."
    yield f"{_say_difficult(asking)} Un paiement peut toujours s’étaler, sans aucuns frais."


def ways(asking: Asking) -> list[str]:
    """How to pay."""
    card = [f"par carte, sur {asking.pay_url}"] if asking.pay_url else []
    return [*card, f"par virement, en écrivant {asking.number} dans le libellé", "au guichet"]


def say_next(next_on: date | None, *, why_not: str | None, is_over: bool) -> str:
    """What comes next on an account, for those who work here."""
    if why_not is not None:
        return why_not
    if is_over:
        return "Tous les rappels ont été faits : c’est le moment de voir la personne, et d’étaler avec elle s’il le faut."
    if next_on is None:
        return "Aucun rappel n’est prévu."
    return f"Prochain rappel le {say_day(next_on)}, si rien n’est payé d’ici là."


def _say_difficult(asking: Asking) -> str:
    at = f" au {asking.phone}" if asking.phone else ""
    if asking.adviser:
        return f"Si c’est difficile en ce moment, dites-le à {asking.adviser}{at}."
    return f"Si c’est difficile en ce moment, appelez-nous{at}." if at else "Si c’est difficile en ce moment, dites-le-nous."


def _within(label: str) -> str:
    """A label after a colon or inside a sentence; AMIE keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
