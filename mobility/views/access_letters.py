"""A person's way into their own space: the letter with an identifier and a code, made and printed in one act."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, Flask, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.access_letters import make_access_letter
from mobility.clock import now
from mobility.documents.access_letter import access_letter_pdf
from mobility.queries.accounts import find_account_of
from mobility.queries.people import get_beneficiary
from mobility.rights import Role, Viewer
from mobility.slots import Line, Section, Slot, fill
from mobility.web.access import allow
from mobility.web.forms import Form, or_again
from mobility.web.looks import look
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

pages = Blueprint("access_letters", __name__)


def register(app: Flask) -> None:
    """Hang the page, and its place in a person's file."""
    app.register_blueprint(pages)
    fill(app, Slot.FILE, _section)


def _section(beneficiary_id: int, who: Viewer, today: date) -> Iterable[Section]:
    if not who.may(Role.ADVISER, Role.MANAGER):
        return []
    sentence = "La personne lit son espace avec un identifiant et un code, ou par un lien reçu par mail."
    act = Line(text="Remettre un accès", href=url_for("access_letters.show", beneficiary_id=beneficiary_id))
    return [Section(order=90, key="access", title="Espace personnel", icon="key", sentence=sentence, acts=(act,))]


@pages.get("/p/<slug>/people/<int:beneficiary_id>/access")
@allow(Role.ADVISER, Role.MANAGER)
def show(beneficiary_id: int, form: Form | None = None) -> str:
    """Whether the person has an access, and the button that prints the letter."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, "access")
    return render_template("accounts/access.html", form=form or Form(), person=person, account=find_account_of(person.id))


@pages.post("/p/<slug>/people/<int:beneficiary_id>/access")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def make(beneficiary_id: int) -> ResponseReturnValue:
    """Draw a code, open the account when there is none yet, and answer with the letter."""
    paper = make_access_letter(beneficiary_id, by=viewer(), now=now())
    answer = shown_once(current_app.response_class(access_letter_pdf(paper), mimetype="application/pdf"))
    answer.headers["Content-Disposition"] = 'inline; filename="acces.pdf"'
    return answer
