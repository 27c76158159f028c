"""What is known of one thing: a few plain rows of several tables, each read once a transaction, and all of them in one statement."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, cast, literal_column, null, union_all
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from mobility.db.memo import is_kept, keep, read_once
from mobility.db.plain import Plain
from mobility.db.rows import Base

R = TypeVar("R", bound=NamedTuple)
_OF = "of"


def this_one() -> BindParameter[int]:
    """The id of what is asked about."""
    return bindparam(_OF)


def columns_of(table: type[Base], row: type[R]) -> list[InstrumentedAttribute[Any]]:
    """The table's columns that a row names."""
    return [getattr(table, name) for name in row._fields]


class Known(Generic[R]):
    """A question of a table's plain rows about `this_one()`, or about the platform itself; their order is given here, not in SQL.

    The answer is not to be changed. Read again once a row of the table was written.
    """

    def __init__(self, table: type[Base], row: type[R], asked: Select[*tuple[Any, ...]], *, latest_first: Callable[[R], Any]) -> None:
        self.table, self.row, self.asked, self._latest_first = table, row, asked, latest_first
        self._ask = Plain(asked)
        self._is_of_one = any(bound == _OF for bound in asked.compile().params)

    def __call__(self, of: int | None = None) -> list[R]:
        """Its rows, the latest first."""
        return read_once(self.table, self.key(of), lambda: self.made(self._ask(of=of)))

    def key(self, of: int | None) -> tuple[type[R], int | None]:
        """Under which its answer is kept."""
        return self.row, of if self._is_of_one else None

    def made(self, rows: Iterable[Any]) -> list[R]:
        """Rows as they come, in order."""
        return sorted(map(self.row._make, rows), key=self._latest_first, reverse=True)


def read_together(of: int, *wanted: Known[Any]) -> None:
    """Ask all of these in one statement, for each to know its answer when it is called."""
    missing = tuple(one for one in wanted if not is_kept(one.table, one.key(of)))
    if not missing:
        return
    answers: list[list[Any]] = [[] for _ in missing]
    ask, places = _together(missing)
    for number, *values in ask(of=of):
        answers[number].append([values[place] for place in places[number]])
    for one, answer in zip(missing, answers, strict=True):
        keep(one.table, one.key(of), one.made(answer))


@cache
def _together(asked: tuple[Known[Any], ...]) -> tuple[Plain, list[list[int]]]:
    """Their rows one below the other, columns of one type in one place, empty where a row has none; and where each one's columns stand."""
    kinds: list[TypeEngine[Any]] = []
    places = [_places(one.asked.selected_columns, kinds) for one in asked]
    arms = []
    for number, (one, place) in enumerate(zip(asked, places, strict=True)):
        own = dict(zip(place, one.asked.selected_columns, strict=True))
        beside = [own.get(at, cast(null(), kind)).label(f"c{at}") for at, kind in enumerate(kinds)]
        arms.append(one.asked.with_only_columns(literal_column(str(number)), *beside))
    return Plain(union_all(*arms)), places


def _places(columns: Iterable[ColumnElement[Any]], kinds: list[TypeEngine[Any]]) -> list[int]:
    """For each column the first free place of its type, at the end when there is none."""
    taken: list[int] = []
    for column in columns:
        fitting = (at for at, kind in enumerate(kinds) if type(kind) is type(column.type) and at not in taken)
        if (at := next(fitting, len(kinds))) == len(kinds):
            kinds.append(column.type)
        taken.append(at)
    return taken
