"""How a run of the weekly charges stands: under way, done, or cut off, when nothing of it was kept."""

from datetime import datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(hours=1)  # a run that has not ended by then will not: its process is gone


class RunState(StrEnum):
    """The three of them."""

    RUNNING = "running"
    DONE = "done"
    CUT_OFF = "cut_off"


RUN_LABELS = {RunState.RUNNING: "en cours", RunState.DONE: "terminé", RunState.CUT_OFF: "interrompu, rien n’a été compté"}
RUN_TONES = {RunState.RUNNING: "waiting", RunState.DONE: "fine", RunState.CUT_OFF: "over"}


def state_of(*, started_at: datetime, ended_at: datetime | None, done: int, rentals: int, now: datetime) -> RunState:
    """All rentals looked at when it ended: done, for it keeps everything or nothing."""
    if ended_at is None:
        return RunState.RUNNING if now - started_at < LONGEST else RunState.CUT_OFF
    return RunState.DONE if done == rentals else RunState.CUT_OFF
