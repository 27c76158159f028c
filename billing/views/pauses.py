"""The page of one account's pauses."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.actions.pauses import end_pause, pause
from billing.pauses import MOST_MONTHS, REASONS, say_pause
from billing.queries.accounts import balance_cents, get_account
from billing.queries.pauses import find_pause, list_pauses
from billing.queries.tariffs import may_read
from billing.schemas.pauses import PauseSchema
from billing.views.money import MONEY
from mobility.clock import now, today
from mobility.periods import months_after
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("pauses", __name__)


@pages.get("/p/<slug>/money/accounts/<int:account_id>/pauses")
@allow(*MONEY)
def show(account_id: int, form: Form | None = None, pause_id: int | None = None) -> str:
    """The pause that runs, or the form of one, and those before."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="pauses")
    running = find_pause(account_id)
    return render_template(
        "billing/pauses.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        owed_cents=balance_cents(account_id),
        running=running,
        said=say_pause(running.until_on) if running else None,
        pauses=list_pauses(account_id),
        form=form or Form(values={"until_on": months_after(today(), 1)}),
        reasons=REASONS,
        latest_on=months_after(today(), MOST_MONTHS),
    )


@pages.post("/p/<slug>/money/accounts/<int:account_id>/pauses")
@allow(*MONEY)
@or_again(show)
def create(account_id: int) -> Response:
    """Pause."""
    pause(account_id, **from_form(PauseSchema()), by=viewer(), now=now())
    flash("La pause est notée. Elle finit d’elle-même.", "fine")
    return redirect(url_for("money.account", account_id=account_id), code=303)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/pauses/<int:pause_id>/end")
@allow(*MONEY)
@or_again(show)
def end(account_id: int, pause_id: int) -> Response:
    """Go on."""
    end_pause(account_id, pause_id, by=viewer(), now=now())
    flash("La pause est arrêtée.", "fine")
    return redirect(url_for("pauses.show", account_id=account_id), code=303)
