"""Payouts of the card gateway on their way to the bank: seen on its statement, corrected by entries, never rewritten."""

from datetime import date, datetime

from billing import gateway_entries as entries
from billing.actions import ledger
from billing.gateway_balance import PayoutStatus
from billing.models import GatewayPayout
from billing.queries.gateway_books import lock_payout
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Viewer


def note_banked(
    payout_id: int, *, banked_on: date, cents: int | None = None, bank_line_id: int | None = None, by: Viewer, now: datetime
) -> GatewayPayout:
    """The bank has it since a day, all of it or `cents`: what is short stands on its way until somebody says what the bank kept.

    Raises NotFound, Conflict the second time or once it came back, RuleBroken for no such day or more than was sent.
    """
    payout = lock_payout(payout_id)
    if payout.status == PayoutStatus.FAILED:
        raise Conflict("Ce versement est revenu : la banque ne l’a pas pris.")
    if payout.banked_on is not None:
        raise Conflict("Ce versement est déjà à la banque.")
    if not paris_day(payout.made_at) <= banked_on <= paris_day(now):
        raise RuleBroken("Choisissez un jour entre celui du versement et aujourd’hui.", field="banked_on")
    cents = payout.cents if cents is None else cents
    if not 0 < cents <= payout.cents:
        raise RuleBroken(f"Ce versement est de {euros(payout.cents)} : la banque ne peut pas en avoir reçu plus.")
    label = f"Versement du prestataire de cartes crédité le {banked_on:%d/%m/%Y}"
    entry = entries.payout_banked(cents, on=ledger.open_day(banked_on, today=paris_day(now)), label=label)
    payout.banked_entry = ledger.post(entry, now=now, reference=payout.reference[:60])
    payout.banked_on, payout.banked_cents, payout.banked_at = banked_on, cents, now
    payout.banked_by, payout.bank_line_id = by.account_id, bank_line_id
    audit.record("payout_banked", payout, by=by, now=now)
    return payout


def enter_short(payout: GatewayPayout, *, by: Viewer, now: datetime) -> None:
    """What the bank kept of a payout is a cost. Once; the caller has locked it."""
    missing = payout.cents - (payout.banked_cents or payout.cents)
    if not missing or payout.short_entry is not None:
        return
    entry = entries.payout_short(missing, on=paris_day(now), label="Frais de la banque sur un versement du prestataire de cartes")
    payout.short_entry = ledger.post(entry, now=now, reference=payout.reference[:60])
    audit.record("payout_short", payout, by=by, now=now)


def undo(payout: GatewayPayout, *, by: Viewer, now: datetime) -> None:
    """The gateway knows nothing of it: its entry is undone by another. Raises Conflict once the bank has it; the caller has locked it."""
    if payout.banked_on is not None:
        raise Conflict("La banque a reçu ce versement : regardez-le avec le prestataire, puis dites ici ce qui a été vu.")
    if payout.status == PayoutStatus.FAILED:
        return
    label = "Versement inconnu du prestataire de cartes, écriture annulée"
    entry = entries.payout_made(-payout.cents, on=paris_day(now), label=label)
    payout.back_entry = ledger.post(entry, now=now, reference=payout.reference[:60])
    payout.status = str(PayoutStatus.FAILED)
    audit.record("payout_undone", payout, by=by, now=now)


def correct(payout: GatewayPayout, cents: int, *, by: Viewer, now: datetime) -> None:
    """The gateway says another sum: the difference is entered. Raises Conflict for less than the bank has; the caller has locked it."""
    if cents < (payout.banked_cents or 1):
        raise Conflict("La banque a reçu davantage : regardez-le avec le prestataire, puis dites ici ce qui a été vu.")
    if cents == payout.cents:
        return
    label = "Versement du prestataire de cartes, somme corrigée"
    ledger.post(entries.payout_made(cents - payout.cents, on=paris_day(now), label=label), now=now, reference=payout.reference[:60])
    payout.cents = cents
    audit.record("payout_corrected", payout, by=by, now=now)
    db.session.flush()
