"""Hangs assessments on the application: its pages, its API, its slots, its settings."""

from flask import Flask
from flask_smorest import Api

from assessments import api as assessments_api
from assessments import models, slots, views  # noqa: F401 — models: the tables must be known before the first mapping
from assessments.booklet import api as booklet_api
from assessments.booklet import slots as booklet_slots
from assessments.booklet import views as booklet
from assessments.booklet.actions import close_booklet
from assessments.queries import holdings
from assessments.queries.fates import FATES
from assessments.queries.traces import traces
from mobility import erasing, held, practice
from mobility.dated import DatedSetting
from mobility.slots import Slot, fill


def register(app: Flask, api: Api) -> None:
    """Everything assessments brings."""
    app.register_blueprint(views.pages)
    api.register_blueprint(assessments_api.blp)
    app.register_blueprint(views.short_check)
    app.register_blueprint(views.genuine)
    api.register_blueprint(assessments_api.genuine)
    api.register_blueprint(assessments_api.short_check)
    app.register_blueprint(booklet.pages)
    api.register_blueprint(booklet_api.blp)
    fill(app, Slot.FRONT, views.ways_in)
    fill(app, Slot.DESK, slots.desk_cards)
    fill(app, Slot.FILE, slots.file_sections)
    fill(app, Slot.FILE, booklet_slots.file_sections)
    fill(app, Slot.NEXT_ACT, slots.next_acts)
    fill(app, Slot.OWN_SPACE, slots.own_sections)
    fill(app, Slot.OWN_SPACE, booklet_slots.own_sections)
    fill(app, Slot.REPORT, slots.report_lines)
    held.declare(app, *holdings.HELD, not_of_people={})
    erasing.declare(app, *FATES, more=(close_booklet,))
    fill(app, Slot.PAPERS, holdings.papers_of)
    fill(app, Slot.TRACES, traces)
    practice.define(app, _AUTHORITY)


_AUTHORITY = DatedSetting(
    key="assessments.authority",
    label="Habilitation comme prescripteur, imprimée sur les bilans",
    default="",
    source="domain.md §9",
    help="La liste ou l’arrêté préfectoral, et sa date. Laissez vide si la plateforme n’en a pas : rien n’est alors imprimé.",
)
