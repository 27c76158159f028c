"""The lists of what the card gateway sent to the bank, and of the payments claimed back."""

from functools import partial
from typing import Any

from flask import url_for

from billing.gateway_balance import DisputeStatus
from billing.gateway_books import DECIDED_LABELS, DISPUTE_LABELS, DISPUTE_TONES, PAYOUT_LABELS
from billing.models import BillingAccount, CardDispute, GatewayPayout
from billing.queries.gateway_books import in_state, read_dispute
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME
from mobility.web.fields import Choice

PLACES = {"way": "en chemin", "bank": "à la banque", "failed": "revenu"}
STATES = {"to_decide": "perdues, à décider", "decided": "perdues, décidées", "open": "en cours", "won": "gagnées", "lost": "perdues"}


def _place(payout: GatewayPayout) -> Said:
    if payout.banked_on is not None:
        return Said("à la banque", "fine")
    return Said(PAYOUT_LABELS[payout.status], "over" if payout.status == "failed" else "waiting")


def say_state(dispute: CardDispute) -> Said:
    """Where a dispute stands, with what was decided of it."""
    if dispute.decided is not None:
        return Said(f"perdue, {DECIDED_LABELS[dispute.decided]}", "neutral")
    status = DisputeStatus(dispute.status)
    label, tone = DISPUTE_LABELS[status], DISPUTE_TONES[status]
    return Said(f"{label}, à décider" if status is DisputeStatus.LOST else label, tone)


def _in(query: Any, place: str) -> Any:
    if place == "bank":
        return query.filter(GatewayPayout.banked_on.is_not(None))
    is_back = GatewayPayout.status == "failed"
    return query.filter(is_back if place == "failed" else ~is_back & GatewayPayout.banked_on.is_(None))


PAYOUTS = Listing(
    name="versements-cartes",
    title="Versements du prestataire de cartes",
    columns=[
        Column("made", "Parti", lambda row: row[0].made_at, [GatewayPayout.made_at, GatewayPayout.id]),
        Column("arrives", "Attendu le", lambda row: row[0].arrives_on, [GatewayPayout.arrives_on]),
        Column("cents", "Montant", lambda row: Euros(row[0].cents), [GatewayPayout.cents], number=True),
        Column("place", "État", lambda row: _place(row[0])),
        Column("banked", "Crédité le", lambda row: row[0].banked_on, [GatewayPayout.banked_on]),
        Column(
            "received",
            "Reçu",
            lambda row: None if row[0].banked_cents is None else Euros(row[0].banked_cents),
            [GatewayPayout.banked_cents],
            number=True,
        ),
        Column("line", "Ligne du relevé", lambda row: row[1]),
        Column("reference", "Référence", lambda row: row[0].reference, [GatewayPayout.reference]),
    ],
    filters=[Filter("place", "Où", partial(Choice, PLACES), _in, lambda: list(PLACES.items()), every="Tous")],
    sort="-made",
    tie=GatewayPayout.id,
    amount=GatewayPayout.cents,
)
DISPUTES = Listing(
    name="contestations",
    title="Paiements par carte contestés",
    columns=[
        Column(
            "person",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("gateway_books.dispute", dispute_id=line.dispute.id),
        ),
        Column("label", "Location", lambda line: line.account.label, [BillingAccount.label]),
        Column("opened", "Ouverte", lambda line: line.dispute.opened_at, [CardDispute.opened_at, CardDispute.id]),
        Column("cents", "Montant", lambda line: Euros(line.dispute.cents), [CardDispute.cents], number=True),
        Column("state", "État", lambda line: say_state(line.dispute), [CardDispute.status]),
        Column("reply", "Répondre avant", lambda line: line.dispute.reply_by, [CardDispute.reply_by]),
        Column("closed", "Fermée", lambda line: line.dispute.closed_at, [CardDispute.closed_at]),
    ],
    filters=[Filter("state", "Lesquelles", partial(Choice, STATES), in_state, lambda: list(STATES.items()), every="Toutes")],
    sort="-opened",
    tie=CardDispute.id,
    read=read_dispute,
    person=lambda line: int(line.person.id),
    amount=CardDispute.cents,
)
