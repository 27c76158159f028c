"""The treasurer's pages: what is due, in the drawer, held; each figure leads to the list it is made of."""

import re
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from billing.actions.debts import charge_debt
from billing.fuel import PAID_LABELS
from billing.ledger import CHART
from billing.means import OTHER_DEBTS
from billing.models import BillingAccount
from billing.queries.accounts import charged_cents, get_account, paid_cents
from billing.queries.books import verify_books
from billing.queries.figures import PAGE, SIDES, STATES, figures, list_account_lines, list_ledger_lines, moved_in, sum_ledger_lines
from billing.queries.fuel import fuel_of, list_fuel_receipts
from billing.queries.payments import sum_payments
from billing.queries.statement import due_now, forecast, statement
from billing.queries.tariffs import may_read
from billing.schemas.payments import DebtSchema
from billing.terms import PROGRAMME_LABELS, thaw
from billing.views.tables import as_csv
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.rights import Role, Viewer
from mobility.slots import NavItem, Slot, fill
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("money", __name__)
MONEY = (Role.ADVISER, Role.TREASURER, Role.MANAGER)
BOOKS = (Role.TREASURER, Role.MANAGER)
PEOPLE = "411"
YEAR = re.compile(r"(19|20)[0-9]{2}", re.ASCII)
# Where the money is, in the order a treasurer counts it.
IN_HAND = ("530", "5112", "5115", "512", "467")
STATE_LABELS = {"due": "À recevoir", "ahead": "Payé d’avance", "running": "En cours", "all": "Tous"}


def register(app: Flask) -> None:
    """Hang the money pages, and their entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)


def _nav(viewer: Viewer) -> list[NavItem]:
    if not viewer.may(*BOOKS):
        return []
    return [NavItem(order=50, label="Argent", href=url_for("money.show"), icon="currency-euro", endpoint="money.show")]


@pages.get("/p/<slug>/money")
@allow(*BOOKS)
def show() -> str:
    """What is due, received, held."""
    charged, paid = moved_in(today().year)
    return render_template(
        "billing/money.html",
        figures=figures(),
        in_hand=IN_HAND,
        chart=CHART,
        charged_cents=charged,
        paid_cents=paid,
        waiting_cents=sum_payments(status="waiting"),
        fuel_cents=sum_ledger_lines("6571", year=today().year),
        today=today(),
    )


@pages.get("/p/<slug>/money/accounts")
@allow(*MONEY)
def accounts() -> str:
    """The accounts, most owed first."""
    state = _state()
    lines = list_account_lines(state, page=_page())
    return render_template(
        "billing/accounts.html", lines=lines[:PAGE], state=state, states=STATE_LABELS, pager=_pager(len(lines), state=state)
    )


@pages.get("/p/<slug>/money/accounts.csv")
@allow(*BOOKS)
def accounts_file() -> Response:
    """The same list whole, for a spreadsheet."""
    head = ("Numéro", "Prénom", "Nom", "Location", "Solde")
    rows = [
        (str(line.person.number), line.person.first_name, line.person.last_name, line.account.label, line.balance_cents)
        for line in list_account_lines(_state(), page=None)
    ]
    return as_csv(f"comptes-{_state()}", head, rows)


@pages.get("/p/<slug>/money/ledger/<code>")
@allow(*BOOKS)
def ledger(code: str) -> str:
    """One ledger account, line by line; of the people's, what was charged or paid in a year."""
    chosen = _lines_asked(code)
    lines = list_ledger_lines(code, **chosen, page=_page())
    where = {"code": code} | {name: value for name, value in chosen.items() if value is not None}
    return render_template(
        "billing/ledger.html",
        code=code,
        label=_figure(code, **chosen),
        is_side=chosen["side"] is not None,
        lines=lines[:PAGE],
        total=sum_ledger_lines(code, **chosen),
        where=where,
        pager=_pager(len(lines), **where),
    )


@pages.get("/p/<slug>/money/ledger/<code>/lines.csv")
@allow(*BOOKS)
def ledger_file(code: str) -> Response:
    """The same lines whole, for a spreadsheet."""
    chosen = _lines_asked(code)
    head = ("Écriture", "Date", "Journal", "Libellé", "Pièce", "Personne", "Débit", "Crédit")
    return as_csv(f"compte-{code}", head, map(_ledger_row, list_ledger_lines(code, **chosen, page=None)))


@pages.get("/p/<slug>/money/books")
@allow(*BOOKS)
def books() -> str:
    """Whether every byte of the books is as it was sealed."""
    return render_template("billing/books.html", wrong=verify_books(), checked_at=now())


@pages.get("/p/<slug>/money/accounts/<int:account_id>")
@allow(*MONEY)
def account(account_id: int, form: Form | None = None) -> str:
    """One rental's money: due with its sentence, charges, payments, what lies ahead."""
    found = get_account(account_id, viewer())
    look(found.beneficiary_id, page="money")
    return render_template(
        "billing/account.html", **_told(found), form=form or Form(), debts=list(OTHER_DEBTS.items()), terms=thaw(found.terms)
    )


@pages.post("/p/<slug>/money/accounts/<int:account_id>/charges")
@allow(*MONEY)
@or_again(account)
def charge(account_id: int) -> Response:
    """Put a repair or a membership on the account."""
    charge_debt(account_id, **from_form(DebtSchema()), by=viewer(), now=now())
    flash("Le montant est inscrit au compte.", "fine")
    return redirect(url_for("money.account", account_id=account_id), code=303)


@pages.get("/p/<slug>/money/accounts/<int:account_id>/statement")
@allow(*MONEY, Role.BENEFICIARY)
def account_statement(account_id: int) -> str:
    """The account to read and print, for its person too."""
    found = get_account(account_id, viewer())
    look(found.beneficiary_id, page="statement")
    return render_template("billing/statement.html", **_told(found), today=today())


def _told(found: BillingAccount) -> dict[str, object]:
    return {
        "account": found,
        "person": may_read(found.beneficiary_id, viewer()),
        "due": due_now(found.id),
        "lines": statement(found.id),
        "forecast": forecast(found),
        "fuel": fuel_of(found),
        "fuel_receipts": list_fuel_receipts(found.id),
        "paid_labels": PAID_LABELS,
        "charged_cents": charged_cents(found.id),
        "paid_cents": paid_cents(found.id),
        "programme": PROGRAMME_LABELS[found.programme],
    }


def _state() -> str:
    return request.args.get("state", "all") if request.args.get("state") in STATES else "all"


def _lines_asked(code: str) -> dict[str, Any]:
    """Which lines of an account the address asks. Raises NotFound for one that is not in the chart."""
    if code not in CHART:
        raise NotFound
    side, year = request.args.get("side"), request.args.get("year", "")
    return {"side": side if side in SIDES and code == PEOPLE else None, "year": int(year) if YEAR.fullmatch(year) else None}


def _ledger_row(line: Any) -> list[str | int]:
    said = [str(line.number), line.on.isoformat(), line.journal, line.label, line.reference, line.subject_number or ""]
    return [*said, line.debit_cents, line.credit_cents]


def _figure(code: str, *, side: str | None, year: int | None) -> str:
    label = SIDES[side] if side else CHART[code]
    return f"{label} en {year}" if year else label


def _page() -> int:
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) < 10_000 and len(asked) < 6 else 1


def _pager(found: int, **where: Any) -> dict[str, str | None]:
    """The sentence and the links of a list's pages."""
    page, endpoint = _page(), str(request.endpoint)
    shown = min(found, PAGE)
    first = (page - 1) * PAGE + 1
    return {
        "sentence": f"Lignes {first} à {first + shown - 1}" if shown else "Aucune ligne",
        "previous_href": url_for(endpoint, **where, page=page - 1) if page > 1 else None,
        "next_href": url_for(endpoint, **where, page=page + 1) if found > PAGE else None,
    }
