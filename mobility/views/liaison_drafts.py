"""Liaison forms begun and not sent: kept as they are typed, taken up again, erased. Each author sees their own."""

from contextlib import suppress

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from mobility.actions import liaison_drafts
from mobility.clock import now
from mobility.liaison import says_something
from mobility.periods import say_day
from mobility.queries.liaison_drafts import get_draft, kept_until
from mobility.schemas.liaison_drafts import DraftSchema
from mobility.views.liaison import BOTH, new
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("liaison_drafts", __name__)


@pages.get("/p/<slug>/liaison-forms/drafts/<int:draft_id>")
@allow(*BOTH)
def show(draft_id: int) -> str:
    """The form again, as it was left."""
    draft = get_draft(draft_id, viewer())
    return new(Form(values=draft.typed | {"draft_key": draft.key}))


@pages.post("/p/<slug>/liaison-forms/drafts")
@allow(*BOTH)
@or_again(new)
def keep() -> Redirect:
    """Keep the form and leave it: it waits on the page of the forms."""
    draft = liaison_drafts.keep_draft(**from_form(DraftSchema()), by=viewer(), now=now())
    flash(
        f"La fiche commencée est gardée jusqu’au {say_day(kept_until(draft))}. Vous seul·e la voyez, la plateforme ne l’a pas reçue.",
        "fine",
    )
    return redirect(url_for("liaison.index"), code=303)


@pages.post("/p/<slug>/liaison-forms/drafts/autosave")
@allow(*BOTH)
def autosave() -> Response:
    """Keep what is typed so far, sent by static/js/autosave.js after each answer; before the first one there is nothing to keep."""
    asked = from_form(DraftSchema())
    if says_something(asked["typed"]):
        with suppress(liaison_drafts.AlreadySent):  # it left while this was under way: nothing to keep, nothing lost
            liaison_drafts.keep_draft(**asked, by=viewer(), now=now())
    return Response(status=204)


@pages.post("/p/<slug>/liaison-forms/drafts/<int:draft_id>/erase")
@allow(*BOTH)
def erase(draft_id: int) -> Redirect:
    """Erase it for good."""
    liaison_drafts.erase_draft(draft_id, by=viewer(), now=now())
    flash("La fiche commencée est effacée.", "fine")
    return redirect(url_for("liaison.index"), code=303)
