"""Hangs billing on the application: its pages, its API, its slots, its settings, its guards."""

from flask import Flask
from flask_smorest import Api

from billing import models  # noqa: F401 — the tables must be known before the first mapping
from billing.guards import GUARDS
from mobility import practice
from mobility.db import guards
from mobility.practice import DatedSetting

RETURN_HOUR = DatedSetting(
    key="billing.return_hour",
    label="Heure de retour",
    default="12:00",
    source="domain.md §10.1",
    kind="hour",
    help="Le jour du retour n’est pas compté quand le véhicule revient avant cette heure.",
)


def register(app: Flask, api: Api) -> None:
    """Everything billing brings."""
    guards.add(app, *GUARDS)
    practice.define(app, RETURN_HOUR)
