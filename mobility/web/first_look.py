"""A look before the lock: of many who want one thing most will have to be told no, and each no should make nobody wait.

SQLite has one writer at a time and PostgreSQL one holder of a row; whoever is refused at first sight asks for neither. The look
decides nothing else: what it lets pass is checked again under the lock.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from mobility.db import begin_writing
from mobility.errors import Conflict
from mobility.web import once

View = Callable[..., Any]


def looking_first(look: Callable[[Mapping[str, Any]], object]) -> Callable[[View], View]:
    """Have `look` read what was asked in a transaction that cannot write; the view's own begins after it.

    What was sent before, with the same key, gets the answer from back then.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def looked(asked: dict[str, Any], **place: Any) -> ResponseReturnValue:
            try:
                look(asked)
            except Conflict:
                if not once.was_sent_before():
                    raise
            begin_writing()
            return once.claim() or view(asked, **place)

        looked.looks_first = True  # type: ignore[attr-defined]
        return looked

    return mark
