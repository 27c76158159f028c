"""Hangs fleet on the application: its pages, its API, its slots, its settings, its guards."""

from flask import Flask
from flask_smorest import Api

from billing.events import PriceMoved, listen
from billing.queries.holdbacks import hold_back
from fleet import (
    cli,  # noqa: F401 — its commands join the groups of imports and exports
    models,  # noqa: F401 — the tables must be known before the first mapping
    settings,
)
from fleet.actions import erased_mentions
from fleet.actions.accidents import PHOTO
from fleet.actions.costs import BILL
from fleet.actions.defects import DEFECT
from fleet.actions.fine_reminders import remind
from fleet.actions.loan_follow import follow_loans
from fleet.actions.microcredits import QUOTE
from fleet.actions.photo_retention import forget_photos
from fleet.actions.photos import CONDITION, ODOMETER
from fleet.actions.proposals import propose_all
from fleet.actions.takeovers import forget_old
from fleet.actions.terms import say_again
from fleet.actions.upkeep import reckon_all
from fleet.actions.waiting import settle
from fleet.api import accidents as accidents_api
from fleet.api import board as board_api
from fleet.api import bookings as bookings_api
from fleet.api import calendars as calendars_api
from fleet.api import costs as costs_api
from fleet.api import defects as defects_api
from fleet.api import fines as fines_api
from fleet.api import hired as hired_api
from fleet.api import loans as loans_api
from fleet.api import marks as marks_api
from fleet.api import microcredits as microcredits_api
from fleet.api import offer as offer_api
from fleet.api import past_rentals as past_rentals_api
from fleet.api import plan as plan_api
from fleet.api import rentals as rentals_api
from fleet.api import rescue as rescue_api
from fleet.api import reviews as reviews_api
from fleet.api import simulations as simulations_api
from fleet.api import takeovers as takeovers_api
from fleet.api import transfers as transfers_api
from fleet.api import upkeep as upkeep_api
from fleet.api import vehicle_imports as vehicle_imports_api
from fleet.api import vehicle_kinds as vehicle_kinds_api
from fleet.api import vehicles as vehicles_api
from fleet.api import waiting as waiting_api
from fleet.api import work_orders as work_orders_api
from fleet.guards import no_overlap, two_platforms
from fleet.jobs import keep_in_workshop, keep_lent, mark_late, release_holds
from fleet.kind_rules import KIND_RULES
from fleet.queries import fates, holdings
from fleet.queries.fines import why_deposits_wait
from fleet.queries.kind_rules import keys_of
from fleet.queries.traces import traces
from fleet.slots.accidents import fill_accidents
from fleet.slots.bookings import fill_bookings
from fleet.slots.fines import fill_fines
from fleet.slots.loans import fill_loans
from fleet.slots.microcredits import fill_microcredits
from fleet.slots.modes import fill_modes
from fleet.slots.past_rentals import fill_past_rentals
from fleet.slots.rentals import fill_rentals
from fleet.slots.reviews import fill_reviews
from fleet.slots.tariffs import fill_tariffs
from fleet.slots.waiting import fill_waiting
from fleet.slots.workshop import fill_workshop
from fleet.views import (
    accidents,
    board,
    calendars,
    changes,
    contracts,
    costs,
    defects,
    fines,
    garage_door,
    garages,
    handovers,
    hired,
    kilometres,
    labels,
    loans,
    marks,
    microcredits,
    offer,
    offline,
    outcomes,
    own_readings,
    past_rentals,
    plan,
    point_etapes,
    rentals,
    report_signatures,
    rescue,
    reviews,
    simulations,
    takeovers,
    transfers,
    upkeep,
    vehicle_imports,
    vehicle_kinds,
    vehicles,
    waiting,
    ways,
    work_orders,
)
from fleet.waiting import SETTINGS
from mobility import attachments, erasing, held, jobs, practice, slots
from mobility.db import guards
from mobility.slots import Slot, fill


def register(app: Flask, api: Api) -> None:
    """Everything fleet brings."""
    guards.add(app, no_overlap, two_platforms)
    held.declare(app, *holdings.HELD, not_of_people=holdings.NOT_OF_PEOPLE)
    erasing.declare(app, *fates.FATES, others=fates.OTHERS, more=erased_mentions.MORE)
    fill(app, Slot.PAPERS, holdings.papers_of)
    fill(app, Slot.TRACES, traces)
    attachments.define(app, CONDITION, ODOMETER, BILL, DEFECT, QUOTE)
    practice.define(app, *settings.OF_BOOKINGS)
    for views in (vehicles, vehicle_imports, takeovers, labels, changes, board, calendars, ways):
        app.register_blueprint(views.pages)
    for blp in (vehicles_api.blp, vehicle_imports_api.blp, takeovers_api.blp, board_api.blp, calendars_api.blp, bookings_api.blp):
        api.register_blueprint(blp)
    app.register_blueprint(hired.pages)
    api.register_blueprint(hired_api.blp)
    fill_bookings(app)
    listen(app, PriceMoved, say_again)
    fill_tariffs(app)
    jobs.daily(app, "late", mark_late)
    jobs.daily(app, "photos", forget_photos)
    jobs.daily(app, "holds", release_holds)
    _register_kinds(app, api)
    jobs.daily(app, "takeovers", forget_old)
    _register_past(app, api)
    _register_offer(app, api)
    _register_rentals(app, api)
    _register_workshop(app, api)
    _register_waiting(app, api)
    _register_fines(app, api)


def _register_past(app: Flask, api: Api) -> None:
    """The programme's years of before, and its rents as a table."""
    app.register_blueprint(past_rentals.pages)
    api.register_blueprint(past_rentals_api.blp)
    fill_past_rentals(app)


def _register_offer(app: Flask, api: Api) -> None:
    """What anybody may read of the fleet."""
    app.register_blueprint(offer.pages)
    api.register_blueprint(offer_api.blp)
    slots.fill(app, slots.Slot.FRONT, offer.ways_in)


def _register_kinds(app: Flask, api: Api) -> None:
    """The rules of each kind, on one page instead of among all the others; vehicles from place to place."""
    for kind, rules in KIND_RULES.items():
        practice.define(app, *(rule.setting for rule in rules))
        practice.shelve(app, practice.Shelf(label="Types de véhicule", endpoint="vehicle_kinds.index", anchor=kind), keys_of(kind))
    for pages, blp in ((vehicle_kinds.pages, vehicle_kinds_api.blp), (transfers.pages, transfers_api.blp), (loans.pages, loans_api.blp)):
        app.register_blueprint(pages)
        api.register_blueprint(blp)
    fill_loans(app)
    jobs.hourly(app, "lent", keep_lent)
    jobs.hourly(app, "loan sheets", follow_loans, own_transactions=True)


def _register_workshop(app: Flask, api: Api) -> None:
    """Work orders, garages, and what is to be foreseen."""
    practice.define(app, *settings.OF_WORKSHOP)
    for pages in (work_orders.pages, garages.pages, garage_door.pages, upkeep.pages, rescue.pages, defects.pages, costs.pages):
        app.register_blueprint(pages)
    for blp in (work_orders_api.blp, upkeep_api.blp, rescue_api.blp, defects_api.blp, costs_api.blp):
        api.register_blueprint(blp)
    fill_workshop(app)
    jobs.daily(app, "upkeep", reckon_all)
    jobs.hourly(app, "workshop", keep_in_workshop)


def _register_waiting(app: Flask, api: Api) -> None:
    """Who waits for a vehicle, and in which order."""
    practice.define(app, *SETTINGS)
    for pages in (waiting.pages, plan.pages):
        app.register_blueprint(pages)
    for blp in (waiting_api.blp, plan_api.blp):
        api.register_blueprint(blp)
    fill_waiting(app)
    fill_modes(app)
    jobs.daily(app, "waiting", settle)
    jobs.hourly(app, "proposals", propose_all, own_transactions=True)


def _register_fines(app: Flask, api: Api) -> None:
    """Who had a vehicle, the notices of offences that ask it, and accidents."""
    practice.define(app, *settings.OF_FINES)
    for pages, blp in ((fines.pages, fines_api.blp), (accidents.pages, accidents_api.blp)):
        app.register_blueprint(pages)
        api.register_blueprint(blp)
    attachments.define(app, PHOTO)
    fill_fines(app)
    fill_accidents(app)
    hold_back(app, why_deposits_wait)
    jobs.daily(app, "fines", remind)


def _register_rentals(app: Flask, api: Api) -> None:
    """From the confirmed booking to the outcome."""
    practice.define(app, *settings.OF_RENTALS)
    simulations.register(app)
    for views in (
        rentals,
        contracts,
        handovers,
        marks,
        offline,
        report_signatures,
        point_etapes,
        kilometres,
        own_readings,
        outcomes,
        microcredits,
        reviews,
    ):
        app.register_blueprint(views.pages)
    api.register_blueprint(simulations_api.api)
    api.register_blueprint(rentals_api.blp)
    api.register_blueprint(marks_api.blp)
    api.register_blueprint(microcredits_api.blp)
    api.register_blueprint(reviews_api.blp)
    fill_rentals(app)
    fill_microcredits(app)
    fill_reviews(app)
