"""What the logs hold while something goes on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Keeper(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def logged() -> Iterator[list[str]]:
    """Every line that any logger writes, traces included; ours and the server's at their most talkative."""
    lines: list[str] = []
    keeper = _Keeper(lines)
    talkative = [logging.getLogger(name) for name in ("point_etape", "werkzeug", "waitress", "huey")]
    before = [logger.level for logger in talkative]
    logging.getLogger().addHandler(keeper)
    for logger in talkative:
        logger.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(keeper)
        for logger, level in zip(talkative, before, strict=True):
            logger.setLevel(level)
