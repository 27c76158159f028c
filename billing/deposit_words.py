"""What a person reads of their deposit: a part kept, with why and how to say no; given back, and how. Pure."""

from textwrap import shorten

from billing.card_holds import ON_HOLD
from billing.keeping import KEPT_REASONS, PROVEN
from billing.saved_cards import ON_FILE
from mobility.money import euros
from mobility.tongues import joined, say, small, words

KEPT_SUBJECT, RELEASED_SUBJECT = say("Une partie de votre caution est gardée"), say("Votre caution vous est rendue")
LAPSED_SUBJECT = say("L’empreinte de votre carte n’est plus en place")
LABEL_MOST, SAID_MOST = 45, 70  # of a rental's name, of what somebody typed: how to contest must fit in a text message
GOES_BACK = words(
    {
        "cash": "en espèces",
        "uncashed_cheque": "par votre chèque, qui n’a pas été encaissé",
        "guarantee_fund": "la garantie est levée",
        "card": "sur votre carte, sous quelques jours",
        ON_FILE: "la carte enregistrée est oubliée",
        ON_HOLD: "l’empreinte est levée, votre banque libère la somme sous quelques jours",
        "card_elsewhere": "par nos soins",
    }
)


def say_kept(*, cents: int, held_cents: int, why: str, reason: str, label: str, whom: str | None, phone: str | None) -> str:
    """What is kept, why, what is left, and whom to tell, on which number, that one does not agree."""
    told = {"label": _short(label, LABEL_MOST), "why": small(KEPT_REASONS[why]), "reason": _short(reason, SAID_MOST)}
    return joined(
        " ",
        (
            say("%(sum)s de votre caution sont gardés, pour %(label)s : %(why)s (%(reason)s).", sum=euros(cents), **told),
            say("Il en reste %(sum)s.", sum=euros(held_cents)) if held_cents else say("Il n’en reste rien."),
            say("Les photos et la facture sont dans votre espace.") if why in PROVEN else None,
            say("Si vous n’êtes pas d’accord, %(talk)s : on regarde ensemble.", talk=_talk(whom, phone)),
        ),
    )


def _talk(whom: str | None, phone: str | None) -> str:
    if whom:
        return say("dites-le à %(name)s au %(phone)s", name=whom, phone=phone) if phone else say("dites-le à %(name)s", name=whom)
    return say("appelez-nous au %(phone)s", phone=phone) if phone else say("dites-le-nous")


def say_released(*, cents: int, kind: str, label: str) -> str:
    """How much goes back, of which rental, and how."""
    told = {"label": _short(label, LABEL_MOST), "sum": euros(cents), "how": GOES_BACK[kind]}
    return say("Votre caution pour %(label)s vous est rendue : %(sum)s, %(how)s.", **told)


def say_lapsed(*, cents: int, label: str, phone: str | None) -> str:
    """A hold that is over while the vehicle is out: nothing was taken, and the deposit is asked again."""
    told = {"sum": euros(cents), "label": _short(label, LABEL_MOST)}
    said = say(
        "L’empreinte de %(sum)s sur votre carte, pour %(label)s, n’est plus en place : rien n’a été débité, votre banque libère la somme.",
        **told,
    )
    asked = say("La caution reste demandée : on convient avec vous d’une autre forme.")
    if phone:
        asked = say("La caution reste demandée : on convient avec vous d’une autre forme ou appelez le %(phone)s.", phone=phone)
    return joined(" ", (said, asked))


def _short(text: str, most: int) -> str:
    return shorten(text, most, placeholder=" …")
