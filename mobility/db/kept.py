"""Questions of the mapper that are put together once: to build one costs as much as its answer."""

from typing import Any

from sqlalchemy import Result, Select

from mobility.db.rows import db
from mobility.db.scope import scoped_once


class Kept:
    """A question made once, what changes in it named by `bindparam`: rows of the platform in force, as of any other the mapper is asked."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = scoped_once(statement)

    def __call__(self, **values: Any) -> Result[*tuple[Any, ...]]:
        """Its answer, with these values."""
        return db.session.execute(self._statement, values)
