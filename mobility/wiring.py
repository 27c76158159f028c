"""Hangs the ground on the application: the edge, the door, its pages, its API, its slots, its settings, its guards."""

from flask import Flask
from flask_smorest import Api

from mobility import attachments as attachment_kinds
from mobility import (
    erased_list,
    erasing,
    held,
    jobs,
    merging,
    models,  # noqa: F401 — the tables must be known before the first mapping
    practice,
)
from mobility.actions import attachments as attachment_actions
from mobility.actions import contact_notes as contact_note_actions
from mobility.actions import erased_mentions, liaison_times, meeting_reminders, sessions, workshops
from mobility.actions import liaison_drafts as draft_actions
from mobility.actions import liaison_papers as paper_actions
from mobility.actions import retention as retention_actions
from mobility.api import accounts as accounts_api
from mobility.api import attachments as attachments_api
from mobility.api import consents as consents_api
from mobility.api import contact_notes as contact_notes_api
from mobility.api import corrections as corrections_api
from mobility.api import erasure as erasure_api
from mobility.api import gathered as gathered_api
from mobility.api import identity as identity_api
from mobility.api import imports as imports_api
from mobility.api import liaison as liaison_api
from mobility.api import liaison_drafts as drafts_api
from mobility.api import liaison_papers as papers_api
from mobility.api import likeness as likeness_api
from mobility.api import merges as merges_api
from mobility.api import people as people_api
from mobility.api import personal_data as personal_data_api
from mobility.api import reports as reports_api
from mobility.api import retention as retention_api
from mobility.api import sites as sites_api
from mobility.api import structure_figures as figures_api
from mobility.api import structures as structures_api
from mobility.api import workshops as workshops_api
from mobility.cli import backups, installation, platforms
from mobility.cli import exports as exports_cli
from mobility.cli import imports as imports_cli
from mobility.cli import reports as reports_cli
from mobility.contact_notes import KEPT_MONTHS
from mobility.db import guards
from mobility.group_trips import CHARTER
from mobility.liaison import DRAFT_DAYS, EXPIRY_DAYS, LATE_DAYS
from mobility.liaison_papers import PAPER_DAYS
from mobility.meeting_reminders import DAYS_BEFORE, LETTER_DAYS
from mobility.merging import UNDO_DAYS
from mobility.queries import fates, holdings, traces
from mobility.queries.year import report_lines
from mobility.retention import ACTIVE_MONTHS, WARNING_DAYS
from mobility.slots import Slot, fill
from mobility.views import (
    access_letters,
    api_docs,
    attachments,
    attendance,
    consents,
    contact_notes,
    corrections,
    desk,
    door,
    erasure,
    files,
    group_trips,
    imports,
    messages,
    network,
    own_account,
    own_space,
    path_slots,
    personal_data,
    reports,
    retention,
    team,
    workshop_doors,
    workshop_slots,
)
from mobility.views import identity as identity_views
from mobility.views import liaison as liaison_views
from mobility.views import liaison_drafts as drafts_views
from mobility.views import liaison_papers as papers_views
from mobility.views import likeness as likeness_views
from mobility.views import merges as merges_views
from mobility.views import paths as paths_views
from mobility.views import people as people_views
from mobility.views import settings as settings_views
from mobility.views import sites as sites_views
from mobility.views import structure_figures as figures_views
from mobility.views import structures as structures_views
from mobility.views import workshops as workshops_views
from mobility.web import (
    access,
    assets,
    chrome,
    compression,
    edge,
    errors,
    filters,
    forgery,
    gate,
    home,
    once,
    platform,
    style,
    summaries,
    tongue,
    viewer,
)


def register(app: Flask, api: Api) -> None:
    """Everything the ground brings."""
    _edge(app)
    app.register_blueprint(door.pages)
    desk.register(app)
    files.register(app)
    own_space.register(app)
    attachments.register(app)
    messages.register(app)
    settings_views.register(app)
    app.register_blueprint(own_account.pages)
    team.register(app)
    access_letters.register(app)
    _personal_data(app, api)
    network.register(app)
    for blueprint in (attachments_api.blp, gathered_api.blp, accounts_api.blp):
        api.register_blueprint(blueprint)
    _year(app, api)
    _path(app, api)
    api_docs.register(app, api)
    installation.register(app)
    app.cli.add_command(platforms.group)
    app.cli.add_command(backups.group)
    jobs.daily(app, "forget", sessions.forget_old)
    jobs.daily(app, "liaison_drafts", draft_actions.erase_old)
    jobs.daily(app, "liaison_papers", paper_actions.drop_old)
    jobs.daily(app, "liaison_times", liaison_times.keep_time)
    jobs.daily(app, "contact_notes", contact_note_actions.forget_old)
    jobs.hourly(app, "meeting_reminders", meeting_reminders.remind)
    jobs.hourly(app, "workshop_reminders", workshops.remind_of_workshops)
    jobs.daily(app, "unclaimed", attachment_actions.drop_unclaimed)
    guards.add(app, guards.append_only("audit_entry"), guards.append_only("file_look"))


def _edge(app: Flask) -> None:
    """What stands before and around every page. The order of the hooks is that of a request: platform, forgery, rights, sent twice."""
    before = (compression, platform, viewer, tongue, forgery, access, gate, once, edge)
    for part in (*before, errors, assets, filters, summaries, chrome, home, style):
        part.register(app)


def _personal_data(app: Flask, api: Api) -> None:
    """What is held about a person and what they agreed to, for that person."""
    held.declare(app, *holdings.HELD, not_of_people=holdings.NOT_OF_PEOPLE)
    erasing.declare(app, *fates.FATES, others=fates.OTHERS, more=erased_mentions.MORE)
    fill(app, Slot.PAPERS, holdings.papers_of)
    fill(app, Slot.PAPERS, holdings.attestations_of)
    personal_data.register(app)
    practice.define(app, ACTIVE_MONTHS, WARNING_DAYS, UNDO_DAYS)
    fill(app, Slot.TRACES, traces.traces)
    jobs.daily(app, "retention", retention_actions.watch)
    jobs.hourly(app, "erased_list", erased_list.keep_list)
    for views in (consents, corrections, retention, erasure):
        app.register_blueprint(views.pages)
    for blueprint in (personal_data_api.blp, consents_api.blp, corrections_api.blp, retention_api.blp, erasure_api.blp):
        api.register_blueprint(blueprint)


def _year(app: Flask, api: Api) -> None:
    """What comes in by files and goes out as reports: pages, API and commands."""
    imports.register(app)
    reports.register(app)
    api.register_blueprint(imports_api.blp)
    api.register_blueprint(reports_api.blp)
    for group in (imports_cli.group, exports_cli.group, reports_cli.group):
        app.cli.add_command(group)
    fill(app, Slot.REPORT, report_lines)


def _path(app: Flask, api: Api) -> None:
    """People, liaison forms and paths; who sends them, who the platform is and its poles."""
    for blueprint in (
        liaison_api.blp,
        drafts_api.blp,
        papers_api.blp,
        people_api.blp,
        contact_notes_api.blp,
        likeness_api.blp,
        merges_api.blp,
        structures_api.blp,
        figures_api.blp,
        identity_api.blp,
        sites_api.blp,
        workshops_api.blp,
    ):
        api.register_blueprint(blueprint)
    for views in (
        liaison_views,
        drafts_views,
        papers_views,
        people_views,
        likeness_views,
        merges_views,
        paths_views,
        structures_views,
        figures_views,
        identity_views,
        sites_views,
        workshops_views,
        attendance,
        workshop_doors,
        group_trips,
    ):
        app.register_blueprint(views.pages)
    attachment_kinds.define(app, paper_actions.FILE)
    path_slots.register(app)
    contact_notes.register(app)
    workshop_slots.register(app)
    merging.declare(app)
    practice.define(app, DRAFT_DAYS, LATE_DAYS, EXPIRY_DAYS, PAPER_DAYS, CHARTER, DAYS_BEFORE, LETTER_DAYS, KEPT_MONTHS)
