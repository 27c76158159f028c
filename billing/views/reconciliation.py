"""The treasurer's view of the card gateway: what it told that does not match, what is still open, what was refused; and its keys."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from billing.actions.gateway_keys import set_gateway_keys
from billing.actions.gateway_news import handle_dispute
from billing.actions.reconciliation import ASKED_FOR, reconcile
from billing.means import MEANS_LABELS
from billing.payments import STATUS_LABELS, STATUS_TONES
from billing.queries import payments as queries
from billing.queries.means import find_record, takes_cards
from billing.schemas.payments import DisputeSchema, GatewayKeysSchema
from billing.views.payments import BOOKS
from mobility.clock import now, today
from mobility.periods import instant_of
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("reconciliation", __name__)


@pages.get("/p/<slug>/reconciliation")
@allow(*BOOKS)
def show(form: Form | None = None, record_id: int | None = None) -> str:
    """Everything that waits for somebody."""
    disputed, standing = queries.list_to_check()
    forms = {record.id: Form(prefix=f"dispute-{record.id}") for record in disputed}
    if form is not None and record_id in forms:
        forms[record_id] = Form(values=form.values, errors=form.errors, sentence=form.sentence, prefix=f"dispute-{record_id}")
    return render_template(
        "billing/reconciliation.html",
        form=form or Form(),
        forms=forms,
        disputed=disputed,
        standing=standing,
        open_cards=queries.list_unsettled_card_payments(before=now(), after=now() - ASKED_FOR),
        announced=queries.list_announced(),
        refunds=queries.list_unanswered_refunds(),
        received=queries.received_by_means(instant_of(today().replace(day=1))),
        means=MEANS_LABELS,
        labels=STATUS_LABELS,
        tones=STATUS_TONES,
        takes_cards=takes_cards(),
    )


@pages.post("/p/<slug>/reconciliation")
@allow(*BOOKS)
@own_transactions
def run() -> BaseResponse:
    """Ask the gateway now about everything open."""
    moved = reconcile(now=now(), patience=timedelta(0))
    flash(f"Rapprochement terminé : {moved} mouvement(s) mis à jour." if moved else "Rapprochement terminé : rien n’a changé.", "fine")
    return redirect(url_for("reconciliation.show"), code=303)


@pages.post("/p/<slug>/reconciliation/<int:record_id>/handled")
@allow(*BOOKS)
@or_again(show)
def handled(record_id: int) -> BaseResponse:
    """Say what was done about news that did not match."""
    handle_dispute(record_id, **from_form(DisputeSchema()), by=viewer(), now=now())
    flash("L’avis est réglé.", "fine")
    return redirect(url_for("reconciliation.show"), code=303)


@pages.get("/p/<slug>/settings/card")
@allow(Role.MANAGER)
def keys(form: Form | None = None) -> str:
    """Whether keys are set, and since when; never the keys."""
    record = find_record()
    webhook_url = current_app.extensions["settings"].public_url + url_for("card.webhook")
    said = Form(errors=form.errors, sentence=form.sentence) if form else Form()  # what was typed is a secret: never sent back
    return render_template("billing/gateway_keys.html", form=said, set_at=record.set_at if record else None, webhook_url=webhook_url)


@pages.post("/p/<slug>/settings/card")
@allow(Role.MANAGER)
@or_again(keys)
def set_keys() -> BaseResponse:
    """Put new keys in the place of the earlier ones."""
    set_gateway_keys(**from_form(GatewayKeysSchema()), by=viewer(), now=now())
    flash("Les clés sont enregistrées. Elles ne seront plus jamais affichées.", "fine")
    return redirect(url_for("reconciliation.keys"), code=303)
