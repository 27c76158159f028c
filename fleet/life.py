"""The life of a thing that goes from status to status by acts: a work order, a notice of offence, an accident, a waiting request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mobility.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Life:
    """What each act leads to, from each status that allows it, and the French sentence said where it has no place."""

    next: Mapping[str, Mapping[str, str]]
    why_not: Callable[[str], str]

    def may(self, act: str, status: str) -> bool:
        """Whether the act has its place in this status."""
        return status in self.next[act]

    def after(self, act: str, status: str) -> str:
        """The status that follows the act. Raises Conflict with its sentence."""
        if not self.may(act, status):
            raise Conflict(self.why_not(status))
        return self.next[act][status]
