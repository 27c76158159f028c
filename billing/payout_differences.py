"""What our books and the card gateway do not say alike of its payouts to the bank. Pure; beside billing/differences.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from billing.gateway_balance import Payout, PayoutStatus
from billing.gateway_books import say_short
from mobility.money import euros


@dataclass(frozen=True, kw_only=True)
class HeldPayout:
    """A payout as our books hold it; `short_cents` of it never came to the bank and are entered nowhere yet.

    `is_reached` is False for one made before the list begins.
    """

    reference: str
    cents: int
    short_cents: int = 0
    is_back: bool = False
    is_reached: bool = True


def differ(held: Sequence[HeldPayout], listed: Sequence[Payout], until: datetime) -> Iterator[tuple[str, str, int, str]]:
    """Kind, reference, cents at stake and sentence of each; of the gateway's, those made until an instant."""
    ours = {payout.reference: payout for payout in held}
    there = {payout.payout_reference: payout for payout in listed}
    for payout in listed:
        if payout.payout_reference in ours or payout.made_at > until or payout.status is PayoutStatus.FAILED:
            continue
        said = f"Le prestataire a versé {euros(payout.cents)} à la banque ({payout.payout_reference}), les comptes ne l’ont pas."
        yield "payout_there", payout.payout_reference, payout.cents, said
    for one in held:
        if one.is_back:
            continue
        found = there.get(one.reference)
        if found is None and one.is_reached:
            said = f"Les comptes ont un versement de {euros(one.cents)} ({one.reference}), le prestataire n’en a aucune trace."
            yield "payout_here", one.reference, one.cents, said
        if found is not None and found.cents != one.cents:
            said = f"Le prestataire a versé {euros(found.cents)} ({one.reference}), les comptes disent {euros(one.cents)}."
            yield "payout_amount", one.reference, abs(found.cents - one.cents), said
        if one.short_cents:
            yield "payout_short", one.reference, one.short_cents, say_short(one.cents, one.cents - one.short_cents)
