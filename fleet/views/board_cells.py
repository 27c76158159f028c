"""The board's places as HTML, written straight: at five hundred a page, a template would spend most of its time escaping numbers."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import cast

from flask import current_app
from markupsafe import Markup, escape

from fleet.board import Place, Stretch
from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, WORKSHOP
from fleet.queries.planning import Line
from mobility.periods import PARIS, paris_day, paris_time, say_hour, say_span

SHAPES = {
    HELD: ("hold", "hourglass-split"),
    CONFIRMED: ("confirmed", "check-lg"),
    OUT: ("out", "key"),
    LATE: ("late", "exclamation-triangle-fill"),
    WORKSHOP: ("workshop", "wrench-adjustable"),
}
GapHref = Callable[[Line, tuple[date, date]], str | None]


def cells_with(gap_href: GapHref | None) -> Callable[[Line, Iterable[Place]], Markup]:
    """What writes a vehicle's places: `gap_href` gives a gap's form; without it nothing can be booked or changed."""
    icon_href = cast(Callable[[str], str], current_app.jinja_env.globals["icon_href"])
    heads = {
        status: (tone, f'<svg class="icon" aria-hidden="true"><use href="{icon_href(icon)}"/></svg>')
        for status, (tone, icon) in SHAPES.items()
    }

    def held_cell(span: int, held: Stretch) -> str:
        tone, icon = heads[held.status]
        changes = f' data-id="{held.changes}" data-ends="{_local(held.ends_at)}"' if held.changes and gap_href else ""
        days = say_span(paris_day(held.starts_at), paris_day(held.ends_at))
        link = f'<a href="{escape(held.href)}">{icon}{escape(held.label)} <small>{days}</small></a>'
        return f'<td colspan="{span}" class="{tone}"{changes}>{link}</td>'

    def hours_cell(span: int, hours: tuple[Stretch, ...]) -> str:
        links = "".join(f'<a class="{heads[held.status][0]}" href="{escape(held.href)}">{_day_line(held)}</a>' for held in hours)
        return f'<td colspan="{span}" class="hours">{links}</td>'

    def gap_cell(vehicle: Line, span: int, free: tuple[date, date] | None) -> str:
        if free is None:
            return f'<td colspan="{span}"></td>'
        href = gap_href(vehicle, free) if gap_href else None
        said = (
            f'<a href="{escape(href)}">Libre <small>{say_span(*free)}</small></a>' if href else '<span class="visually-hidden">Libre</span>'
        )
        return f'<td colspan="{span}" class="free">{said}</td>'

    def cell(vehicle: Line, place: Place) -> str:
        if place.held:
            return held_cell(place.span, place.held)
        return hours_cell(place.span, place.hours) if place.hours else gap_cell(vehicle, place.span, place.free)

    def cells(vehicle: Line, places: Iterable[Place]) -> Markup:
        return Markup("".join(cell(vehicle, place) for place in places))

    return cells


def _day_line(held: Stretch) -> str:
    """A day from midnight to midnight, its hours marked, and the same in words."""
    first, last = (_hours_of(at) for at in (held.starts_at, held.ends_at))
    line = '<svg viewBox="0 0 24 1" preserveAspectRatio="none" aria-hidden="true">'
    line += f'<rect x="{first:g}" width="{max(last - first, 0.25):g}" height="1"/></svg>'
    words = f"{escape(held.label)}, {say_span(paris_day(held.starts_at), paris_day(held.ends_at))}"
    return f"{line}<small>{words}, de {say_hour(held.starts_at)} à {say_hour(held.ends_at)}</small>"


def _hours_of(at: datetime) -> float:
    clock = paris_time(at)
    return round(clock.hour + clock.minute / 60, 2)


def _local(at: datetime) -> str:
    return at.astimezone(PARIS).isoformat()[:16]
