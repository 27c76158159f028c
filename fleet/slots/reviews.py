"""Monthly reviews on the pages that gather: the desk, a person's file, their own space."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, url_for

from fleet.models import MonthlyReview
from fleet.queries.rentals import Rental, list_here, list_running, list_without_outcome
from fleet.queries.reviews import latest_reviews, list_due_reviews
from fleet.reviews import WHY_UNTOLD, ReviewMonth
from fleet.views.rentals import ADVISERS
from mobility.periods import say_day
from mobility.rights import Viewer
from mobility.slots import DeskCard, Line, Section, Slot, fill
from mobility.tongues import joined, say


def fill_reviews(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.DESK, _desk)
    fill(app, Slot.FILE, _file)
    fill(app, Slot.OWN_SPACE, _own)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    """Running rentals, and those back whose outcome is still to say; a rental whose end was told is told already."""
    if viewer.may(*ADVISERS):
        due = [(rental, each) for rental in (*list_running(), *list_without_outcome()) for each in list_due_reviews(rental, today)]
        lines = tuple(_due(rental.name, rental, each) for rental, each in sorted(due, key=lambda one: one[1].due_on))
        if lines:
            yield DeskCard(order=11, key="reviews", title="Bilans mensuels à tenir", icon="chat-dots", lines=lines, empty="")


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    if viewer.may(*ADVISERS):
        due = [(rental, each) for rental in list_here(beneficiary_id) for each in list_due_reviews(rental, today)]
        if due:
            lines = tuple(_due(f"Mois {each.month}", rental, each) for rental, each in due)
            yield Section(order=22, key="reviews", title="Bilans mensuels à tenir", icon="chat-dots", lines=lines)


def _due(text: str, rental: Rental, each: ReviewMonth) -> Line:
    href = url_for("reviews.show", booking_id=rental.booking.id, month=each.month)
    detail = f"mois {each.month}, fini le {say_day(each.last_on)}"
    return Line(text=text, detail=detail, href=href, state="à tenir", tone="near", act="Tenir")


def _own(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    """The same text as the referent's, where it went or why not, and the adviser's words."""
    rows = [row for rental in list_here(beneficiary_id) if rental.reviewed for row in latest_reviews(rental.booking.id).values()]
    if rows:
        lines = tuple(Line(text=say("Mois %(number)s", number=row.month), detail=_own_words(row)) for row in rows)
        yield Section(order=14, key="reviews", title=say("Mes bilans mensuels"), icon="chat-dots", lines=lines)


def _own_words(row: MonthlyReview) -> str:
    if row.told_to:
        told = say("Envoyé à %(name)s.", name=row.told_to)
    else:
        told = say("Pas envoyé à un référent. %(why)s", why=WHY_UNTOLD[row.untold or ""])
    return joined(" ", (row.said, told, say("Votre conseiller ajoute : %(note)s", note=row.note) if row.note else None))
