"""What stands at the top of the desk: the most pressing thing of the day. Pure."""

from collections.abc import Iterable

from mobility.gathered import DeskCard, Line

_PRESSING = ("over", "near", "waiting")


def next_act(cards: Iterable[DeskCard]) -> tuple[DeskCard, Line] | None:
    """The line to begin with: the most pressing tone, then the cards' order; None on a day with nothing to do."""
    lines = [(card, line) for card in cards for line in card.lines if line.href]
    return min(lines, key=lambda found: _rank(found[1]), default=None)


def _rank(line: Line) -> int:
    return _PRESSING.index(line.tone) if line.tone in _PRESSING else len(_PRESSING)
