"""The treasurer's pages: what is due, in the drawer, held; each figure leads to the list it is made of."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from billing.actions.debts import charge_debt
from billing.arrears import AGES
from billing.fuel import WORDS
from billing.invoices import CLAIM_AGES
from billing.ledger import CHART
from billing.lists import ACCOUNTS, LEDGER, PEOPLES_LEDGER
from billing.means import OTHER_DEBTS
from billing.models import BillingAccount
from billing.notices import say_rise
from billing.pauses import say_pause
from billing.queries.accounts import charged_cents, get_account, membership_due_cents, settled
from billing.queries.arrears import sum_arrears
from billing.queries.books import verify_books
from billing.queries.chart import account_names
from billing.queries.claims import sum_claims
from billing.queries.closings import find_wrong_closing
from billing.queries.districts import residence_of
from billing.queries.figures import SIDES, all_accounts, figures, lines_of, moved_in, sum_ledger_lines
from billing.queries.fuel import fuel_of, list_fuel_receipts
from billing.queries.gateway_books import fees_of_month
from billing.queries.months import find_wrong_month
from billing.queries.pauses import find_pause
from billing.queries.payments import sum_waiting
from billing.queries.plans import list_plans
from billing.queries.reminders import list_reminders, outlook
from billing.queries.renewals import find_rise_ahead
from billing.queries.statement import due_now, forecast, statement
from billing.queries.tariffs import may_read
from billing.reminders import CHANNEL_LABELS
from billing.schemas.payments import DebtSchema
from billing.terms import PROGRAMME_LABELS, thaw
from billing.views.amounts import typed
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.rights import Role, Viewer
from mobility.slots import NavItem, Slot, fill
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("money", __name__)
MONEY = (Role.ADVISER, Role.TREASURER, Role.MANAGER)
BOOKS = (Role.TREASURER, Role.MANAGER)
PEOPLE = "411"
SHOWN = 3  # reminders of an account on its page
# Where the money is, in the order a treasurer counts it.
IN_HAND = ("530", "580", "5112", "512", "467")


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
    name_of = account_names()
    return render_template(
        "billing/money.html",
        figures=figures(),
        in_hand=IN_HAND,
        chart={code: name_of(code, today())[1] for code in CHART},
        ages=AGES,
        aged=vars(sum_arrears(today())),
        claim_ages=CLAIM_AGES,
        claims=vars(sum_claims(today())),
        charged_cents=charged,
        paid_cents=paid,
        waiting_cents=sum_waiting(),
        card_fees_cents=fees_of_month(today()),
        month_on=today().replace(day=1),
        fuel_cents=sum_ledger_lines("6571", year=today().year),
        today=today(),
    )


@pages.get("/p/<slug>/money/accounts")
@allow(*MONEY)
def accounts() -> ResponseReturnValue:
    """The accounts, most owed first."""
    return show_list(ACCOUNTS, all_accounts(), "billing/accounts.html")


@pages.get("/p/<slug>/money/ledger/<code>")
@allow(*BOOKS)
def ledger(code: str) -> ResponseReturnValue:
    """One ledger account, line by line; of the people's, what was charged or paid in a year. Raises NotFound outside the chart."""
    if code not in CHART:
        raise NotFound
    listing = PEOPLES_LEDGER if code == PEOPLE else LEDGER
    side, year = SIDES.get(request.args.get("side", "")), request.args.get("year")
    account, named = account_names()(code, today())
    label = (side if code == PEOPLE else None) or named
    return show_list(
        listing,
        lines_of(code),
        "billing/ledger.html",
        code=account,
        label=f"{label} en {year}" if year else label,
        sign=-1 if request.args.get("side") in ("paid", "lost") else 1,
        is_side=side is not None,
    )


@pages.get("/p/<slug>/money/books")
@allow(*BOOKS)
def books() -> str:
    """Whether every byte of the books is as it was sealed, and the sums of months and closings are their entries'."""
    return render_template(
        "billing/books.html",
        wrong=verify_books(),
        wrong_month=find_wrong_month(),
        wrong_closing=find_wrong_closing(),
        checked_at=now(),
    )


@pages.get("/p/<slug>/money/accounts/<int:account_id>")
@allow(*MONEY)
def account(account_id: int, form: Form | None = None) -> str:
    """One rental's money: due with its sentence, charges, payments, what lies ahead."""
    found = get_account(account_id, viewer())
    look(found.beneficiary_id, page="money")
    form = form or Form(values=_membership(found))
    seen = outlook(found, today())
    more = {"reminders": list_reminders(account_id)[:SHOWN], "next_said": seen.next_said, "channels": CHANNEL_LABELS}
    return render_template(
        "billing/account.html", **_told(found), **more, form=form, debts=list(OTHER_DEBTS.items()), terms=thaw(found.terms)
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
@in_every_tongue
def account_statement(account_id: int) -> str:
    """The account to read and print, for its person too."""
    found = get_account(account_id, viewer())
    look(found.beneficiary_id, page="statement")
    return render_template("billing/statement.html", **_told(found), today=today())


def _membership(found: BillingAccount) -> dict[str, str]:
    """The form of another debt filled with the year's membership while it is due."""
    cents = membership_due_cents(found, today())
    return {"kind": "membership", "cents": typed(cents), "reason": "une année"} if cents else {}


def _told(found: BillingAccount) -> dict[str, object]:
    came, pause = settled(found.id), find_pause(found.id)
    rise = find_rise_ahead(found, today())
    return {
        "account": found,
        "person": may_read(found.beneficiary_id, viewer()),
        "due": due_now(found.id),
        "lines": statement(found.id),
        "forecast": forecast(found),
        "rise": say_rise(rise) if rise else None,
        "residence": residence_of(found),
        "plans": list_plans(found.id),
        "pause": say_pause(pause.until_on) if pause else None,
        "fuel": fuel_of(found),
        "fuel_receipts": list_fuel_receipts(found.id),
        "fuel_words": WORDS,
        "charged_cents": charged_cents(found.id),
        "paid_cents": came.paid_cents,
        "lost_cents": came.lost_cents,
        "programme": PROGRAMME_LABELS[found.programme],
    }
