"""A card on file when things go otherwise: charged within what was agreed and is still owed, and let go of once it serves nothing."""

from billing.local_gateway import DECLINED_LATER
from billing.models import SavedCard
from mobility.db import db
from tests.house import House
from tests.on_file import call, on_file, send, stands


def cards_in(house: House) -> list[str]:
    with house.reading():
        return [card.status for card in db.session.query(SavedCard).order_by(SavedCard.id)]


def test_what_the_bank_refused_counts_in_no_ceiling(house: House) -> None:
    """Of the costs of a fine 50 € may be kept: asked and refused, nothing is, and they may be asked again."""
    deposit_id = on_file(house, DECLINED_LATER)
    for key in ("a", "b"):
        assert send(house, call(house, deposit_id, cents=5_000, why="fine", key=key)) == "refused"
    assert stands(house, deposit_id)[:2] == ("held", 30_000)
