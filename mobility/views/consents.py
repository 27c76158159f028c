"""A person's agreements, one line a form: read, taken back, given again, by the person or by an adviser to whom they say so."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mobility.actions import consents, tongues
from mobility.clock import now
from mobility.errors import NotFound
from mobility.models import LiaisonForm
from mobility.queries.consents import list_consents
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.schemas.liaison import ConsentSchema
from mobility.schemas.tongues import TongueSchema
from mobility.tongues import say
from mobility.web.access import allow
from mobility.web.forms import from_form
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("consents", __name__)
ADVISERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/me/consents")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own() -> str:
    """One's own."""
    return _page(own_id(), is_own=True)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/consents")
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> str:
    """A person's, for the adviser they tell."""
    return _page(beneficiary_id, is_own=False)


@pages.post("/p/<slug>/consents/<int:form_id>/withdraw")
@allow(*ADVISERS, Role.BENEFICIARY)
@in_every_tongue
def withdraw(form_id: int) -> Response:
    """Taken back: nothing more goes to this form's sender, or to the referent it names."""
    return _done(
        consents.withdraw_consent(form_id, **from_form(ConsentSchema()), by=viewer(), now=now()),
        say("C’est fait : plus aucune nouvelle ne part, dès maintenant."),
    )


@pages.post("/p/<slug>/consents/<int:form_id>/give")
@allow(*ADVISERS, Role.BENEFICIARY)
@in_every_tongue
def give(form_id: int) -> Response:
    """Given again."""
    return _done(
        consents.give_consent(form_id, **from_form(ConsentSchema()), by=viewer(), now=now()),
        say("L’accord est noté : les prochaines nouvelles partiront."),
    )


@pages.post("/p/<slug>/me/tongue")
@allow(Role.BENEFICIARY)
@in_every_tongue
def write_in() -> Response:
    """Be written to in one's own tongue too, or in French alone again."""
    person = tongues.write_in(own_id(), **from_form(TongueSchema()), by=viewer(), now=now())
    more = say("C’est noté : nos messages seront aussi dans votre langue.")
    flash(more if person.tongue else say("C’est noté : nos messages seront en français seulement."), "fine")
    return redirect(url_for("own_space.show"), code=303)


def own_id() -> int:
    """Whose own space it is. Raises NotFound for an account that is nobody's file."""
    found = viewer().beneficiary_id
    if found is None:
        raise NotFound
    return found


def _page(beneficiary_id: int, *, is_own: bool) -> str:
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="consents")
    return render_template("path/consents.html", person=person, agreed=list_consents(person.id), is_own=is_own)


def _done(form: LiaisonForm, sentence: str) -> Response:
    flash(sentence, "fine")
    if viewer().beneficiary_id == form.beneficiary_id:
        return redirect(url_for("consents.own"), code=303)
    return redirect(url_for("consents.of_person", beneficiary_id=form.beneficiary_id), code=303)
