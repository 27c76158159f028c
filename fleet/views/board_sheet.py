"""The board's rows as HTML, written straight: at five hundred places a page, a template would spend most of its time escaping numbers."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple, cast

from flask import current_app
from markupsafe import Markup, escape

from fleet.board import Place, Stretch
from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, WORKSHOP
from fleet.queries.planning import Line
from mobility.periods import say_hour, say_span

SHAPES = {
    HELD: ("hold", "hourglass-split"),
    CONFIRMED: ("confirmed", "check-lg"),
    OUT: ("out", "key"),
    LATE: ("late", "exclamation-triangle-fill"),
    WORKSHOP: ("workshop", "wrench-adjustable"),
}


class Gaps(NamedTuple):
    """Where a gap leads: the form of a new booking, and what its address says of the days, None for days gone by."""

    form_href: str
    when: Callable[[date, date], str | None]


class Sheet:
    """Writes vehicles with their places: `fleet_href` leads to a vehicle, `gaps` to a booking; without gaps nothing can be changed.

    Addresses are ours and kinds are codes: only what people typed is escaped. What is said of days is said once for all the rows.
    """

    def __init__(self, fleet_href: str, gaps: Gaps | None) -> None:
        icon_href = cast(Callable[[str], str], current_app.jinja_env.globals["icon_href"])
        self._fleet_href, self._gaps = fleet_href, gaps
        self._heads = {
            status: (tone, f'<svg class="icon" aria-hidden="true"><use href="{icon_href(icon)}"/></svg>')
            for status, (tone, icon) in SHAPES.items()
        }
        self._say_span, self._escape = cache(say_span), cache(_escape)
        self._when = cache(gaps.when) if gaps else None

    def rows(self, rows: Iterable[tuple[Line, Iterable[Place]]]) -> Markup:
        """All of them, one line each."""
        return Markup("\n".join(self._row(vehicle, places) for vehicle, places in rows))

    def _row(self, vehicle: Line, places: Iterable[Place]) -> str:
        book = f"kind={vehicle.kind}&amp;site_id={vehicle.site_id}&amp;vehicle_id={vehicle.id}"
        plate = f", {escape(vehicle.plate)}" if vehicle.plate else ""
        name = f'<a href="{self._fleet_href}/{vehicle.id}">{escape(vehicle.label)}</a><small>{escape(vehicle.site)}{plate}</small>'
        cells = "".join(self._cell(place, book) for place in places)
        return f'<tr data-vehicle="{vehicle.id}" data-book="{book}"><th scope="row">{name}</th>{cells}</tr>'

    def _cell(self, place: Place, book: str) -> str:
        if place.held:
            return self._held_cell(place.span, place.held)
        return self._hours_cell(place.span, place.hours) if place.hours else self._gap_cell(place.span, place.free, book)

    def _held_cell(self, span: int, held: Stretch) -> str:
        tone, icon = self._heads[held.status]
        changes = self._changes(held)
        link = f'<a href="{held.href}">{icon}{self._escape(held.label)} <small>{self._days_of(held)}</small></a>'
        return f'<td colspan="{span}" class="{tone}"{changes}>{link}</td>'

    def _hours_cell(self, span: int, hours: tuple[Stretch, ...]) -> str:
        links = "".join(
            f'<a class="{self._heads[held.status][0]}" href="{held.href}"{self._changes(held)}>{self._day_line(held)}</a>' for held in hours
        )
        return f'<td colspan="{span}" class="hours">{links}</td>'

    def _changes(self, held: Stretch) -> str:
        """What the keyboard and the mouse may change: a return only where it is the booking's, a vehicle only where its keys are."""
        if not held.changes or self._gaps is None:
            return ""
        ends = "" if held.goes_on else f' data-ends="{held.ends_at.isoformat()[:16]}"'
        return f' data-id="{held.changes}"{ends}{" data-next" if held.is_next else ""}'

    def _gap_cell(self, span: int, free: tuple[date, date] | None, book: str) -> str:
        if free is None:
            return f'<td colspan="{span}"></td>'
        if self._gaps is None or self._when is None or (when := self._when(*free)) is None:
            return f'<td colspan="{span}" class="free"><span class="visually-hidden">Libre</span></td>'
        link = f'<a href="{self._gaps.form_href}?{book}&amp;{when}">Libre <small>{self._say_span(*free)}</small></a>'
        return f'<td colspan="{span}" class="free">{link}</td>'

    def _days_of(self, held: Stretch) -> str:
        return self._say_span(held.starts_at.date(), held.ends_at.date())

    def _day_line(self, held: Stretch) -> str:
        """A day from midnight to midnight, its hours marked, and the same in words."""
        first, last = (_hours_of(at) for at in (held.starts_at, held.ends_at))
        line = '<svg viewBox="0 0 24 1" preserveAspectRatio="none" aria-hidden="true">'
        line += f'<rect x="{first:g}" width="{max(last - first, 0.25):g}" height="1"/></svg>'
        hours = f"de {say_hour(held.starts_at)} à {say_hour(held.ends_at)}"
        return f"{line}<small>{self._escape(held.label)}, {self._days_of(held)}, {hours}</small>"


def _escape(words: str) -> str:
    return str(escape(words))


def _hours_of(at: datetime) -> float:
    return round(at.hour + at.minute / 60, 2)
