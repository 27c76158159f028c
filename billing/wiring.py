"""Hangs billing on the application: its pages, its API, its slots, its settings, its guards."""

from datetime import date

from flask import Flask
from flask_smorest import Api

from billing import models  # noqa: F401 — the tables must be known before the first mapping
from billing.actions.charging import post_due_charges
from billing.actions.reconciliation import reconcile
from billing.api import deposits as deposits_api
from billing.api import fuel as fuel_api
from billing.api import money as money_api
from billing.api import payments as payments_api
from billing.api import reconciliation as reconciliation_api
from billing.api import simulations
from billing.deposits import DEFAULT_DEPOSIT_CENTS
from billing.guards import GUARDS
from billing.tariffs import KIND_LABELS
from billing.terms import BY_THE_HOUR, PROGRAMME_LABELS, gift_key
from billing.views import (
    card,
    deposits,
    fuel,
    gathered,
    gathered_payments,
    money,
    own_payments,
    payments,
    reconciliation,
    schedules,
    tariffs,
)
from billing.views import simulations as simulation_pages
from mobility import jobs, practice
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

PROGRAMME_RENTS = (
    DatedSetting(key="billing.first_rent_cents", label="AMIE : loyer du mois 1", default=0, source="domain.md §3.3", kind="cents"),
    DatedSetting(key="billing.second_rent_cents", label="AMIE : loyer du mois 2", default=4600, source="domain.md §3.3", kind="cents"),
    DatedSetting(
        key="billing.target_cents",
        label="AMIE : loyer du mois 5",
        default=22_000,
        source="domain.md §3.3",
        kind="cents",
        help="Proche de la mensualité du prêt qui paiera le véhicule ; chaque location peut viser un autre prêt.",
    ),
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
SETTINGS = (FUEL_ALLOWANCE, RETURN_HOUR, *PROGRAMME_RENTS, *GIFTS, RELEASE_DAYS, TAX_REGIME, *DEPOSITS, CASH_FOR_CARS, CASH_CEILING)


def register(app: Flask, api: Api) -> None:
    """Everything billing brings."""
    guards.add(app, *GUARDS)
    practice.define(app, *SETTINGS)
    jobs.daily(app, "charges", post_due_charges)
    api.register_blueprint(simulations.blp)
    app.register_blueprint(simulation_pages.pages)
    money.register(app)
    app.register_blueprint(tariffs.pages)
    app.register_blueprint(schedules.pages)
    gathered.register(app)
    api.register_blueprint(money_api.blp)
    for views in (payments, deposits, fuel, card, own_payments, reconciliation):
        app.register_blueprint(views.pages)
    for blp in (payments_api.blp, deposits_api.blp, fuel_api.blp, reconciliation_api.blp):
        api.register_blueprint(blp)
    jobs.hourly(app, "reconciliation", reconcile, own_transactions=True)
    gathered_payments.register(app)
