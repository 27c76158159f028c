"""« Écarts avec le prestataire de cartes » : what our books and the gateway do not say alike, each with the act that mends it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from billing import differences as rules
from billing.actions import differences
from billing.queries import differences as queries
from billing.queries.means import takes_cards
from billing.schemas.payments import DisputeSchema
from billing.views.payments import BOOKS
from mobility.clock import now, today
from mobility.periods import paris_day
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("differences", __name__)


@pages.get("/p/<slug>/reconciliation/differences")
@allow(*BOOKS)
def show(form: Form | None = None, difference_id: int | None = None) -> str:
    """What is open, the oldest first, and what was mended last."""
    found = queries.list_open()
    forms = {row.id: Form(prefix=f"difference-{row.id}") for row in found}
    if form is not None and difference_id in forms:
        forms[difference_id] = Form(values=form.values, errors=form.errors, sentence=form.sentence, prefix=f"difference-{difference_id}")
    return render_template(
        "billing/differences.html",
        form=form or Form(),
        forms=forms,
        found=found,
        ages={row.id: (today() - paris_day(row.first_seen_at)).days for row in found},
        mended=queries.list_mended(),
        kinds=rules.KIND_LABELS,
        acts=rules.ACT_LABELS,
        hows=rules.HOW_LABELS,
        takes_cards=takes_cards(),
    )


@pages.post("/p/<slug>/reconciliation/differences")
@allow(*BOOKS)
@own_transactions
def run() -> BaseResponse:
    """Compare now, without waiting for the night."""
    standing = differences.compare(now=now())
    said = "aucun écart à régler" if not standing else f"{standing} écart{'s' if standing > 1 else ''} à régler"
    flash(f"Comparaison faite : {said}.", "fine")
    return redirect(url_for("differences.show"), code=303)


@pages.post("/p/<slug>/reconciliation/differences/<int:difference_id>/mend")
@allow(*BOOKS)
@own_transactions
@or_again(show)
def mend(difference_id: int) -> BaseResponse:
    """Do what mends it."""
    differences.mend(difference_id, by=viewer(), now=now())
    flash("L’écart est réglé.", "fine")
    return redirect(url_for("differences.show"), code=303)


@pages.post("/p/<slug>/reconciliation/differences/<int:difference_id>/seen")
@allow(*BOOKS)
@or_again(show)
def seen(difference_id: int) -> BaseResponse:
    """Say what was seen with the gateway or the bank."""
    differences.see(difference_id, **from_form(DisputeSchema()), by=viewer(), now=now())
    flash("L’écart est noté comme vu.", "fine")
    return redirect(url_for("differences.show"), code=303)
