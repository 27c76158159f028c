"""People: the list, the pages to enter and mend what is known of somebody."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mobility import codes
from mobility.actions import people
from mobility.clock import now, today
from mobility.lists import PEOPLE
from mobility.phones import say_phone
from mobility.queries.people import get_beneficiary, people_of
from mobility.rights import Role
from mobility.schemas.people import PersonSchema, WithoutBankSchema
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("people", __name__)

ADVISERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/people")
@allow(*ADVISERS)
def index() -> ResponseReturnValue:
    """Everybody by name, fifty a page."""
    return show(PEOPLE, people_of(viewer()), "path/people.html")


@pages.get("/p/<slug>/people/new")
@allow(*ADVISERS)
def new(form: Form | None = None) -> str:
    """An empty person."""
    return render_template("path/person.html", form=form or Form(values={"contact_by": "phone"}), person=None, codes=codes, today=today())


@pages.post("/p/<slug>/people/new")
@allow(*ADVISERS)
@or_again(new)
def create() -> Response:
    """Open a file."""
    person = people.register_beneficiary(**from_form(PersonSchema()), by=viewer(), now=now())
    flash(f"Le dossier de {person.first_name} est ouvert.", "fine")
    return redirect(url_for("files.show", beneficiary_id=person.id), code=303)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/edit")
@allow(*ADVISERS)
def edit(beneficiary_id: int, form: Form | None = None) -> str:
    """What is known, to mend."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="identity")
    values = {name: getattr(person, name) or "" for name in PersonSchema().fields}
    values |= {"birth_on": str(person.birth_on or ""), "phone": say_phone(person.phone) if person.phone else ""}
    return render_template("path/person.html", form=form or Form(values=values), person=person, codes=codes, today=today())


@pages.post("/p/<slug>/people/<int:beneficiary_id>/edit")
@allow(*ADVISERS)
@or_again(edit)
def update(beneficiary_id: int) -> Response:
    """Keep what was mended."""
    people.update_beneficiary(beneficiary_id, **from_form(PersonSchema()), by=viewer(), now=now())
    flash("Les informations sont à jour.", "fine")
    return redirect(url_for("files.show", beneficiary_id=beneficiary_id), code=303)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/without-bank")
@allow(*ADVISERS)
def without_bank_page(beneficiary_id: int, form: Form | None = None) -> str:
    """The declaration that lets cash be taken, in words."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="identity")
    form = form or Form(values={"on": str(person.without_bank_declared_on or today())})
    return render_template("path/without_bank.html", form=form, person=person, today=today())


@pages.post("/p/<slug>/people/<int:beneficiary_id>/without-bank")
@allow(*ADVISERS)
@or_again(without_bank_page)
def without_bank(beneficiary_id: int) -> Response:
    """Note the declaration."""
    people.declare_without_bank(beneficiary_id, **from_form(WithoutBankSchema()), by=viewer(), now=now())
    flash("La déclaration est notée : les espèces sont possibles.", "fine")
    return redirect(url_for("files.show", beneficiary_id=beneficiary_id), code=303)
