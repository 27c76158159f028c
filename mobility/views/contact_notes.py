"""What was said with a person: noted in two taps and a few words, read by the person too."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.contact_notes import note_contact, withdraw_contact
from mobility.clock import now, today
from mobility.codes import choices
from mobility.contact_notes import KEPT_MONTHS, LONGEST, SIDES, SUBJECTS, WAYS
from mobility.periods import say_moment
from mobility.practice import value_on
from mobility.queries.contact_notes import Told, list_contact_notes
from mobility.queries.people import get_beneficiary
from mobility.rights import Viewer
from mobility.schemas.contact_notes import ContactNoteSchema
from mobility.slots import Line, Section, Slot, fill
from mobility.tongues import joined, say
from mobility.views.consents import ADVISERS
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("contact_notes", __name__)
IN_THE_FILE, IN_OWN_SPACE = 3, 10


def register(app: Flask) -> None:
    """Hang the pages, and the lines in the file and in the person's own space."""
    app.register_blueprint(pages)
    fill(app, Slot.FILE, sections)
    fill(app, Slot.OWN_SPACE, own_sections)


def sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """The latest ones, and the way to note one."""
    if not viewer.may(*ADVISERS):
        return
    here = url_for("contact_notes.of_person", beneficiary_id=beneficiary_id)
    yield Section(
        order=26,
        key="contacts",
        title="Échanges",
        icon="chat-dots",
        lines=tuple(_line(told) for told in list_contact_notes(beneficiary_id, limit=IN_THE_FILE)),
        empty="Aucun échange noté.",
        acts=(Line(text="Noter un échange, ou tout lire", href=here),),
    )


def own_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """What the team noted of what was said: the person reads every word."""
    if lines := tuple(_line(told) for told in list_contact_notes(beneficiary_id, limit=IN_OWN_SPACE)):
        yield Section(order=70, key="contacts", title=say("Nos échanges"), icon="chat-dots", lines=lines)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/contacts")
@allow(*ADVISERS)
def of_person(beneficiary_id: int, form: Form | None = None) -> str:
    """All of a person's, and the form for one more."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="contacts")
    form = form or Form(values={"way": request.args.get("way", "phone"), "side": "us"})
    more = {"subjects": choices(SUBJECTS), "ways": choices(WAYS), "sides": choices(SIDES), "longest": LONGEST}
    kept = value_on(KEPT_MONTHS.key, today())
    return render_template("path/contacts.html", person=person, notes=list_contact_notes(person.id), form=form, months=kept, **more)


@pages.post("/p/<slug>/people/<int:beneficiary_id>/contacts")
@allow(*ADVISERS)
@or_again(of_person)
def create(beneficiary_id: int) -> ResponseReturnValue:
    """Note one."""
    note_contact(beneficiary_id, **from_form(ContactNoteSchema()), by=viewer(), now=now())
    flash("L’échange est noté. La personne peut le lire dans son espace.", "fine")
    return redirect(url_for("contact_notes.of_person", beneficiary_id=beneficiary_id), code=303)


@pages.post("/p/<slug>/contacts/<int:note_id>/withdraw")
@allow(*ADVISERS)
def withdraw(note_id: int) -> ResponseReturnValue:
    """Take one back."""
    row = withdraw_contact(note_id, by=viewer(), now=now())
    flash("L’échange est retiré.", "fine")
    return redirect(url_for("contact_notes.of_person", beneficiary_id=row.beneficiary_id), code=303)


def _line(told: Told) -> Line:
    who = say("noté par %(name)s", name=told.noted_by) if told.noted_by else None
    detail = joined(" ; ", (say_moment(told.row.at), joined(", ", (told.side, who))))
    return Line(text=told.title, detail=say("%(note)s (%(detail)s)", note=told.row.note, detail=detail) if told.row.note else detail)
