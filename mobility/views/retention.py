"""How long a file is kept: the list of those whose day comes, each with its two acts, and what its own person reads."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mobility.actions.retention import keep_on, keep_own, note_told
from mobility.clock import now, today
from mobility.codes import choices
from mobility.periods import months_after, say_day
from mobility.queries.people import get_beneficiary
from mobility.queries.retention import all_notices, clock_on, find_open_notice, line_of, standings
from mobility.retention import BY_HAND, KEEP_REASONS, STATES, TOLD, TONES, is_alive
from mobility.rights import Role
from mobility.schemas.liaison import NothingSchema
from mobility.schemas.retention import KeepSchema, ToldSchema, state_today
from mobility.tongues import joined, say
from mobility.views.consents import ADVISERS, own_id
from mobility.views.retention_list import NOTICES
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("retention", __name__)
WORDS = {"states": STATES, "tones": TONES, "told_words": TOLD, "reasons": KEEP_REASONS}


@pages.get("/p/<slug>/retention")
@allow(*ADVISERS)
def index() -> ResponseReturnValue:
    """Warnings that stand, the first due first."""
    return show_list(NOTICES, all_notices(), "path/retention.html", clock=clock_on(today()), may_erase=viewer().may(Role.MANAGER))


@pages.get("/p/<slug>/retention/<int:notice_id>")
@allow(*ADVISERS)
def show(notice_id: int, form: Form | None = None) -> str:
    """One warning, with what can be done about it."""
    line = line_of(notice_id)
    look(line.person.id, page="retention")
    form = form or Form(values={"until_on": str(months_after(today(), clock_on(today()).months))})
    options = {"hows": choices(BY_HAND), "why": choices(KEEP_REASONS), "may_erase": viewer().may(Role.MANAGER)}
    return render_template(
        "path/retention_notice.html",
        line=line,
        state=state_today(line),
        form=form,
        **options,
        **WORDS,
    )


@pages.post("/p/<slug>/retention/<int:notice_id>/told")
@allow(*ADVISERS)
@or_again(show)
def tell(notice_id: int) -> Response:
    """Note that the person was told, or could not be reached."""
    notice = note_told(notice_id, **from_form(ToldSchema()), by=viewer(), now=now())
    assert notice.erase_on is not None
    flash(f"C’est noté : le dossier n’est à effacer qu’à partir du {say_day(notice.erase_on)}.", "fine")
    return redirect(url_for("retention.show", notice_id=notice_id), code=303)


@pages.post("/p/<slug>/retention/<int:notice_id>/keep")
@allow(*ADVISERS)
@or_again(show)
def keep(notice_id: int) -> Response:
    """Have the file kept."""
    notice = keep_on(notice_id, **from_form(KeepSchema()), by=viewer(), now=now())
    assert notice.kept_until is not None
    flash(f"Le dossier est gardé jusqu’au {say_day(notice.kept_until)}.", "fine")
    return redirect(url_for("retention.index"), code=303)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/retention")
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> str:
    """Where a person's file stands."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="retention")
    return render_template("path/retention_person.html", person=person, **standing_of(person.id, today()))


@pages.get("/p/<slug>/me/retention")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own() -> str:
    """Where one's own file stands, in plain words."""
    standing = standing_of(get_beneficiary(own_id(), viewer()).id, today())
    return render_template("path/retention_own.html", still=joined(", ", standing["stands"].open), **standing)


@pages.post("/p/<slug>/me/retention/keep")
@allow(Role.BENEFICIARY)
@in_every_tongue
def keep_mine() -> Response:
    """Have one's own file kept."""
    from_form(NothingSchema())
    notice = keep_own(own_id(), by=viewer(), now=now())
    assert notice.kept_until is not None
    flash(say("C’est fait : votre dossier est gardé jusqu’au %(day)s.", day=say_day(notice.kept_until)), "fine")
    return redirect(url_for("retention.own"), code=303)


def standing_of(beneficiary_id: int, day: date) -> dict[str, Any]:
    """How long a file is kept, as pages and JSON say it."""
    clock = clock_on(day)
    stands, notice = standings([beneficiary_id], clock)[beneficiary_id], find_open_notice(beneficiary_id)
    if notice is not None and is_alive(stands, warned_for=notice.due_on):
        notice = None  # the night will end it
    return {
        "stands": stands,
        "clock": clock,
        "notice": notice,
        "notice_id": notice.id if notice else None,
        "erase_on": notice.erase_on if notice else None,
    }
