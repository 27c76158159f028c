"""The local gateway's pages, where the person types a test card: a small WSGI application of its own, as at a real gateway.

It knows nothing of the sessions, rights and database of the product. A checkout's reference is the secret that opens its page.
"""

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, Response, abort, redirect, render_template, request, url_for
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response as BaseResponse

from billing.local_gateway import checkouts, holds, setups, till
from billing.local_gateway.cards import TEST_CARDS, Answer, find_card
from billing.local_gateway.checkouts import LocalCheckout
from billing.local_gateway.store import Store
from mobility.money import euros
from mobility.periods import paris_day

PREFIX = "/_carte"
EXPIRY = re.compile(r"(0[1-9]|1[0-2]) ?/ ?([0-9]{2})", re.ASCII)
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address is a secret
    "X-Content-Type-Options": "nosniff",
}

Page = BaseResponse | tuple[str, int] | str


def mounted(wsgi_app: Any, pages: Flask) -> Any:
    """`wsgi_app` with the pages under their own prefix."""
    return DispatcherMiddleware(wsgi_app, {PREFIX: pages.wsgi_app})


def card_pages(store: Store, *, clock: Callable[[], datetime], on_news: Callable[[], None]) -> Flask:
    """The application; `on_news` is called after each act that has told events."""
    pages = Flask(__name__)
    desk = _CardDesk(store, clock, on_news)
    pages.add_url_rule("/carte/<reference>", "setup", desk.show_setup)
    pages.add_url_rule("/carte/<reference>", "leave", desk.leave, methods=["POST"])
    pages.add_url_rule("/empreinte/<reference>", "hold", desk.show_hold)
    pages.add_url_rule("/empreinte/<reference>", "place", desk.place, methods=["POST"])
    pages.add_url_rule("/<reference>", "card", desk.show_card)
    pages.add_url_rule("/<reference>", "pay", desk.pay, methods=["POST"])
    pages.add_url_rule("/<reference>/confirmation", "question", desk.show_question)
    pages.add_url_rule("/<reference>/confirmation", "confirm", desk.confirm, methods=["POST"])
    pages.register_error_handler(404, lambda error: (render_template("unknown.html"), 404))
    pages.after_request(_protect)
    pages.jinja_env.filters["euros"] = lambda cents: euros(cents).replace(" ", "\u00a0")
    return pages


class _CardDesk:
    """The eight views."""

    def __init__(self, store: Store, clock: Callable[[], datetime], on_news: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._on_news = on_news

    def show_card(self, reference: str) -> Page:
        """The form for a card; or what became of the checkout."""
        return self._show(self._change(reference, lambda db, checkout, now: checkout))

    def pay(self, reference: str) -> Page:
        """The card typed: refused beside its field, declined, asked about, or paid."""
        errors = _errors(request.form, self._clock())
        card = find_card(request.form.get("number", ""))
        if errors or card is None:
            return self._show(self._change(reference, lambda db, checkout, now: checkout), errors, 422)
        checkout = self._change(reference, lambda db, checkout, now: till.present_card(db, checkout, card, now))
        if checkout.is_payable and card.answer is Answer.NO:
            return self._show(checkout, {"number": card.refusal}, 402)
        return _onwards(checkout)

    def show_question(self, reference: str) -> Page:
        """The bank asks its holder."""
        checkout = self._change(reference, lambda db, checkout, now: checkout)
        return render_template("question.html", checkout=checkout) if checkout.status == "asked" else _onwards(checkout)

    def confirm(self, reference: str) -> Page:
        """The holder's answer."""
        is_holder = request.form.get("answer") == "yes"
        checkout = self._change(reference, lambda db, checkout, now: till.confirm(db, checkout, is_holder, now))
        if checkout.is_payable:
            return self._show(checkout, {"number": "Vous n’avez pas confirmé ce paiement à votre banque. Rien n’a été débité."}, 402)
        return _onwards(checkout)

    def show_setup(self, reference: str) -> Page:
        """The form where a card is left, or what became of the page."""
        return self._show_setup(self._setup(reference))

    def leave(self, reference: str) -> Page:
        """The card left: refused beside its field, or kept. Sent again it stays the first one."""
        setup, now = self._setup(reference), self._clock()
        card, errors = find_card(request.form.get("number", "")), _errors(request.form, now)
        if not setup.is_open(now):
            return self._show_setup(setup)
        if not errors and card is not None and card.away is None:
            errors = {"number": "La banque refuse d’enregistrer cette carte."}
        if errors or card is None:
            return self._show_setup(setup, errors, 422)
        with self._store.transaction() as db:
            setups.keep(db, reference, card, request.form["expiry"], now)
        self._on_news()
        return redirect(setup.success_url, 303)

    def show_hold(self, reference: str) -> Page:
        """The form where a sum is set aside, or what became of the page."""
        return self._show_hold(self._hold(reference))

    def place(self, reference: str) -> Page:
        """The card typed: refused beside its field, or its sum set aside. Sent again it stays the first one."""
        hold, now = self._hold(reference), self._clock()
        card, errors = find_card(request.form.get("number", "")), _errors(request.form, now)
        if not hold.is_open:
            return self._show_hold(hold)
        if not errors and card is not None and card.answer is Answer.NO:
            errors = {"number": card.refusal}
        if errors or card is None:
            return self._show_hold(hold, errors, 422)
        with self._store.transaction() as db:
            holds.place(db, reference, card, now)
        self._on_news()
        return redirect(hold.success_url, 303)

    def _hold(self, reference: str) -> holds.LocalHold:
        with self._store.transaction() as db:
            hold = holds.find(db, reference, self._clock())
        self._on_news()
        return hold or abort(404)

    def _show_hold(self, hold: holds.LocalHold, errors: dict[str, str] | None = None, status: int = 200) -> Page:
        if not hold.is_open:
            return render_template("hold_ended.html", hold=hold), 410 if hold.status == "expired" else 200
        return render_template("hold.html", hold=hold, cards=TEST_CARDS, errors=errors or {}, typed=request.form), status

    def _setup(self, reference: str) -> setups.Setup:
        with self._store.transaction() as db:
            return setups.find(db, reference) or abort(404)

    def _show_setup(self, setup: setups.Setup, errors: dict[str, str] | None = None, status: int = 200) -> Page:
        if not setup.is_open(self._clock()):
            return render_template("setup_ended.html", setup=setup), 200 if setup.card else 410
        kept = [card for card in TEST_CARDS if card.away is not None]
        return render_template("setup.html", setup=setup, cards=kept, errors=errors or {}, typed=request.form), status

    def _change(self, reference: str, act: Callable[[sqlite3.Connection, LocalCheckout, datetime], LocalCheckout]) -> LocalCheckout:
        now = self._clock()
        with self._store.transaction() as db:
            till.expire_due(db, now)
            checkout = checkouts.find(db, reference)
            changed = act(db, checkout, now) if checkout else None
        self._on_news()
        return changed or abort(404)

    def _show(self, checkout: LocalCheckout, errors: dict[str, str] | None = None, status: int = 200) -> Page:
        if not checkout.is_payable:
            return render_template("ended.html", checkout=checkout), 200 if checkout.is_paid else 410
        return render_template("card.html", checkout=checkout, cards=TEST_CARDS, errors=errors or {}, typed=request.form), status


def _onwards(checkout: LocalCheckout) -> BaseResponse:
    if checkout.is_paid:
        return redirect(checkout.success_url, 303)
    return redirect(url_for("question" if checkout.status == "asked" else "card", reference=checkout.reference), 303)


def _errors(typed: Any, now: datetime) -> dict[str, str]:
    errors = {}
    if find_card(typed.get("number", "")) is None:
        errors["number"] = "Cette page ne prend que les cartes d’essai ci-dessous. N’y tapez jamais une vraie carte."
    expiry = EXPIRY.fullmatch(typed.get("expiry", "").strip())
    today = paris_day(now)
    if expiry is None or (2000 + int(expiry[2]), int(expiry[1])) < (today.year, today.month):
        errors["expiry"] = "Écrivez le mois et l’année d’une date à venir, comme 12/34."
    if not re.fullmatch(r"[0-9]{3}", typed.get("code", "").strip(), re.ASCII):
        errors["code"] = "Écrivez trois chiffres, par exemple 123."
    return errors


def _protect(response: Response) -> Response:
    response.headers.update(SECURITY_HEADERS)
    return response
