"""A list described once: its columns, filters and order; the page, the file and the JSON all follow.

Pages are cut by offset, not by keyset: any column sorts, empty cells too, pages have numbers that can be said and gone back to,
and a platform's longest list (tens of thousands of lines) is counted and skipped in milliseconds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import fields
from sqlalchemy import ColumnElement, Select, func, select

from mobility.cells import Value
from mobility.db import db, total_of
from mobility.errors import NotFound
from mobility.web.fields import Choice, Day, QueryInput, Whole

PAGE = 50
LAST_PAGE = 100_000

Query = Select[*tuple[Any, ...]]
CHUNK = 500  # lines read at a time for a file


@dataclass(frozen=True)
class Column:
    """A column: `value` of a row, `order` to sort by in SQL (nothing: it does not sort), `href` of the cell on screen."""

    key: str
    heading: str
    value: Callable[[Any], Value]
    order: Sequence[ColumnElement[Any] | Any] = ()
    href: Callable[[Any], str | None] | None = None
    number: bool = False
    short: bool = False  # on one line


@dataclass(frozen=True)
class Filter:
    """A question beside the list: read by `field`, it narrows the query; `options` make it a choice, `usual` stands for no answer."""

    name: str
    label: str
    field: Callable[..., fields.Field[Any]]
    narrow: Callable[[Any, Any], Any]
    options: Callable[[], Sequence[tuple[Any, str]]] | None = None
    usual: str | None = None
    every: str = "Tous"

    @property
    def is_day(self) -> bool:
        """Whether it asks for a date."""
        return self.field is Day


@dataclass(frozen=True)
class Page:
    """So many rows at most of a list, how many there are on the whole and what they come to, and which page this is."""

    rows: Sequence[Any]
    total: int
    number: int
    sum_cents: int | None
    size: int = PAGE

    @property
    def first(self) -> int:
        """The place of the first row, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def has_next(self) -> bool:
        """Whether rows follow."""
        return self.number * self.size < self.total


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list: `sort` is a column's key, with "-" from the end back; `tie` is the id of the first table, so that no order is left to chance.

    `read` makes a row of what the query gives; `person` says whose line it is, for the trace that a file leaves;
    `amount` is what a row adds, in cents, to the sum of them all; `size` is how many rows a page shows.
    """

    name: str
    title: str
    columns: Sequence[Column]
    sort: str
    tie: ColumnElement[int] | Any
    filters: Sequence[Filter] = ()
    read: Callable[[Any], Any] = lambda row: row
    person: Callable[[Any], int | None] | None = None
    amount: ColumnElement[int] | Any = None
    size: int = PAGE

    @property
    def has_usual(self) -> bool:
        """Whether something is left out although nobody asked."""
        return any(each.usual for each in self.filters)

    @cached_property
    def sorts(self) -> dict[str, tuple[Column, bool]]:
        """What `sort` may be: the column, and whether it runs backwards."""
        ways = [(column, backwards) for column in self.columns if column.order for backwards in (False, True)]
        return {("-" if backwards else "") + column.key: (column, backwards) for column, backwards in ways}

    def schema(self, **more: fields.Field[Any]) -> QueryInput:
        """What an address may ask of this list."""
        asked = {f.name: f.field(load_default=f.usual) for f in self.filters}
        asked["sort"] = Choice(self.sorts, load_default=self.sort)
        asked["page"] = Whole(minimum=1, maximum=LAST_PAGE, load_default=1)
        return QueryInput.from_dict(asked | more, name=f"{self.name}Asked")()  # type: ignore[return-value]

    def page(self, query: Query, asked: dict[str, Any]) -> Page:
        """The page asked for, in two statements; in one where all of it stands on the first page. Raises NotFound past the last one."""
        narrowed, number = self._narrowed(query, asked), asked["page"]
        found = db.session.execute(self._ordered(narrowed, asked["sort"]).offset((number - 1) * self.size).limit(self.size)).all()
        is_all = number == 1 and len(found) < self.size and self.amount is None
        total, cents = (len(found), None) if is_all else self._measured(narrowed)
        if number > 1 and not found:
            raise NotFound(f"Cette page n’existe pas : la liste en a {max(-(-total // self.size), 1)}.", field="page")
        return Page(rows=[self.read(row) for row in found], total=total, number=number, sum_cents=cents, size=self.size)

    def all(self, query: Query, asked: dict[str, Any]) -> Iterator[Any]:
        """Every row that the filters leave, in the order shown, a few hundred in memory at a time."""
        wanted = self._ordered(self._narrowed(query, asked), asked["sort"])
        for row in db.session.execute(wanted.execution_options(yield_per=CHUNK)):
            yield self.read(row)

    def _measured(self, narrowed: Query) -> tuple[int, int | None]:
        """How many rows there are, and what they come to."""
        if self.amount is None:
            return db.session.scalar(select(func.count()).select_from(narrowed.with_only_columns(self.tie).subquery())) or 0, None
        rows = narrowed.with_only_columns(self.tie, self.amount.label("cents")).subquery()
        total, cents = db.session.execute(select(func.count(), total_of(rows.c.cents)).select_from(rows)).one()
        return total, cents

    def _narrowed(self, query: Query, asked: dict[str, Any]) -> Query:
        for each in self.filters:
            if asked[each.name] is not None:
                query = each.narrow(query, asked[each.name])
        return query

    def _ordered(self, query: Query, sort: str) -> Query:
        """Empty cells last both ways, because the two engines disagree; then by id."""
        column, backwards = self.sorts[sort]
        wanted = [(part.desc() if backwards else part.asc()).nulls_last() for part in column.order]
        return query.order_by(*wanted, self.tie.desc() if backwards else self.tie.asc())
