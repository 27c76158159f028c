"""Hangs billing on the application: its pages, its API, its slots, its settings, its guards."""

from datetime import date

from flask import Flask
from flask_smorest import Api

from billing import models  # noqa: F401 — the tables must be known before the first mapping
from billing.actions.charge_runs import run_charges
from billing.actions.closings import close_what_is_over
from billing.actions.deposit_proofs import PROOF
from billing.actions.differences import compare
from billing.actions.hirers import PAPER as HIRERS_PAPER
from billing.actions.notices import tell_beforehand
from billing.actions.reconciliation import reconcile
from billing.actions.reminders import remind
from billing.analytic import DEFAULTS, analytic_key
from billing.api import analytic as analytic_api
from billing.api import arrears as arrears_api
from billing.api import bank as bank_api
from billing.api import charge_runs as charge_runs_api
from billing.api import chart as chart_api
from billing.api import cheques as cheques_api
from billing.api import closings as closings_api
from billing.api import deposits as deposits_api
from billing.api import differences as differences_api
from billing.api import drawer as drawer_api
from billing.api import entries as entries_api
from billing.api import fuel as fuel_api
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
from billing.api import simulations
from billing.cli import fec
from billing.closings import CLOSES_BY_ITSELF
from billing.deposits import DEFAULT_DEPOSIT_CENTS, SOLIDARITY_KEY, SOLIDARITY_PERCENT
from billing.guards import GUARDS
from billing.keeping import CEILINGS_CENTS, KEPT_REASONS, ceiling_key
from billing.ledger import CHART, ON_BALANCE, account_key
from billing.payment_record import DAYS as ON_TIME_DAYS_KEY
from billing.queries.hire_papers import COVERED, USUAL_COVER
from billing.queries.hires import WARN_DAYS
from billing.reminders import AFTER_DAYS, BEFORE_DAYS, LEAST
from billing.tariffs import KIND_LABELS
from billing.terms import BY_THE_HOUR, PROGRAMME_LABELS, gift_key
from billing.views import (
    analytic,
    arrears,
    bank,
    card,
    charge_runs,
    chart,
    cheques,
    closings,
    deposits,
    differences,
    drawer,
    entries,
    fuel,
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
    schedules,
    tariffs,
)
from billing.views import simulations as simulation_pages
from mobility import attachments, jobs, practice
from mobility.dated import DatedSetting
from mobility.db import guards

RETURN_HOUR = DatedSetting(
    key="billing.return_hour",
    label="Heure de retour",
    default="12:00",
    source="domain.md §10.1",
    kind="hour",
    help="Le jour du retour n’est pas compté quand le véhicule revient avant cette heure.",
)
RELEASE_DAYS = DatedSetting(
    key="billing.deposit_release_days",
    label="Délai avant de rendre la caution, en jours",
    default=45,
    source="domain.md §9",
    kind="int",
    help="Compté depuis le retour : un avis d’amende peut arriver jusqu’à 45 jours après l’infraction.",
)
TAX_REGIME = DatedSetting(
    key="billing.tax_regime",
    label="Régime de TVA de l’association",
    default="exempt",
    source="domain.md §9",
    kind="choice",
    help="Imprimé sur les notes et les reçus.",
    choices=(("exempt", "exonérée"), ("franchise", "franchise en base"), ("liable", "assujettie")),
)

GIFTS = tuple(
    DatedSetting(
        key=gift_key(programme),
        label=f"{PROGRAMME_LABELS[programme]} : gratuit",
        default=False,
        source="domain.md §10.1",
        kind="bool",
        help="Sinon, la journée est due. Un prêt déjà réservé garde son prix.",
    )
    for programme in BY_THE_HOUR
)
DEPOSITS = tuple(
    DatedSetting(
        key=f"billing.deposit_cents.{kind}",
        label=f"Caution habituelle : {KIND_LABELS[kind]}",
        default=cents,
        source="domain.md §9",
        kind="cents",
        help="Proposée à chaque réservation ; celles déjà demandées restent telles quelles.",
    )
    for kind, cents in DEFAULT_DEPOSIT_CENTS.items()
)
CEILINGS = tuple(
    DatedSetting(
        key=ceiling_key(why),
        label=f"Caution gardée, le plus : {KEPT_REASONS[why].lower()}",
        default=cents,
        source="domain.md §9",
        kind="cents",
        help="En tout, d’une caution. Chaque location suit le plafond de son premier jour ; on ne garde jamais plus que la facture.",
    )
    for why, cents in CEILINGS_CENTS.items()
)
SOLIDARITY = DatedSetting(
    key=SOLIDARITY_KEY,
    label="Caution solidaire, en % de la caution demandée",
    default=SOLIDARITY_PERCENT,
    source="domain.md §9",
    kind="int",
    help="Ce qu’un conseiller peut demander à la place, avec une raison.",
    most=100,
)
CASH_FOR_CARS = DatedSetting(
    key="billing.cash_for_cars",
    label="Espèces : admises pour louer une voiture",
    default=True,
    since=((date(2025, 6, 15), False),),
    source="domain.md §9",
    kind="bool",
    help="Interdites par la loi depuis le 15 juin 2025, sauf pour qui déclare n’avoir ni compte bancaire ni autre moyen de paiement.",
)
CASH_CEILING = DatedSetting(
    key="billing.cash_ceiling_cents",
    label="Espèces : le plus qu’une dette peut en recevoir",
    default=300_000,
    since=((date(2015, 9, 1), 100_000),),
    source="domain.md §9",
    kind="cents",
    help="La dette entière compte, même payée en plusieurs fois ; la même déclaration en dispense.",
)
FUEL_ALLOWANCE = DatedSetting(
    key="billing.fuel_allowance_cents",
    label="AMIE : enveloppe de carburant du mois 1",
    default=10_000,
    source="domain.md §3.3",
    kind="cents",
    help="Pour les trajets de travail, sur reçus. Chaque location garde celle du jour où elle commence.",
)
ON_TIME_DAYS = DatedSetting(
    key=ON_TIME_DAYS_KEY,
    label="Payé à temps : sous combien de jours",
    default=7,
    source="domain.md §2.5",
    kind="int",
    help="Comptés depuis le jour où l’échéance est inscrite au compte : jusqu’au point-étape suivant. Pour « Prêt à acheter ».",
)
HIRER_WARN = DatedSetting(
    key=WARN_DAYS,
    label="Retour au loueur : prévenir tant de jours avant",
    default=7,
    source="usage",
    kind="int",
    help="Le temps de rendre le véhicule ou de faire prolonger le contrat du loueur.",
)
GUARANTEED = DatedSetting(
    key=COVERED, label="Garantie donnée à un loueur : ce que dit sa lettre", default=USUAL_COVER, source="domain.md §3.5"
)
KEEPS_ALL_BOOKS = DatedSetting(
    key="billing.keeps_all_books",
    label="Comptabilité : toute tenue dans Point-Étape",
    default=False,
    source="domain.md §9",
    kind="bool",
    help="Sinon, Point-Étape donne des écritures à importer dans le logiciel de la comptabilité, et n’appelle pas ce fichier un FEC.",
)
CLOSES = DatedSetting(
    key=CLOSES_BY_ITSELF,
    label="Comptabilité : clôturer chaque nuit les journées, les mois et les années finis",
    default=False,
    source="domain.md §9",
    kind="bool",
    help="Une clôture ne se défait pas. Sinon, chacune se fait à la main, depuis « Clôtures ».",
)
ACCOUNTS = tuple(
    DatedSetting(
        key=account_key(code),
        label=f"Plan comptable : {CHART[code]}",
        default=f"{code} {CHART[code]}",
        source="domain.md §9",
        kind="account",
        help="Son numéro, une espace, son libellé dans votre plan comptable. Nos livres gardent le leur, vos écritures portent le vôtre.",
    )
    for code in ON_BALANCE
)
ANALYTIC = tuple(
    DatedSetting(
        key=analytic_key(subject),
        label=f"Code analytique : {value.partition(' ')[2]}",
        default=value,
        source="domain.md §9",
        kind="analytic",
        help="Son code, une espace, son libellé. Les écritures d’un jour portent le code de ce jour-là.",
    )
    for subject, value in DEFAULTS.items()
)
SETTINGS = (
    FUEL_ALLOWANCE,
    ON_TIME_DAYS,
    HIRER_WARN,
    GUARANTEED,
    RETURN_HOUR,
    *GIFTS,
    RELEASE_DAYS,
    TAX_REGIME,
    *DEPOSITS,
    *CEILINGS,
    SOLIDARITY,
    CASH_FOR_CARS,
    CASH_CEILING,
    KEEPS_ALL_BOOKS,
    CLOSES,
    BEFORE_DAYS,
    AFTER_DAYS,
    LEAST,
    *ACCOUNTS,
    *ANALYTIC,
)


def register(app: Flask, api: Api) -> None:
    """Everything billing brings."""
    guards.add(app, *GUARDS)
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
    of_people, of_books = (
        (payments_api, deposits_api, plans_api, pauses_api, reminders_api, fuel_api, readiness_api, payers_api, invoices_api),
        (entries_api, closings_api, arrears_api, chart_api, analytic_api, drawer_api, cheques_api, losses_api, bank_api, hires_api),
    )
    for mouth in (*of_people, *of_books, reconciliation_api, differences_api):
        api.register_blueprint(mouth.blp)
    jobs.hourly(app, "reconciliation", reconcile, own_transactions=True)
    jobs.daily(app, "differences", compare, own_transactions=True)
    gathered_payments.register(app)
    app.cli.add_command(fec)
