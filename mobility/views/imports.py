"""Imports on screen: the files given, how far it is, the lines to look at."""

import logging
from collections.abc import Iterable
from threading import Thread

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from mobility.actions.imports import OpenImport, give_up, open_folder, take_lines
from mobility.clock import now
from mobility.db import platform_scope
from mobility.errors import RuleBroken
from mobility.imports.liaison_folder import COLUMNS
from mobility.office_lists import DOUBTS
from mobility.queries.imports import doubts_of, get_run, list_runs
from mobility.rights import Role, Viewer
from mobility.slots import NavItem, Slot, fill
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, or_again
from mobility.web.lists import show as show_list
from mobility.web.platform import here
from mobility.web.viewer import viewer

pages = Blueprint("imports", __name__)
log = logging.getLogger("point_etape.imports")


def register(app: Flask) -> None:
    """Hang the pages, and their entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)


def _nav(viewer: Viewer) -> list[NavItem]:
    if not viewer.may(Role.MANAGER):
        return []
    return [NavItem(order=95, label="Imports", href=url_for("imports.index"), icon="upload", endpoint="imports.index")]


@pages.get("/p/<slug>/imports")
@allow(Role.MANAGER)
def index(form: Form | None = None) -> str:
    """What was imported, and the form to import more."""
    return render_template("imports/index.html", form=form or Form(), runs=list_runs(), columns=COLUMNS)


@pages.post("/p/<slug>/imports")
@allow(Role.MANAGER)
@own_transactions
@or_again(index)
def start() -> Response:
    """Begin, and show how far it is."""
    return redirect(url_for("imports.show", run_id=begin(request.files.getlist("files"))), code=303)


def begin(sent: Iterable[FileStorage]) -> int:
    """Read the files at once, so that what is wrong is said here; then take their lines beside the request. The import's id."""
    files = {file.filename or "": file.read() for file in sent}
    if not any(files):
        raise RuleBroken("Choisissez les quatre fichiers du dossier.", field="files")
    return take_beside(open_folder(files, source="fichiers envoyés", by=viewer(), now=now()))


def take_beside(opened: OpenImport) -> int:
    """Take an opened import's lines beside the request; its id, for the page that follows it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    Thread(target=_take, args=(app, here().id, opened, viewer()), name=f"import-{opened.run_id}").start()
    return opened.run_id


@pages.get("/p/<slug>/imports/<int:run_id>")
@allow(Role.MANAGER)
def show(run_id: int) -> ResponseReturnValue:
    """How far an import is, what it took, and the lines to look at; the page refreshes itself until the end."""
    return show_list(DOUBTS, doubts_of(run_id), "imports/show.html", run=get_run(run_id))


def _take(app: Flask, platform_id: int, opened: OpenImport, who: Viewer) -> None:
    with app.app_context(), platform_scope(platform_id):
        try:
            take_lines(opened, by=who, now=now())
        except Exception as error:
            log.error("import stopped: %s", type(error).__name__)
            give_up(opened.run_id, "L’import s’est arrêté en route. Relancez-le : il reprendra où il en était.", by=who, now=now())
