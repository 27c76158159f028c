"""Hangs billing on the application: its pages, its API, its slots, its settings, its guards."""

from flask import Flask
from flask_smorest import Api

from billing import models  # noqa: F401 — the tables must be known before the first mapping
from billing.actions import erased_mentions, merges
from billing.actions.auto_jobs import follow_weekly
from billing.actions.card_hold_jobs import follow_holds, watch_holds
from billing.actions.charge_runs import run_charges
from billing.actions.closings import close_what_is_over
from billing.actions.deposit_proofs import PROOF
from billing.actions.differences import compare
from billing.actions.gateway_books import follow as follow_gateway
from billing.actions.hirers import PAPER as HIRERS_PAPER
from billing.actions.notices import tell_beforehand
from billing.actions.reconciliation import reconcile
from billing.actions.reminders import remind
from billing.actions.saved_card_jobs import follow_up, forget_overdue
from billing.api import analytic as analytic_api
from billing.api import arrears as arrears_api
from billing.api import auto_payments as auto_payments_api
from billing.api import bank as bank_api
from billing.api import card_holds as card_holds_api
from billing.api import charge_runs as charge_runs_api
from billing.api import chart as chart_api
from billing.api import cheques as cheques_api
from billing.api import closings as closings_api
from billing.api import deposits as deposits_api
from billing.api import differences as differences_api
from billing.api import drawer as drawer_api
from billing.api import entries as entries_api
from billing.api import fuel as fuel_api
from billing.api import gateway_books as gateway_books_api
from billing.api import hires as hires_api
from billing.api import invoices as invoices_api
from billing.api import losses as losses_api
from billing.api import money as money_api
from billing.api import pauses as pauses_api
from billing.api import payers as payers_api
from billing.api import payments as payments_api
from billing.api import plans as plans_api
from billing.api import programmes as programmes_api
from billing.api import readiness as readiness_api
from billing.api import reconciliation as reconciliation_api
from billing.api import reminders as reminders_api
from billing.api import saved_cards as saved_cards_api
from billing.api import simulations
from billing.cli import fec
from billing.guards import GUARDS
from billing.queries import fates, holdings
from billing.queries.traces import last_entries, traces
from billing.settings import ACCOUNTS, ANALYTIC, SETTINGS
from billing.views import (
    analytic,
    arrears,
    auto_payments,
    bank,
    card,
    card_holds,
    charge_runs,
    chart,
    cheques,
    closings,
    deposits,
    differences,
    drawer,
    entries,
    fuel,
    gateway_books,
    gathered,
    gathered_payments,
    hires,
    invoices,
    losses,
    money,
    own_payments,
    pauses,
    payers,
    payments,
    plans,
    programmes,
    readiness,
    reconciliation,
    reminders,
    saved_cards,
    schedules,
    tariffs,
)
from billing.views import simulations as simulation_pages
from mobility import attachments, erasing, held, jobs, merging, practice
from mobility.db import guards
from mobility.slots import Slot, fill


def register(app: Flask, api: Api) -> None:
    """Everything billing brings."""
    guards.add(app, *GUARDS)
    held.declare(app, *holdings.HELD, not_of_people=holdings.NOT_OF_PEOPLE)
    erasing.declare(app, *fates.FATES, others=fates.OTHERS, more=erased_mentions.MORE)
    merging.declare(app, uniting=merges.uniting, parting=merges.parting, done=merges.price_again)
    fill(app, Slot.PAPERS, holdings.papers_of)
    fill(app, Slot.TRACES, traces)
    fill(app, Slot.BOOKS, last_entries)
    attachments.define(app, PROOF, HIRERS_PAPER)
    practice.define(app, *SETTINGS)
    practice.shelve(app, practice.Shelf(label="Plan comptable", endpoint="chart.show"), [account.key for account in ACCOUNTS])
    practice.shelve(app, practice.Shelf(label="Codes analytiques", endpoint="analytic.show"), [code.key for code in ANALYTIC])
    api.register_blueprint(charge_runs_api.blp)
    jobs.daily(app, "charges", run_charges, own_transactions=True)
    jobs.daily(app, "notices", tell_beforehand)
    jobs.daily(app, "reminders", remind, own_transactions=True)
    jobs.daily(app, "closings", close_what_is_over)
    api.register_blueprint(simulations.blp)
    app.register_blueprint(simulation_pages.pages)
    money.register(app)
    app.register_blueprint(tariffs.pages)
    app.register_blueprint(schedules.pages)
    app.register_blueprint(programmes.pages)
    api.register_blueprint(programmes_api.blp)
    gathered.register(app)
    api.register_blueprint(money_api.blp)
    at_the_desk = (payments, deposits, plans, pauses, reminders, fuel, readiness, card, own_payments)
    of_money = (bank, drawer, cheques, charge_runs, arrears, payers, invoices, losses, hires)
    for views in (*at_the_desk, *of_money, entries, closings, chart, analytic, reconciliation, differences):
        app.register_blueprint(views.pages)
    of_people, of_rentals, of_books = (
        (payments_api, deposits_api, plans_api, pauses_api, reminders_api),
        (fuel_api, readiness_api, payers_api, invoices_api),
        (entries_api, closings_api, arrears_api, chart_api, analytic_api, drawer_api, cheques_api, losses_api, bank_api, hires_api),
    )
    for mouth in (*of_people, *of_rentals, *of_books, reconciliation_api, differences_api):
        api.register_blueprint(mouth.blp)
    jobs.hourly(app, "reconciliation", reconcile, own_transactions=True)
    jobs.daily(app, "gateway_books", follow_gateway, own_transactions=True)
    jobs.daily(app, "differences", compare, own_transactions=True)
    _left_with_the_gateway(app, api)
    gathered_payments.register(app)
    app.cli.add_command(fec)


def _left_with_the_gateway(app: Flask, api: Api) -> None:
    """Cards on file, sums set aside, and what a card pays each week."""
    for views in (saved_cards, card_holds, auto_payments, gateway_books):
        app.register_blueprint(views.pages)
    for mouth in (saved_cards_api, card_holds_api, auto_payments_api, gateway_books_api):
        api.register_blueprint(mouth.blp)
    jobs.hourly(app, "saved_cards", follow_up, own_transactions=True)
    jobs.hourly(app, "auto_payments", follow_weekly, own_transactions=True)
    jobs.hourly(app, "card_holds", follow_holds, own_transactions=True)
    jobs.daily(app, "card_holds_watched", watch_holds, own_transactions=True)
    jobs.daily(app, "saved_cards_forgotten", forget_overdue, own_transactions=True)
