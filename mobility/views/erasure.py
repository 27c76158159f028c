"""Erasing a person: one page says what goes, what stays, why and until when, and asks for the file's number; after it, what was done."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.erasure import erase
from mobility.clock import now, today
from mobility.erased_list import keep_list
from mobility.erasing import DUE, WHYS
from mobility.queries.erasures import all_erasures, erasable, find_erasure, parts_of
from mobility.queries.people import get_beneficiary
from mobility.rights import ARCHIVE_READERS, Role
from mobility.schemas.erasure import ErasureSchema
from mobility.views.erasure_list import ERASURES
from mobility.web.access import allow
from mobility.web.edge import after_reading
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("erasure", __name__)


@pages.get("/p/<slug>/erasures")
@allow(*ARCHIVE_READERS)
def index() -> ResponseReturnValue:
    """Erased files, the latest first."""
    return show_list(ERASURES, all_erasures(), "path/erasures.html")


@pages.get("/p/<slug>/people/<int:beneficiary_id>/erasure")
@allow(*ARCHIVE_READERS)
def show(beneficiary_id: int, form: Form | None = None) -> str:
    """What an erasure would do, with its form; once made, what it did."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="erasure")
    may = viewer().may(Role.MANAGER)
    return render_template("path/erasure.html", person=person, form=form or Form(), may=may, whys=WHYS, due=DUE, **told_of(person.id))


@pages.post("/p/<slug>/people/<int:beneficiary_id>/erasure")
@allow(Role.MANAGER)
@or_again(show)
def make(beneficiary_id: int) -> ResponseReturnValue:
    """Erase, for good."""
    erase(beneficiary_id, **from_form(ErasureSchema()), by=viewer(), now=now())
    after_reading(partial(keep_list, now=now()))
    flash("Le dossier est effacé.", "fine")
    return redirect(url_for("erasure.show", beneficiary_id=beneficiary_id), code=303)


def told_of(beneficiary_id: int) -> dict[str, Any]:
    """What an erasure would do or did, as the page and JSON say it."""
    person, done, day = get_beneficiary(beneficiary_id, viewer()), find_erasure(beneficiary_id), today()
    stands, parts = erasable(beneficiary_id, day), parts_of(person, now())
    return {
        "number": person.number,
        "stands": stands,
        "open": stands.open if done is None else (),
        "goes": [part for part in parts if part.why is None],
        "stays": [part for part in parts if part.why is not None],
        "books_until": done.kept_until if done else stands.books_until,
        "erased_at": done.erased_at if done else None,
        "why": done.why if done else None,
    }
