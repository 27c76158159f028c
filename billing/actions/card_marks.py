"""Where a card on file stands: noted on its row, with its trace. The caller has locked its deposit (docs/adr/0022)."""

from datetime import datetime

from billing.actions.mandates import end_for_card
from billing.models import SavedCard
from billing.queries.saved_cards import list_cards
from mobility import audit
from mobility.rights import Viewer


def mark(card: SavedCard, status: str, *, by: Viewer, now: datetime) -> None:
    """Note one of saved_cards.CARD_LABELS."""
    card.status = status
    audit.record(f"card_{status}", card, by=by, now=now)


def forget_saved(deposit_id: int, *, but: int | None = None, by: Viewer, now: datetime) -> None:
    """Nothing more is charged to the cards left for a deposit, `but` one: the gateway is to forget them (`saved_cards.send_away`)."""
    for card in list_cards(deposit_id):
        if card.status == "saved" and card.id != but:
            mark(card, "forgetting", by=by, now=now)
            end_for_card(card.id, by=by, now=now)
