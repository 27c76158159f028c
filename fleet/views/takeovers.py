"""Starting from one's own spreadsheet: send it, say what its columns are, look at it, take it as a whole, undo it as a whole."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from fleet.actions.takeovers import MOST_LINES, keep_file, match_columns, why_not_undone
from fleet.actions.takeovers import take as take_all
from fleet.actions.takeovers import undo as undo_all
from fleet.kinds import KINDS
from fleet.models import Takeover
from fleet.queries.takeovers import get_takeover, lines_of, list_takeovers
from fleet.schemas.takeovers import MatchingSchema
from fleet.takeover_fields import FIELDS, GROUP_NAMES
from fleet.takeover_lines import KNOWN, LEFT, NEW, NOTHING, count
from mobility.clock import now
from mobility.queries.sites import list_sites
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, load, or_again
from mobility.web.viewer import viewer

pages = Blueprint("takeovers", __name__)

VERDICT_NAMES = {NEW: "à reprendre", KNOWN: "déjà là", LEFT: "laissée en partie", NOTHING: "vide pour nous"}
VERDICT_TONES = {NEW: "fine", KNOWN: "neutral", LEFT: "over", NOTHING: "neutral"}
COUNTED = {
    "vehicles": "véhicule",
    "people": "dossier",
    "rentals": "location",
    "readings": "compteur",
    "balances": "solde",
    "deposits": "caution",
}
SHOWN = 200  # lines a page can bear; those with something to read come first
EXAMPLES = 3


@pages.get("/p/<slug>/takeovers")
@allow(Role.MANAGER)
def index(form: Form | None = None) -> str:
    """A file to send, and those sent before."""
    return render_template("fleet/takeovers.html", form=form or Form(), takeovers=list_takeovers(), most=MOST_LINES)


@pages.post("/p/<slug>/takeovers")
@allow(Role.MANAGER)
@or_again(index)
def send() -> ResponseReturnValue:
    """Keep it, and ask what its columns are."""
    return redirect(url_for("takeovers.columns", takeover_id=keep_sent().id), code=303)


def keep_sent() -> Takeover:
    """The file of this request, kept."""
    sent = request.files.get("file")
    name, raw = (sent.filename or "", sent.read()) if sent else ("", b"")
    return keep_file(name, raw, by=viewer(), now=now())


@pages.get("/p/<slug>/takeovers/<int:takeover_id>/columns")
@allow(Role.MANAGER)
def columns(takeover_id: int, form: Form | None = None) -> ResponseReturnValue:
    """What each column means: guessed, to be put right."""
    kept = get_takeover(takeover_id)
    if kept.taken_at is not None:
        return redirect(url_for("takeovers.show", takeover_id=takeover_id))
    sites = [(site.id, site.name) for site in list_sites()]
    return render_template(
        "fleet/takeover_columns.html",
        kept=kept,
        form=form or Form(values=_matched(kept, sites)),
        columns=_columns(kept),
        options=[(field.code, f"{GROUP_NAMES[field.group]} : {field.name.lower()}") for field in FIELDS],
        sites=sites,
        kinds=[(kind.code, kind.name) for kind in KINDS],
    )


@pages.post("/p/<slug>/takeovers/<int:takeover_id>/columns")
@allow(Role.MANAGER)
@or_again(columns)
def match(takeover_id: int) -> ResponseReturnValue:
    """Keep what was said, and show what it gives."""
    match_columns(takeover_id, **_said(takeover_id), by=viewer(), now=now())
    return redirect(url_for("takeovers.show", takeover_id=takeover_id), code=303)


@pages.get("/p/<slug>/takeovers/<int:takeover_id>")
@allow(Role.MANAGER)
def show(takeover_id: int, form: Form | None = None) -> str:
    """What it would do line by line, or what it did."""
    kept = get_takeover(takeover_id)
    lines = [] if kept.taken_at else lines_of(kept, now=now())
    lines.sort(key=lambda line: (not line.left, not line.doubts))
    return render_template(
        "fleet/takeover.html",
        kept=kept,
        form=form or Form(),
        lines=lines[:SHOWN],
        more=len(lines) - SHOWN,
        counts=kept.counts or count(lines),
        counted=COUNTED,
        verdict_names=VERDICT_NAMES,
        verdict_tones=VERDICT_TONES,
        kept_from_undoing=why_not_undone(kept) if kept.taken_at and not kept.undone_at else "",
    )


@pages.post("/p/<slug>/takeovers/<int:takeover_id>/take")
@allow(Role.MANAGER)
@or_again(show)
def take(takeover_id: int) -> ResponseReturnValue:
    """Do it, as a whole."""
    take_all(takeover_id, by=viewer(), now=now())
    flash("Votre tableau est repris. Vérifiez quelques lignes, puis travaillez d’ici.", "fine")
    return redirect(url_for("takeovers.show", takeover_id=takeover_id), code=303)


@pages.post("/p/<slug>/takeovers/<int:takeover_id>/undo")
@allow(Role.MANAGER)
@or_again(show)
def undo(takeover_id: int) -> ResponseReturnValue:
    """Take it all away again."""
    undo_all(takeover_id, by=viewer(), now=now())
    flash("Tout ce que ce tableau avait apporté est défait.", "fine")
    return redirect(url_for("takeovers.show", takeover_id=takeover_id), code=303)


def _columns(kept: Takeover) -> list[dict[str, Any]]:
    """Each column for the page: its sheet, its heading, its field's name in the form, a few of its cells."""
    found = []
    for sheet in kept.sheets:
        for heading in sheet["headings"]:
            filled = [cells[heading] for _, cells in sheet["lines"] if cells.get(heading)]
            if filled:
                found.append({"sheet": sheet["title"], "heading": heading, "examples": filled[:EXAMPLES]})
    return [column | {"name": f"columns.{place}"} for place, column in enumerate(found)]


def _matched(kept: Takeover, sites: list[tuple[int, str]]) -> dict[str, Any]:
    meant = {sheet["title"]: matching for sheet, matching in zip(kept.sheets, kept.matching, strict=True)}
    values = {column["name"]: meant[column["sheet"]].get(column["heading"], "") for column in _columns(kept)}
    return values | {"site_id": kept.site_id or (sites[0][0] if sites else ""), "kind": kept.kind or ""}


def _said(takeover_id: int) -> dict[str, Any]:
    """The page's form in the words of the schema; its names stand for the columns in their order."""
    typed, shown = request.form, _columns(get_takeover(takeover_id))
    schema = MatchingSchema()
    plain = as_json(schema, MultiDict((name, typed[name]) for name in typed if not name.startswith("columns.")))
    told = [
        {key: column[key] for key in ("sheet", "heading") if column[key]} | {"field": typed.get(column["name"]) or None} for column in shown
    ]
    return load(schema, plain | {"columns": told})
