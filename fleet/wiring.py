"""Hangs fleet on the application: its pages, its API, its slots, its settings, its guards."""

from flask import Flask
from flask_smorest import Api

from fleet import models  # noqa: F401 — the tables must be known before the first mapping
from fleet.guards import no_overlap
from mobility import practice
from mobility.db import guards
from mobility.practice import DatedSetting


def register(app: Flask, api: Api) -> None:
    """Everything fleet brings."""
    guards.add(app, no_overlap)
    practice.define(app, *_BOOKING_SETTINGS)


_BOOKING_SETTINGS = (
    DatedSetting(
        key="fleet.hold_hours",
        label="Durée d’une option, en heures",
        default=48,
        source="usage",
        kind="int",
        help="Passé ce délai, le véhicule redevient libre.",
    ),
    DatedSetting(
        key="fleet.longest_booking_days",
        label="Durée la plus longue d’une réservation, en jours",
        default=366,
        source="domain.md §9",
        kind="int",
    ),
)
