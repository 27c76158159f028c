"""What a person reads of their deposit: a part kept, with why and how to say no; given back, and how. Pure."""

from textwrap import shorten

from billing.card_holds import ON_HOLD
from billing.keeping import KEPT_REASONS, PROVEN
from billing.saved_cards import ON_FILE
from mobility.money import euros

KEPT_SUBJECT, RELEASED_SUBJECT = "Une partie de votre caution est gardée", "Votre caution vous est rendue"
LAPSED_SUBJECT = "L’empreinte de votre carte n’est plus en place"
LABEL_MOST, SAID_MOST = 45, 70  # of a rental's name, of what somebody typed: how to contest must fit in a text message
GOES_BACK = {
    "cash": "en espèces",
    "uncashed_cheque": "par votre chèque, qui n’a pas été encaissé",
    "guarantee_fund": "la garantie est levée",
    "card": "sur votre carte, sous quelques jours",
    ON_FILE: "la carte enregistrée est oubliée",
    ON_HOLD: "l’empreinte est levée, votre banque libère la somme sous quelques jours",
    "card_elsewhere": "par nos soins",
}


def say_kept(*, cents: int, held_cents: int, why: str, reason: str, label: str, whom: str | None, phone: str | None) -> str:
    """What is kept, why, what is left, and whom to tell, on which number, that one does not agree."""
    left = f"Il en reste {euros(held_cents)}." if held_cents else "Il n’en reste rien."
    seen = " Les photos et la facture sont dans votre espace." if why in PROVEN else ""
    at = f" au {phone}" if phone else ""
    talk = f"dites-le à {whom}{at}" if whom else f"appelez-nous{at}" if phone else "dites-le-nous"
    return (
        f"{euros(cents)} de votre caution sont gardés, pour {_short(label, LABEL_MOST)} : {KEPT_REASONS[why].lower()} "
        f"({_short(reason, SAID_MOST)}). {left}{seen} Si vous n’êtes pas d’accord, {talk} : on regarde ensemble."
    )


def say_released(*, cents: int, kind: str, label: str) -> str:
    """How much goes back, of which rental, and how."""
    return f"Votre caution pour {_short(label, LABEL_MOST)} vous est rendue : {euros(cents)}, {GOES_BACK[kind]}."


def say_lapsed(*, cents: int, label: str, phone: str | None) -> str:
    """A hold that is over while the vehicle is out: nothing was taken, and the deposit is asked again."""
    at = f" ou appelez le {phone}" if phone else ""
    return (
        f"L’empreinte de {euros(cents)} sur votre carte, pour {_short(label, LABEL_MOST)}, n’est plus en place : rien n’a été débité, "
        f"votre banque libère la somme. La caution reste demandée : on convient avec vous d’une autre forme{at}."
    )


def _short(text: str, most: int) -> str:
    return shorten(text, most, placeholder=" …")
