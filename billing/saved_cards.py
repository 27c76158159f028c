"""A card that its holder leaves at the gateway, to be charged later without them, and the rules of it here. Pure (docs/adr/0022).

The gateway keeps the card; we keep its two names there, its brand, its last four digits and when it ends.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from mobility.money import euros
from mobility.tongues import joined, say

ON_FILE = "card_on_file"  # the kind of deposit that such a card secures
KEY_LASTS = timedelta(hours=23)  # a gateway remembers a key for a day: sent again later, it could charge twice
FORGET_DAYS_KEY = "billing.saved_card_days"

PAGE_OPEN = ("asked", "pending")
CARD_LABELS = {
    "asked": "lien à ouvrir",
    "pending": "page ouverte",
    "saved": "enregistrée",
    "closed": "page fermée",
    "forgetting": "oubli demandé",
    "forgotten": "oubliée",
}
CALL_LABELS = {
    "asked": "demandé à la banque",
    "authenticate": "en attente de la personne",
    "refused": "refusé par la banque",
    "kept": "débité",
    "dropped": "abandonné",
}
CALL_OPEN = ("asked", "authenticate")
CALL_SENTENCES = {
    "authenticate": "La banque demande que la personne confirme ce débit : elle reçoit un lien. Rien n’est gardé d’ici là.",
    "dropped": "La somme a été payée autrement : ce débit est abandonné, rien n’est pris ni gardé.",
    "refused": "La banque a refusé ce débit, rien n’est gardé. La somme reste due : proposez un lien de paiement ou un échéancier.",
}


@dataclass(frozen=True, kw_only=True)
class SetupOrder:
    """A page where a card is left and nothing is paid; `label` is what the person reads on it, without any name."""

    key: str
    platform_slug: str
    card_reference: str
    label: str
    success_url: str
    cancel_url: str
    language: str = "fr"


@dataclass(frozen=True, kw_only=True)
class SetupPage:
    """The open page: the gateway's name for it, and where the person goes."""

    session_reference: str
    url: str


@dataclass(frozen=True, kw_only=True)
class LeftCard:
    """A card left at the gateway: whose it is there, its own name there, and what its holder knows it by."""

    holder_reference: str
    card_reference: str
    brand: str
    last4: str
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class SavedChargeOrder:
    """`cents` to take from a card left before, its holder away; `payment_reference` comes back in each event."""

    key: str
    platform_slug: str
    payment_reference: str
    cents: int
    label: str
    holder_reference: str
    card_reference: str


class Outcome(StrEnum):
    """What the bank says to a charge without its holder."""

    PAID = "paid"
    AUTHENTICATE = "authenticate"  # not without the holder: nothing was taken
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class SavedCharge:
    """The answer to a charge: its reference, once money was taken; why it was declined (auto_payments.REFUSALS), where the bank said."""

    outcome: Outcome
    charge_reference: str | None = None
    refusal: str = "bank"


class KeepsCards(Protocol):
    """What a gateway does with cards left to it. Every method may raise GatewayUnreachable or GatewayRefused."""

    def open_setup(self, order: SetupOrder) -> SetupPage:
        """A page where the person leaves a card. Raises KeyReused."""
        ...

    def find_left_card(self, session_reference: str) -> LeftCard | None:
        """The card left on a page; None while there is none."""
        ...

    def charge_saved(self, order: SavedChargeOrder) -> SavedCharge:
        """Charge it, its holder away. The same key gives the first answer for a day. Raises RuleBroken on the amount, KeyReused."""
        ...

    def forget_card(self, holder_reference: str) -> None:
        """Have the gateway forget the card and whose it was; forgotten before, it stays so."""
        ...


def may_send_again(asked_at: datetime, now: datetime) -> bool:
    """Whether a charge whose answer was lost may be sent again under its key; later the gateway is asked what became of it."""
    return now - asked_at < KEY_LASTS


def holds_up(asked_at: datetime, now: datetime) -> bool:
    """Whether a charge without an answer keeps its deposit from going back: for a day, never for days."""
    return now - asked_at < KEY_LASTS + timedelta(hours=1)


def forget_on(release_on: date, days: int) -> date:
    """The day from which a card goes by itself: so many days after its deposit could go back."""
    return release_on + timedelta(days=days)


def agreed_points(platform_name: str, most_cents: int, *, release: str, days: int) -> tuple[str, ...]:
    """What the person agrees to by leaving a card, point by point; the French is what binds (docs/adr/0028)."""
    return (
        say(
            "%(name)s peut débiter cette carte sans que vous soyez là, de %(sum)s au plus en tout.",
            name=platform_name,
            sum=euros(most_cents),
        ),
        say(
            "Seulement pour une somme déjà inscrite à votre compte (loyer impayé, dégât, perte, nettoyage, frais d’une contravention), "
            "avec la raison écrite et ce qui la prouve. Vous les lisez dans votre espace et pouvez les contester auprès de la plateforme."
        ),
        say("Si votre banque veut votre accord pour un débit, vous recevez un lien : rien n’est pris sans lui."),
        joined(" ", (release, say_forgotten(days))),
    )


def say_forgotten(days: int) -> str:
    """Until when a card is kept once its deposit went back."""
    return say("Votre carte est alors oubliée, au plus tard %(days)s jours après.", days=days)


def say_card(brand: str | None, last4: str | None) -> str:
    """A card as its holder knows it: "Visa •••• 4242"."""
    return f"{(brand or 'carte').capitalize()} •••• {last4 or '????'}"
