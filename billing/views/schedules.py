"""A rental's schedule and its papers: aimed at a loan before the keys, printed as stairs."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from billing.actions.accounts import set_schedule
from billing.documents.schedule import schedule_pdf
from billing.models import BillingAccount
from billing.programmes import say_brackets
from billing.queries.accounts import get_account
from billing.queries.programmes import dated_programme_on
from billing.queries.schedules import schedule_paper
from billing.queries.statement import foreseen_stay
from billing.reckoning import held_months
from billing.schedule import COVER_LABELS, Loan
from billing.schemas.simulations import ScheduleSimulationSchema, schedule_asked
from billing.terms import thaw
from billing.views.money import MONEY
from mobility.clock import now
from mobility.errors import NotFound
from mobility.later import later
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, load, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

if TYPE_CHECKING:
    from billing.views import stairs as pictures
else:
    pictures = later("billing.views.stairs")

pages = Blueprint("schedules", __name__)


@pages.get("/p/<slug>/money/accounts/<int:account_id>/schedule")
@allow(*MONEY)
def show(account_id: int, form: Form | None = None) -> str:
    """The months of a rental; before the keys, what they rise to."""
    account = _monthly(account_id)
    look(account.beneficiary_id, page="schedule")
    months = held_months(foreseen_stay(account))
    picture = pictures.stairs(month.rent_cents for month in months)
    return render_template(
        "billing/schedule.html",
        account=account,
        months=months,
        picture=picture,
        covers=COVER_LABELS,
        brackets=say_brackets(dated_programme_on(account.first_on).brackets),
        form=form or Form(),
    )


@pages.post("/p/<slug>/money/accounts/<int:account_id>/schedule")
@allow(*MONEY)
@or_again(show)
def change(account_id: int) -> ResponseReturnValue:
    """Aim at another rent, or at a loan."""
    asked = load(ScheduleSimulationSchema(), schedule_asked(ScheduleSimulationSchema(), request.form))
    loan = Loan(**asked["loan"]) if asked["loan"] else None
    set_schedule(account_id, **asked | {"loan": loan}, by=viewer(), now=now())
    flash("L’échéancier est enregistré.", "fine")
    return redirect(url_for("schedules.show", account_id=account_id), code=303)


@pages.get("/p/<slug>/money/accounts/<int:account_id>/schedule.pdf")
@allow(*MONEY, Role.BENEFICIARY)
def schedule_on_paper(account_id: int) -> Response:
    """The schedule to keep."""
    account = _monthly(account_id)
    look(account.beneficiary_id, page="schedule")
    headers = {"Content-Disposition": f"inline; filename=echeancier-{account.id}.pdf"}
    return Response(schedule_pdf(schedule_paper(account)), mimetype="application/pdf", headers=headers)


def _monthly(account_id: int) -> BillingAccount:
    account = get_account(account_id, viewer())
    if thaw(account.terms).programme is None:
        raise NotFound("Cette location se paie à la journée : elle n’a pas d’échéancier.")
    return account
