"""What became of a message that was handed to the outside."""

from enum import StrEnum


class Delivery(StrEnum):
    """How a message went out."""

    SENT = "sent"
    SHOWN = "shown on screen"  # nobody is connected: it stays readable in the outbox


class NotSent(Exception):
    """A message that did not go out; `may_retry` says whether another try could. Its text names no person, so it may be logged."""

    def __init__(self, reason: str, *, may_retry: bool) -> None:
        super().__init__(reason)
        self.may_retry = may_retry
