"""What our books and the card gateway's own list do not say alike: sixteen kinds, each with its sentence and the act that mends it. Pure.

A charge that carries neither a platform nor a payment was made elsewhere than here (the association's own shop, say): it is none of ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from billing.card_gateway import CURRENCY, Charge
from billing.gateway_balance import Payout
from billing.payments import OPEN_CARD
from billing.payout_differences import HeldPayout, differ
from mobility.money import euros

REACH = timedelta(days=400)  # a holder may contest for thirteen months; a deposit goes back after five months and 45 days
SETTLES_BY_ITSELF = timedelta(hours=2)  # the webhook, then the hour's reconciliation, come first

KIND_LABELS = {
    "unknown": "Débit inconnu ici",
    "other_platform": "Débit d’une autre plateforme",
    "currency": "Monnaie différente",
    "amount": "Montant différent",
    "paid_twice": "Payé deux fois",
    "paid_there": "Payé chez le prestataire, pas ici",
    "paid_here": "Reçu ici, introuvable chez le prestataire",
    "refunded_there": "Rendu par le prestataire, pas ici",
    "refunded_here": "Rendu ici, pas par le prestataire",
    "contested": "Débit contesté, inconnu ici",
    "closed_there": "Page fermée chez le prestataire, ouverte ici",
    "open_there": "Page ouverte chez le prestataire, fermée ici",
    "payout_there": "Versement du prestataire, inconnu ici",
    "payout_here": "Versement inconnu du prestataire",
    "payout_amount": "Versement d’une autre somme",
    "payout_short": "Versement arrivé incomplet à la banque",
}
ACT_LABELS = {
    "contested": "Écrire la contestation dans les comptes",
    "payout_there": "Écrire ce versement dans les comptes",
    "payout_here": "Annuler son écriture",
    "payout_amount": "Écrire la différence",
    "payout_short": "Écrire ce qui manque en frais bancaires",
    "paid_twice": "Rendre le second débit",
    "paid_there": "Enregistrer le paiement",
    "refunded_there": "Écrire ce remboursement dans les comptes",
    "refunded_here": "Faire rendre la somme",
    "closed_there": "Fermer la page ici aussi",
    "open_there": "Fermer la page chez le prestataire",
}  # the others are seen with the bank by a person, who says what was done
HOW_LABELS = {"act": "réglé d’ici", "seen": "vu avec la banque", "itself": "disparu de lui-même"}


@dataclass(frozen=True, kw_only=True)
class Held:
    """A card payment as our books hold it; `asked_cents` was asked back and not yet answered, `is_fresh` moved too lately to be judged.

    `is_reached` is False for one made before the list begins: its charge may stand there or not.
    """

    payment_id: int
    reference: str
    status: str
    cents: int
    refunded_cents: int = 0
    asked_cents: int = 0
    charge_reference: str | None = None
    session_reference: str | None = None
    is_fresh: bool = False
    is_reached: bool = True
    is_disputed: bool = False  # our books know that it is contested


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What the gateway's account lists: its charges, the pages that somebody may still pay, and what it sent to the bank."""

    charges: Sequence[Charge]
    open_pages: frozenset[str] = field(default_factory=frozenset)
    payouts: Sequence[Payout] = ()


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing not said alike; `kind` and `subject` name it from one night to the next, `cents` is the sum at stake."""

    kind: str
    subject: str
    cents: int
    sentence: str
    payment_id: int | None = None
    charge_reference: str | None = None


def find_differences(
    held: Sequence[Held], listed: Listed, payouts: Sequence[HeldPayout] = (), *, platform_slug: str, now: datetime
) -> list[Difference]:
    """Every difference between the two, each once; nothing that a webhook or the hour may still settle by itself."""
    ours = {payment.reference: payment for payment in held}
    charges = [charge for charge in listed.charges if charge.platform_slug or charge.payment_reference]
    old = [charge for charge in charges if charge.taken_at <= now - SETTLES_BY_ITSELF]
    firsts = _firsts(ours, old, platform_slug)
    found = [one for charge in old for one in _of_charge(charge, ours, firsts, platform_slug)]
    charged = {charge.payment_reference for charge in charges}
    found += [
        Difference(kind=kind, subject=subject, cents=cents, sentence=said)
        for kind, subject, cents, said in differ(payouts, listed.payouts, now - SETTLES_BY_ITSELF)
    ]
    return found + [one for payment in held if not payment.is_fresh for one in _of_payment(payment, charged, listed.open_pages)]


def _firsts(ours: dict[str, Held], charges: Sequence[Charge], platform_slug: str) -> dict[str, str]:
    """Of each payment, the charge that pays it: the one our books name, else the first whose sum and currency are right, else the first."""
    firsts: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for charge in sorted(charges, key=lambda charge: charge.taken_at):
        payment = ours.get(charge.payment_reference or "")
        if payment is None or charge.platform_slug != platform_slug:
            continue
        fits = (charge.cents, charge.currency) == (payment.cents, CURRENCY)
        rank = 2 if charge.charge_reference == payment.charge_reference and payment.status == "settled" else int(fits)
        if rank > ranks.get(payment.reference, -1):
            firsts[payment.reference], ranks[payment.reference] = charge.charge_reference, rank
    return firsts


def _of_charge(charge: Charge, ours: dict[str, Held], firsts: dict[str, str], platform_slug: str) -> Iterator[Difference]:
    payment = ours.get(charge.payment_reference or "")
    if payment is not None and payment.is_fresh:
        return
    if charge.is_contested and not (payment and payment.is_disputed):
        said = f"Ce débit de {euros(charge.cents)} est contesté, et les comptes ne l’ont pas encore."
        yield _about(charge, payment, "contested", charge.cents, said)
    misfit = _misfit(charge, payment, firsts, platform_slug)
    if misfit is not None:
        left = charge.cents - charge.refunded_cents
        if left:  # all of it went back: nobody is owed anything
            yield _about(charge, payment, misfit[0], left, misfit[1])
    elif payment is not None:
        yield from _of_pair(charge, payment)


def _misfit(charge: Charge, payment: Held | None, firsts: dict[str, str], platform_slug: str) -> tuple[str, str] | None:
    """Why a charge is not the one that a payment of ours waits for."""
    if charge.platform_slug != platform_slug:
        name = charge.platform_slug or "aucune"
        return "other_platform", f"Ce débit de {euros(charge.cents)} dit venir d’une autre plateforme ({name})."
    if payment is None:
        reference = charge.payment_reference or "aucune référence"
        return "unknown", f"Un débit de {euros(charge.cents)} porte une référence ({reference}) qu’aucun paiement d’ici ne porte."
    if firsts[payment.reference] != charge.charge_reference:
        return "paid_twice", f"Le paiement {payment.reference} a été débité une seconde fois, de {euros(charge.cents)}."
    if charge.currency != CURRENCY:
        return "currency", f"Le paiement {payment.reference} a été débité dans une autre monnaie que l’euro ({charge.currency})."
    if charge.cents != payment.cents:
        return "amount", f"Le prestataire a débité {euros(charge.cents)}, {euros(payment.cents)} étaient attendus ({payment.reference})."
    return None


def _of_pair(charge: Charge, payment: Held) -> Iterator[Difference]:
    """A charge and the payment it fits: received on both sides, and given back alike."""
    if payment.status != "settled":
        said = f"Le prestataire a reçu {euros(charge.cents)} pour le paiement {payment.reference}, les comptes ne l’ont pas."
        yield _about(charge, payment, "paid_there", charge.cents, said)
        return
    there, here = charge.refunded_cents, payment.refunded_cents
    said = f"Du paiement {payment.reference}, le prestataire a rendu {euros(there)} et les comptes disent {euros(here)}."
    if there > here + payment.asked_cents:
        yield _about(charge, payment, "refunded_there", there - here - payment.asked_cents, said)
    if there < here:
        yield _about(charge, payment, "refunded_here", here - there, said)


def _of_payment(payment: Held, charged: set[str | None], open_pages: frozenset[str]) -> Iterator[Difference]:
    """A payment of ours that no charge explains, or whose page does not stand as we hold it."""
    is_open_there = payment.session_reference in open_pages
    kind, said = "", ""
    if payment.status == "settled" and payment.reference not in charged and payment.is_reached:
        kind, said = "paid_here", f"Les comptes ont reçu {euros(payment.cents)} ({payment.reference}), le prestataire n’en a aucune trace."
    elif payment.status not in OPEN_CARD and is_open_there:
        kind, said = "open_there", f"La page du paiement {payment.reference} est fermée ici, et quelqu’un peut encore la payer."
    elif payment.status in OPEN_CARD and payment.session_reference and not is_open_there and payment.reference not in charged:
        kind, said = "closed_there", f"La page du paiement {payment.reference} attend encore ici, et plus personne ne peut la payer."
    if kind:
        yield Difference(kind=kind, subject=payment.reference, cents=payment.cents, sentence=said, payment_id=payment.payment_id)


def _about(charge: Charge, payment: Held | None, kind: str, cents: int, sentence: str) -> Difference:
    return Difference(
        kind=kind,
        subject=charge.charge_reference,
        cents=cents,
        sentence=sentence,
        payment_id=payment.payment_id if payment else None,
        charge_reference=charge.charge_reference,
    )
