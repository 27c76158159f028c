"""What a reminder says: what is due, why, how to pay, and whom to tell when it is difficult. Never a threat, never a fee. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from billing.reminders import Wanted
from mobility.money import euros
from mobility.periods import say_day
from mobility.tongues import joined, say

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
    return say("Un paiement est en attente") if wanted.is_late else say("Un paiement est prévu le %(day)s", day=say_day(wanted.due.on))


def say_due(wanted: Wanted, label: str) -> str:
    """What is due, for which rental, through which day."""
    told = {"sum": euros(wanted.cents), "day": say_day(wanted.due.on), "label": label}
    if wanted.is_late:
        return say("%(sum)s sont à payer depuis le %(day)s pour %(label)s.", **told)
    return say("%(sum)s sont à payer d’ici le %(day)s pour %(label)s.", **told)


def say_why(wanted: Wanted) -> str:
    """Why, in one line."""
    told = {"what": _within(wanted.due.what).rstrip("."), "count": wanted.count - 1}
    if wanted.count > 2:
        return say("Pourquoi : %(what)s, et %(count)s autres échéances.", **told)
    return (
        say("Pourquoi : %(what)s, et %(count)s autre échéance.", **told)
        if wanted.count > 1
        else say("Pourquoi : %(what)s.", what=told["what"])
    )


def short_text(asking: Asking) -> str:
    """All of it in one text message, or read aloud on the telephone."""
    label, why = shorten(asking.label, 60, placeholder=" …"), say_why(asking.wanted)
    return say(
        "%(due)s %(why)s Pour payer : %(ways)s. %(difficult)s",
        due=say_due(asking.wanted, label),
        why=why if len(why) <= WHY_MOST else shorten(why, WHY_MOST, placeholder=" …"),
        ways=joined(" ; ", ways(asking)),
        difficult=_say_difficult(asking),
    )


def paragraphs(asking: Asking) -> Iterator[str]:
    """The same as a mail or a letter says it."""
    yield say("Bonjour %(name)s,", name=asking.first_name)
    yield joined(" ", (say_due(asking.wanted, asking.label), say_why(asking.wanted)))
    yield say("Pour payer, comme vous préférez : %(ways)s.", ways=joined(" ; ", ways(asking)))
    yield say("Si vous venez de payer, merci : ne tenez pas compte de ce message.")
    yield joined(" ", (_say_difficult(asking), say("Un paiement peut toujours s’étaler, sans aucuns frais.")))


def ways(asking: Asking) -> list[str]:
    """How to pay."""
    card = [say("par carte, sur %(url)s", url=asking.pay_url)] if asking.pay_url else []
    return [*card, say("par virement, en écrivant %(number)s dans le libellé", number=asking.number), say("au guichet")]


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
    if asking.adviser and asking.phone:
        told = {"name": asking.adviser, "phone": asking.phone}
        return say("Si c’est difficile en ce moment, dites-le à %(name)s au %(phone)s.", **told)
    if asking.adviser:
        return say("Si c’est difficile en ce moment, dites-le à %(name)s.", name=asking.adviser)
    if asking.phone:
        return say("Si c’est difficile en ce moment, appelez-nous au %(phone)s.", phone=asking.phone)
    return say("Si c’est difficile en ce moment, dites-le-nous.")


def _within(label: str) -> str:
    """A label after a colon or inside a sentence; AMIE keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
