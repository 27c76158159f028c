"""Clients that start together: threads, each with its own browser and connection, or its own line to a server (tests/serving.py)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Try:
    """What one client's try of one round gave, and how long it took in seconds."""

    client: int
    round: int
    answer: Any
    seconds: float


def race(clients: int, rounds: int, attempt: Callable[[int, int], Any]) -> list[Try]:
    """Have every client do `attempt(client, round)`, all at once in each round; an exception is its answer."""
    start, tries = Barrier(clients), []

    def run(client: int) -> None:
        for number in range(rounds):
            start.wait(timeout=60)
            began = time.perf_counter()
            try:
                answer = attempt(client, number)
            except Exception as error:
                answer = error
            tries.append(Try(client=client, round=number, answer=answer, seconds=time.perf_counter() - began))

    threads = [Thread(target=run, args=(client,), daemon=True) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tries


def p95(tries: list[Try]) -> float:
    """The time in seconds under which 95 of 100 tries stayed."""
    return sorted(t.seconds for t in tries)[len(tries) * 95 // 100]
