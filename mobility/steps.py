"""The news a prescriber receives: steps and outcomes only, never a debt, a kilometre or an item (domain.md §9 "Data"). Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mobility.codes import OTHER_OFFERS, REFUSALS
from mobility.periods import say_day
from mobility.signature import signature
from mobility.tongues import changed, say


class Step(StrEnum):
    """What is told, in the order of a path."""

    RECEIVED = "received"
    MET = "met"
    ACCEPTED = "accepted"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    NOT_FETCHED = "not_fetched"
    VEHICLE = "vehicle"
    RETURNED = "returned"
    ENDED = "ended"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a piece of news may say: the form's number, the person as `names.say_name` gives them, the platform, a day, coded words."""

    number: str
    person: str
    platform: str
    address: str
    met_on: date | None = None
    reason: str | None = None
    other_offer: str | None = None
    phone: str | None = None  # the platform's
    passes_on: bool = False  # whether the person asked to be reached through the prescriber
    outcome: str | None = None  # how a rental ended, in words: job and lasting solution


TITLES = {
    Step.RECEIVED: "fiche reçue",
    Step.MET: "personne rencontrée",
    Step.ACCEPTED: "accompagnement accepté",
    Step.REDIRECTED: "une autre solution proposée",
    Step.REFUSED: "réponse de la plateforme",
    Step.BOOKED: "véhicule réservé",
    Step.CANCELLED: "réservation annulée",
    Step.NOT_FETCHED: "véhicule non retiré",
    Step.VEHICLE: "véhicule remis",
    Step.RETURNED: "véhicule rendu",
    Step.ENDED: "fin de la mise à disposition",
    Step.EXPIRED: "fiche sans suite",
}

_SENTENCES: dict[Step, Callable[[Facts], str]] = {
    Step.RECEIVED: lambda f: f"Nous avons bien reçu votre fiche pour {f.person} et prenons très vite contact avec la personne.",
    Step.MET: lambda f: f"Nous avons rencontré {f.person}{_on(f.met_on)} : notre réponse suit.",
    Step.ACCEPTED: lambda f: f"Nous accompagnons {f.person} : son parcours de mobilité commence.",
    Step.REDIRECTED: lambda f: f"Pour {f.person}, une autre solution convient mieux. Nous proposons {offer(f.other_offer)}.",
    Step.REFUSED: lambda f: (
        f"Nous ne pouvons pas accompagner {f.person} pour le moment : {REFUSALS.get(f.reason or '', 'la demande ne peut pas aboutir')}. "
        f"Nous proposons {offer(f.other_offer)}."
    ),
    Step.BOOKED: lambda f: f"Un véhicule est réservé pour {f.person} : la remise des clés se prépare avec son conseiller.",
    Step.CANCELLED: lambda f: f"La réservation d’un véhicule pour {f.person} est annulée. Le parcours continue avec son conseiller.",
    Step.NOT_FETCHED: lambda f: (
        f"Le véhicule réservé pour {f.person} n’a pas été retiré : il est de nouveau libre. "
        "Si le besoin demeure, un autre départ se prévoit avec le conseiller."
    ),
    Step.VEHICLE: lambda f: f"{f.person} dispose maintenant d’un véhicule pour ses trajets.",
    Step.RETURNED: lambda f: f"{f.person} a rendu le véhicule. Le bilan de cette étape suit.",
    Step.ENDED: lambda f: (
        f"La mise à disposition du véhicule de {f.person} est terminée."
        + (f" À la sortie : {f.outcome}." if f.outcome else "")
        + " Le parcours continue avec son conseiller."
    ),
    Step.EXPIRED: lambda f: (
        f"Votre fiche pour {f.person} n’a pas été prise en charge à temps : elle s’arrête là, et nous le regrettons. "
        "Si le besoin demeure, appelez-nous ou envoyez une nouvelle fiche."
    ),
}


# Whoever follows the person without having prescribed: where it stands, and nothing to do.
_TO_THE_REFERENT: dict[Step, Callable[[Facts], str]] = {
    Step.RECEIVED: lambda f: f"Vous suivez {f.person} : une demande de mobilité nous est arrivée, nous prenons contact.",
    Step.MET: lambda f: f"Nous avons rencontré {f.person}{_on(f.met_on)}.",
    Step.ACCEPTED: lambda f: f"Nous accompagnons {f.person}.",
    Step.REDIRECTED: lambda f: f"Nous proposons {offer(f.other_offer)} à {f.person}.",
    Step.REFUSED: lambda f: f"Nous n’accompagnons pas {f.person} pour le moment, et proposons {offer(f.other_offer)}.",
    Step.BOOKED: lambda f: f"Un véhicule est réservé pour {f.person}.",
    Step.CANCELLED: lambda f: f"La réservation d’un véhicule pour {f.person} est annulée.",
    Step.NOT_FETCHED: lambda f: f"Le véhicule réservé pour {f.person} n’a pas été retiré.",
    Step.VEHICLE: lambda f: f"{f.person} a un véhicule pour ses trajets.",
    Step.RETURNED: lambda f: f"{f.person} a rendu le véhicule.",
    Step.ENDED: lambda f: f"{f.person} n’a plus de véhicule de notre part." + (f" À la sortie : {f.outcome}." if f.outcome else ""),
    Step.EXPIRED: lambda f: f"La demande pour {f.person} n’a pas été prise en charge à temps et s’arrête.",
}

# The person: what they did not live themselves. A meeting or a vehicle is no news to them.
_TO_THE_PERSON: dict[Step, Callable[[Facts], str]] = {
    Step.RECEIVED: lambda f: say("Nous avons reçu la demande de mobilité envoyée pour vous, et vous contactons bientôt."),
    Step.ACCEPTED: lambda f: say("C’est oui : nous vous accompagnons."),
    Step.REDIRECTED: lambda f: say("Pour vos trajets, nous vous proposons %(what)s.", what=_your(offer(f.other_offer))),
    Step.REFUSED: lambda f: say(
        "Nous ne pouvons pas vous accompagner pour le moment. Nous vous proposons %(what)s.", what=_your(offer(f.other_offer))
    ),
    Step.EXPIRED: lambda f: say(
        "La demande de mobilité envoyée pour vous n’a pas été prise en charge à temps et s’arrête là. "
        "Si vous en avez encore besoin, appelez-nous ou parlez-en à la personne qui vous suit."
    ),
}


def offer(code: str | None) -> str:
    """Another offer in words."""
    return OTHER_OFFERS.get(code or "", say("d’en parler ensemble"))


def sentence(step: Step, facts: Facts) -> str:
    """The step in one or two sentences, as the prescriber and the person read it."""
    return _SENTENCES[step](facts)


def to_the_person(step: Step, facts: Facts) -> str | None:
    """The step as the person is told it, however they are reached; None for one they lived themselves."""
    said = _TO_THE_PERSON.get(step)
    return said(facts) if said else None


def referent_mail(step: Step, facts: Facts) -> tuple[str, str]:
    """Subject and body of the mail to whoever follows the person without having prescribed: no page of ours opens to them."""
    body = (
        f"Bonjour,\n\n{_TO_THE_REFERENT[step](facts)}\n\n"
        f"Fiche de liaison {facts.number}, avec l’accord de la personne.\n{signature(facts.platform, facts.phone)}\n"
    )
    return f"{facts.person} : {TITLES[step]}", body


def mail(step: Step, facts: Facts) -> tuple[str, str]:
    """Subject and body of the mail that tells a step to the prescriber, and what to pass on to who is reached through them."""
    told = to_the_person(step, facts) if facts.passes_on else None
    pass_on = f"{facts.person} a choisi d’être joint·e par vous. Merci de lui dire :\n« {told} »\n\n" if told else ""
    body = (
        f"Bonjour,\n\n{sentence(step, facts)}\n\n{pass_on}"
        f"Fiche de liaison {facts.number}, à suivre ici :\n{facts.address}\n\n"
        f"Merci de votre confiance.\n{signature(facts.platform, facts.phone)}\n"
    )
    return f"{facts.person} : {TITLES[step]}", body


def _your(offered: str) -> str:
    return changed(offered, lambda said: said.replace("avec son ", "avec votre "))


def _on(day: date | None) -> str:
    return f" le {say_day(day)}" if day else ""
