"""A month's review: what was said, what the referent will read of it, and the versions before."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from billing.queries.readiness import record_of
from fleet.actions import reviews as actions
from fleet.models import MonthlyReview
from fleet.queries.reviews import get_month, list_reviews
from fleet.reviews import AGREED, BUDGETS, HELD_HOW, JOBS, STEPS_TAKEN, WHY_UNTOLD, Told, say_review
from fleet.schemas.reviews import ReviewSchema
from fleet.views.rentals import ADVISERS, open_rental
from mobility.clock import now, today
from mobility.codes import choices
from mobility.news import referent_address, referent_of
from mobility.queries.liaison import Sent
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("reviews", __name__)
_TYPED = ("held_on", "held_how", "job", "steps", "budget", "agreed", "note", "opposed", "version")


@pages.get("/p/<slug>/bookings/<int:booking_id>/monthly-reviews/<int:month>")
@allow(*ADVISERS)
def show(booking_id: int, month: int, form: Form | None = None, preview: str | None = None) -> str:
    """The form of a month, as last held, with the payments that the accounts say."""
    rental = open_rental(booking_id, page="review")
    span = get_month(rental, month, today())
    versions = [row for row in list_reviews(booking_id) if row.month == month]
    last = versions[-1] if versions else None
    sent = referent_of(rental.person.id)
    why = actions.why_not(sent, opposed=False)
    return render_template(
        "fleet/review.html",
        rental=rental,
        span=span,
        versions=versions,
        preview=preview,
        referent=_told(sent) if sent else None,
        why=WHY_UNTOLD[why] if why else None,
        record=record_of(rental.person.id, today()),
        form=form or Form(values=_kept(last)),
        lists={"how": choices(HELD_HOW), "jobs": choices(JOBS), "budgets": choices(BUDGETS)},
        steps=STEPS_TAKEN.items(),
        agreed=AGREED.items(),
        words={"why": WHY_UNTOLD, "how": HELD_HOW},
    )


def _told(sent: Sent) -> str:
    """Who reads it: the structure that prescribed, and who follows the person where they agree to it."""
    return f"{sent.structure} et {sent.referent_name}" if referent_address(sent) else sent.structure


@pages.post("/p/<slug>/bookings/<int:booking_id>/monthly-reviews/<int:month>/preview")
@allow(*ADVISERS)
@or_again(show)
def preview(booking_id: int, month: int) -> ResponseReturnValue:
    """The page again with the mail exactly as it would leave; nothing is written."""
    typed = from_form(ReviewSchema())
    rental = open_rental(booking_id, page="review")
    told = Told(month=month, **{name: typed[name] for name in ("held_on", "held_how", "job", "steps", "agreed")})
    sent = referent_of(rental.person.id)
    why = actions.why_not(sent, opposed=typed["opposed"])
    sentence = say_review(told)
    text = WHY_UNTOLD[why] if why else actions.mail_of(sent, month, sentence)[1] if sent else ""
    values = typed | {"opposed": "yes" if typed["opposed"] else ""}
    return show(booking_id=booking_id, month=month, form=Form(values=values), preview=text)


@pages.post("/p/<slug>/bookings/<int:booking_id>/monthly-reviews/<int:month>")
@allow(*ADVISERS)
@or_again(show)
def hold(booking_id: int, month: int) -> ResponseReturnValue:
    """Keep it; the feedback leaves, or the page says why it does not."""
    row = actions.hold_review(booking_id, month, **from_form(ReviewSchema()), by=viewer(), now=now())
    if row.untold:
        flash(f"Le bilan du mois {month} est noté. Rien ne part au référent : {WHY_UNTOLD[row.untold]}", "near")
    else:
        flash(f"Le bilan du mois {month} est noté, et son retour part vers {row.told_to}.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


def _kept(last: MonthlyReview | None) -> dict[str, Any]:
    """As last held; nothing taken for granted but today."""
    if last is None:
        return {"held_on": today(), "version": 0}
    return {name: getattr(last, name) for name in _TYPED} | {"opposed": "yes" if last.opposed else ""}
