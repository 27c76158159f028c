"""A list on the wire: asked in the address, shown fifty lines a page, handed over whole as a file, told as JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from marshmallow import Schema, fields

from mobility import audit
from mobility.cells import Euros, Said, Value
from mobility.clock import now, today
from mobility.errors import InputRefused
from mobility.listing import Column, Listing, Page, Query
from mobility.queries.looks import EXPORT
from mobility.spreadsheets import CSV, XLSX, write_csv, write_xlsx
from mobility.web import filters
from mobility.web.edge import after_reading
from mobility.web.fields import Choice
from mobility.web.forms import Form, load, refused
from mobility.web.looks import look_at_lines
from mobility.web.spool import whole_file
from mobility.web.viewer import viewer

FILES = {"xlsx": (write_xlsx, XLSX), "csv": (write_csv, CSV)}
FILE_NAMES = {"xlsx": "Tableur", "csv": "CSV"}


@dataclass(frozen=True)
class Head:
    """A column's heading: where a click sorts, and how it is sorted now (`aria-sort`)."""

    label: str
    href: str | None
    sorted: str | None
    number: bool


@dataclass(frozen=True)
class Cell:
    """A cell as it is shown: its text, its tone when it is a state, its link, its class."""

    label: str
    text: str
    tone: str | None
    href: str | None
    form: str | None


@dataclass(frozen=True)
class Shown:
    """A list as its macros show it."""

    listing: Listing
    form: Form
    heads: Sequence[Head] = ()
    rows: Sequence[Any] = ()
    total: int = 0
    sum_cents: int | None = None
    sentence: str = ""
    previous_href: str | None = None
    next_href: str | None = None
    is_narrowed: bool = True

    @property
    def href(self) -> str:
        """The list as it stands when nothing is asked."""
        return _address()

    @property
    def files(self) -> list[tuple[str, str]]:
        """The same lines as files: name, address."""
        return [(FILE_NAMES[kind], _address(**_kept(), format=kind)) for kind in FILES]

    @property
    def sorts(self) -> list[tuple[str, str]]:
        """The orders to choose from, for those who have no heading to click."""
        return [(key, f"{column.heading}{', à rebours' if back else ''}") for key, (column, back) in self.listing.sorts.items()]

    def cells(self, row: Any) -> list[Cell]:
        """A row's cells, in the order of the columns."""
        return [_cell(column, row) for column in self.listing.columns]


def show(listing: Listing, query: Query, template: str, **context: Any) -> ResponseReturnValue:
    """The page of a list, or its file with `?format=`; what was asked wrongly is said above the form (422)."""
    try:
        asked = load(listing.schema(format=Choice(FILES, load_default=None)), request.args)
    except InputRefused as error:
        return make_response(render_template(template, list=_again(listing, error), **context), error.status)
    kind = asked.pop("format")
    if kind is not None:
        return _file(listing, query, asked, kind)
    return render_template(template, list=_shown(listing, listing.page(query, asked), asked), **context)


def told(listing: Listing, query: Query, asked: dict[str, Any], each: Callable[[Any], Any] = lambda row: row) -> dict[str, Any]:
    """The page as JSON: its rows (each made ready by `each`), how many in all and what they come to, where the next ones are."""
    page = listing.page(query, asked)
    following = _address(**_kept(), page=page.number + 1) if page.has_next else None
    told = {"total": page.total, "next": following, "rows": [each(row) for row in page.rows]}
    return told if page.sum_cents is None else told | {"sum_cents": page.sum_cents}


def list_of(shape: type[Schema], *, summed: bool = False) -> Schema:
    """What the API answers for a list of such rows; `summed` for one whose rows come to an amount."""
    said: dict[str, Any] = {
        "total": fields.Integer(required=True, metadata={"description": "How many rows there are in all."}),
        "next": fields.String(
            required=True, allow_none=True, metadata={"description": "The address of the next fifty; none on the last page."}
        ),
        "rows": fields.List(fields.Nested(shape), required=True, metadata={"description": "Fifty rows at most."}),
    }
    if summed:
        said["sum_cents"] = fields.Integer(
            required=True, metadata={"description": "What all the rows come to, not those of this page alone."}
        )
    made = type(f"{shape.__name__}List", (Schema,), said)
    made.__module__ = shape.__module__
    return made()


def hand_over(listing: Listing, query: Query, kind: str) -> Response:
    """The whole of a list as a file, where nothing of it is shown on a page."""
    return _file(listing, query, load(listing.schema(), {}), kind)


def _file(listing: Listing, query: Query, asked: dict[str, Any], kind: str) -> Response:
    """Every line left by the filters. It is whole before its first byte leaves, so that a fault never hands over half a list."""
    write, mimetype = FILES[kind]
    people: set[int] = set()
    lines = 0

    def cells() -> Any:
        nonlocal lines
        for row in listing.all(query, asked):
            lines += 1
            if listing.person is not None and (person := listing.person(row)) is not None:
                people.add(person)
            yield [column.value(row) for column in listing.columns]

    answer = whole_file(
        lambda out: write(out, listing.title, [column.heading for column in listing.columns], cells()),
        name=f"{listing.name}-{today()}.{kind}",
        content_type=mimetype,
    )
    _leave_trace(listing, people, lines)
    return answer


def _leave_trace(listing: Listing, people: set[int], lines: int) -> None:
    """Who took which list away, how long it was, and a look at each person it names."""
    by, at = viewer(), now()
    look_at_lines(people, page=EXPORT + listing.name)
    after_reading(lambda: audit.record_export(listing.name, lines, by=by, now=at))


def _shown(listing: Listing, page: Page, asked: dict[str, Any]) -> Shown:
    kept = _kept()
    last = page.first + len(page.rows) - 1
    return Shown(
        listing=listing,
        form=Form(values=_values(listing, asked)),
        heads=[_head(listing, key, asked["sort"]) for key in (column.key for column in listing.columns)],
        rows=page.rows,
        total=page.total,
        sum_cents=page.sum_cents,
        sentence=f"{page.first} à {last} sur {page.total}" if page.has_next or page.number > 1 else f"{page.total} en tout",
        previous_href=_address(**kept, page=page.number - 1) if page.number > 1 else None,
        next_href=_address(**kept, page=page.number + 1) if page.has_next else None,
        is_narrowed=any(each.name in kept for each in listing.filters),
    )


def _again(listing: Listing, error: InputRefused) -> Shown:
    """The form with what was typed; a fault in what is no field of it is said without a link."""
    ours = {"sort", *(each.name for each in listing.filters)}
    said = {name if name in ours else f"_{name}": sentence for name, sentence in error.messages.items()}
    return Shown(listing=listing, form=refused(InputRefused(said), request.args))


def _values(listing: Listing, asked: dict[str, Any]) -> dict[str, Any]:
    return {each.name: each.usual for each in listing.filters} | request.args.to_dict() | {"sort": asked["sort"]}


def _head(listing: Listing, key: str, sort: str) -> Head:
    column = next(column for column in listing.columns if column.key == key)
    if not column.order:
        return Head(column.heading, None, None, column.number)
    way = {key: "ascending", f"-{key}": "descending"}.get(sort)
    return Head(column.heading, _address(**_kept() | {"sort": f"-{key}" if way == "ascending" else key}), way, column.number)


def _cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    return Cell(
        label=column.heading,
        text=_on_screen(value),
        tone=value.tone if isinstance(value, Said) else None,
        href=column.href(row) if column.href else None,
        form="number" if column.number else "nowrap" if column.short else None,
    )


def _on_screen(value: Value) -> Markup | str:
    match value:
        case Euros(cents=cents):
            return filters.euros(cents)
        case Said(word=word):
            return word
        case datetime():
            return filters.moment(value)
        case date():
            return filters.day(value)
        case _:
            return "–" if value is None or value == "" else filters.nb(str(value))


def _kept() -> dict[str, str]:
    """What the address asks, empty answers and the page left out."""
    return {name: value for name, value in request.args.items() if value and name not in ("page", "format")}


def _address(**asked: Any) -> str:
    return url_for(str(request.endpoint), **request.view_args or {}, **asked)
