"""Plays stories in the order of time: each says when it goes on, and nothing happens after the present."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

Story = Iterator[datetime]


def play(stories: Iterable[Story], *, until: datetime, tell: Callable[[datetime], None]) -> int:
    """Resume each story at the instant it asked for, the earliest first; what lies after `until` is never told. Counts the steps."""
    steps = 0
    waiting = [(at, order, story) for order, story in enumerate(stories) if (at := next(story, None)) is not None]
    heapq.heapify(waiting)
    while waiting and waiting[0][0] <= until:
        at, order, story = heapq.heappop(waiting)
        tell(at)
        steps += 1
        if (following := next(story, None)) is not None:
            heapq.heappush(waiting, (following, order, story))
    return steps
