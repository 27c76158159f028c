"""What every request asks, asked without the mapper: plain columns, the platform written into the question itself.

The mapper makes such a small question four times as dear. It stays the one way to everything else, for it scopes by itself.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Select, Table
from sqlalchemy.sql import visitors

from mobility.db.rows import db
from mobility.db.scope import GLOBAL_TABLES, HERE, PlatformNotSet, platform_id


class Plain:
    """A question of columns, made once. Raises PlatformNotSet when a platform's table in it is not compared with `this_platform()`."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        elements = list(visitors.iterate(statement))
        scoped = {e for e in elements if isinstance(e, Table) and HERE in e.c and e.name not in GLOBAL_TABLES}
        compared = sum(isinstance(e, BindParameter) and e.key == HERE for e in elements)
        if compared < len(scoped):
            raise PlatformNotSet(f"{sorted(table.name for table in scoped)}: {compared} comparisons with the platform")
        self._statement, self._is_scoped = statement, bool(scoped)

    def __call__(self, **values: Any) -> Sequence[Any]:
        """Its rows, on the session's own connection and in its transaction; what was added and not flushed is not found."""
        asked = {HERE: platform_id()} | values
        if self._is_scoped and asked[HERE] is None:
            raise PlatformNotSet("a platform's table was asked with no platform set")
        return db.session.connection().execute(self._statement, asked).all()
