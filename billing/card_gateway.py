"""The card gateway, in our words: what a platform asks of whoever charges cards. Pure: the adapters stand beside and in `local_gateway`.

The gateway is never called inside a transaction: commit the order with its key, call, settle in a second transaction (architecture.md).
A key sent again with the same order gets the first answer; so a call whose answer was lost is simply made again.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from billing.card_holds import CaptureOrder, HoldState
from billing.gateway_balance import TellsBalance
from billing.saved_cards import KeepsCards
from mobility.errors import DomainError, RuleBroken
from mobility.money import euros

CURRENCY = "eur"
LEAST_CENTS = 50  # below, the card networks' gateways refuse a charge in euros
MOST_CENTS = 99_999_999  # eight digits is the most a gateway takes
REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,100}")


class EventKind(StrEnum):
    """What an event of the gateway tells; the first five are those of one payment that succeeds."""

    PAYMENT_CREATED = "payment_created"
    PAYMENT_SUCCEEDED = "payment_succeeded"
    CHARGE_SUCCEEDED = "charge_succeeded"
    CHECKOUT_COMPLETED = "checkout_completed"
    CHARGE_UPDATED = "charge_updated"
    FAILED = "failed"  # one attempt; the same checkout may still succeed
    EXPIRED = "expired"  # the checkout: nobody can pay it any more
    REFUNDED = "refunded"
    CARD_SAVED = "card_saved"  # on a page where nothing is paid: its session says which
    HOLD_MOVED = "hold_moved"  # placed, lifted or lapsed: the gateway is asked which
    IGNORED = "ignored"


PROOFS_OF_PAYMENT = frozenset({EventKind.PAYMENT_SUCCEEDED, EventKind.CHARGE_SUCCEEDED, EventKind.CHECKOUT_COMPLETED})


class ChargeStatus(StrEnum):
    """Where a charge stands, as the gateway says it when asked."""

    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDED = "refunded"  # in full; a part given back leaves it paid, with `refunded_cents`


@dataclass(frozen=True, kw_only=True)
class GatewayKeys:
    """One platform's keys: the first opens its account, the second proves that an event comes from it."""

    secret_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class CheckoutOrder:
    """A payment page to open: `cents` in euros, `label` is what the person reads on it, `payment_reference` comes back in each event.

    The label is all the gateway learns: it must hold no name.
    """

    key: str
    platform_slug: str
    payment_reference: str
    cents: int
    label: str
    success_url: str
    cancel_url: str
    language: str = "fr"


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """An open payment page: the gateway's name for it, and where the person goes."""

    session_reference: str
    url: str


@dataclass(frozen=True, kw_only=True)
class RefundOrder:
    """`cents` to give back, in part or whole, of the charge that an event or `find_charge` named."""

    key: str
    charge_reference: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class Refund:
    """A refund the gateway took; `is_settled` is False while the bank has not said yes."""

    refund_reference: str
    charge_reference: str
    cents: int
    is_settled: bool


@dataclass(frozen=True, kw_only=True)
class ChargeState:
    """A charge as the gateway holds it now, for reconciliation; `charge_reference` is None until somebody tried to pay."""

    status: ChargeStatus
    cents: int
    refunded_cents: int
    currency: str
    payment_reference: str | None
    charge_reference: str | None


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Money that the gateway took, as its list shows it; `is_contested` once the holder or their bank has claimed it back."""

    charge_reference: str
    platform_slug: str | None
    payment_reference: str | None
    cents: int
    refunded_cents: int
    currency: str
    is_contested: bool
    taken_at: datetime


@dataclass(frozen=True, kw_only=True)
class GatewayEvent:
    """One signed event. `charge_reference` is the same in all five events of a payment, whatever their order.

    The caller checks platform, `cents` and `currency` against its own order. Of a refund `cents` is all given back so far.
    What an ignored event does not say is None.
    """

    event_id: str
    kind: EventKind
    occurred_at: datetime
    platform_slug: str | None
    payment_reference: str | None
    session_reference: str | None
    charge_reference: str | None
    cents: int | None
    currency: str | None


class SignatureRefused(DomainError):
    """An event that nobody entitled has signed, or signed too long ago."""

    status = 400


class EventUnreadable(DomainError):
    """A signed event whose body is not one we can read."""

    status = 400


class GatewayUnreachable(DomainError):
    """No answer, so nobody knows whether it happened: the same key may be sent again."""

    status = 503

    def __init__(
        self, sentence: str = "Le service de paiement par carte ne répond pas. Rien n’est perdu : réessayez dans un instant."
    ) -> None:
        super().__init__(sentence)


class GatewayRefused(DomainError):
    """The gateway does not accept our keys or our order: somebody must look at the settings."""

    status = 502

    def __init__(
        self,
        sentence: str = "Le service de paiement par carte refuse la demande de la plateforme. Vérifiez ses clés dans les réglages ; "
        "un autre moyen de paiement reste possible.",
    ) -> None:
        super().__init__(sentence)


class KeyReused(RuleBroken):
    """A key came back with another order."""

    def __init__(
        self, sentence: str = "Ce paiement a déjà été demandé avec un autre montant. Rechargez la page avant de recommencer."
    ) -> None:
        super().__init__(sentence)


class CardDeclined(RuleBroken):
    """The bank said no; nothing was charged."""

    def __init__(
        self, sentence: str = "La banque a refusé la carte, rien n’a été débité. Essayez une autre carte ou un autre moyen."
    ) -> None:
        super().__init__(sentence)


class RefundRefused(RuleBroken):
    """More than what is left of the charge, or a charge that cannot be given back."""

    def __init__(self, sentence: str = "Ce remboursement dépasse ce qui reste de ce paiement par carte.") -> None:
        super().__init__(sentence, field="cents")


class CardGateway(KeepsCards, TellsBalance, Protocol):
    """One platform's account at the gateway. Every method may raise GatewayUnreachable or GatewayRefused, but `read_event`."""

    def open_checkout(self, order: CheckoutOrder) -> Checkout:
        """A payment page for this order. Raises RuleBroken on an amount out of bounds, KeyReused."""
        ...

    def close_checkout(self, session_reference: str) -> bool:
        """True once nobody can pay this page any more, also when it was closed before; False when it was paid before."""
        ...

    def refund(self, order: RefundOrder) -> Refund:
        """Give back part or all of a charge. Raises RefundRefused, KeyReused."""
        ...

    def open_hold(self, order: CheckoutOrder) -> Checkout:
        """A page where the person's bank sets `cents` aside and nothing is taken. Raises RuleBroken on the amount, KeyReused."""
        ...

    def find_hold(self, session_reference: str) -> HoldState | None:
        """Where the hold of a page stands; None for a page unknown."""
        ...

    def capture_hold(self, order: CaptureOrder) -> HoldState:
        """Take a part or all of a hold, once: taken or lifted before, it stays so, and the answer says what it is now.

        Raises GatewayRefused above what is held.
        """
        ...

    def lift_hold(self, charge_reference: str) -> HoldState:
        """Let the person's bank have the sum back; taken or lifted before, it stays so."""
        ...

    def find_charge(self, *, session_reference: str | None = None, payment_reference: str | None = None) -> ChargeState | None:
        """By one of the two. By payment the answer may lag a minute, and a checkout where nobody typed a card is not found."""
        ...

    def list_charges(self, since: datetime) -> list[Charge]:
        """All that was taken since an instant, given back later or not, in no stated order."""
        ...

    def list_open_pages(self) -> frozenset[str]:
        """The session references of the pages that somebody may still pay."""
        ...

    def read_event(self, raw: bytes, signature: str | None, now: datetime) -> GatewayEvent:
        """The event in a webhook's body, byte for byte as received. Raises SignatureRefused, EventUnreadable; asks nobody."""
        ...


class CardGateways(Protocol):
    """The gateway's company: one account per platform."""

    checkout_hosts: tuple[str, ...]
    """Origins that a form may be redirected to, for the edge's `form-action`; empty when the page is our own."""

    def gateway_for(self, keys: GatewayKeys) -> CardGateway:
        """The account these keys open; asks nobody."""
        ...


def check_order(order: CheckoutOrder) -> None:
    """Raises RuleBroken when no gateway could charge this amount, ValueError on a reference that is not ours."""
    check_amount(order.cents)
    for reference in (order.key, order.platform_slug, order.payment_reference):
        check_reference(reference)


def check_amount(cents: int) -> None:
    """Raises RuleBroken when no gateway could charge it."""
    if not LEAST_CENTS <= cents <= MOST_CENTS:
        raise RuleBroken(f"Un paiement par carte va de {euros(LEAST_CENTS)} à {euros(MOST_CENTS)}.", field="cents")


def check_reference(reference: str) -> None:
    """Raises ValueError unless `reference` is 1 to 100 letters, digits, - or _: it travels in queries and headers."""
    if not REFERENCE.fullmatch(reference):
        raise ValueError(f"not a reference: {reference!r}")
