"""Two files of one person: what each says side by side, one kept; and two again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility import codes
from mobility.actions.merging import merge_files, part_files
from mobility.clock import now
from mobility.errors import NotFound
from mobility.merging import Fact
from mobility.models import Beneficiary
from mobility.periods import say_day
from mobility.phones import say_phone
from mobility.queries.merges import list_merges_into, preview, undo_until
from mobility.queries.people import get_beneficiary
from mobility.schemas.merges import KEPT, OTHER, MergeSchema
from mobility.tongues import NAMES
from mobility.views.likeness import ADVISERS
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("merges", __name__)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/likeness/<int:other_id>/merge")
@allow(*ADVISERS)
def show(beneficiary_id: int, other_id: int, form: Form | None = None) -> ResponseReturnValue:
    """Both files side by side, what goes over, what is in the way; once done, the file that they became."""
    kept, other = both(beneficiary_id, other_id)
    if joined := [one for one in (other, kept) if one.merged_into_id is not None]:
        return redirect(url_for("files.show", beneficiary_id=joined[0].id), code=303)
    seen = preview(kept, other)
    said = ((KEPT, kept), (OTHER, other))
    facts = [(fact, [(which, _say(one, fact), f"dossier {one.number}") for which, one in said]) for fact in seen.facts]
    learnt = [(fact.label, _say(other, fact)) for fact in seen.learnt]
    return render_template(
        "path/merge.html", seen=seen, facts=facts, learnt=learnt, form=form or Form(values={fact.code: KEPT for fact in seen.facts})
    )


@pages.post("/p/<slug>/people/<int:beneficiary_id>/likeness/<int:other_id>/merge")
@allow(*ADVISERS)
@or_again(show)
def make(beneficiary_id: int, other_id: int) -> ResponseReturnValue:
    """Make one file of both."""
    both(beneficiary_id, other_id)
    merge = merge_files(beneficiary_id, other_id, **from_form(MergeSchema()), by=viewer(), now=now())
    flash(f"Les deux dossiers n’en font plus qu’un. Vous pouvez le défaire jusqu’au {say_day(undo_until(merge).date())}.", "fine")
    return redirect(url_for("files.show", beneficiary_id=beneficiary_id), code=303)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/merges")
@allow(*ADVISERS)
def index(beneficiary_id: int, form: Form | None = None) -> str:
    """The files that went into this one, each with its way back while there is one."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="merges")
    lines = [(merge, other, undo_until(merge)) for merge, other in list_merges_into(person.id)]
    return render_template("path/merges.html", person=person, lines=lines, now=now(), form=form or Form())


@pages.post("/p/<slug>/people/<int:beneficiary_id>/merges/<int:merge_id>/undo")
@allow(*ADVISERS)
@or_again(lambda beneficiary_id, merge_id, form=None: index(beneficiary_id, form))
def undo(beneficiary_id: int, merge_id: int) -> ResponseReturnValue:
    """Two files again."""
    merge = part_files(beneficiary_id, merge_id, by=viewer(), now=now())
    flash("Ce sont de nouveau deux dossiers, chacun avec ce qu’il avait.", "fine")
    return redirect(url_for("files.show", beneficiary_id=merge.merged_id), code=303)


def both(kept_id: int, other_id: int) -> tuple[Beneficiary, Beneficiary]:
    """The two people, each look noted. Raises NotFound for one of them, for one twice, for one that is erased."""
    kept, other = (get_beneficiary(id_, viewer()) for id_ in (kept_id, other_id))
    if kept_id == other_id or any(one.erased_at for one in (kept, other)):
        raise NotFound
    for one in (kept, other):
        look(one.id, page="likeness")
    return kept, other


def _say(person: Beneficiary, fact: Fact) -> str:
    """What a file says of a fact, in words."""
    said = [_word(name, getattr(person, name)) for name in fact.columns if name not in ("lat", "lon")]
    return " ".join(word for word in said if word) or "non noté"


def _word(name: str, value: object) -> str:
    if value is None:
        return ""
    said = {"birth_on": say_day, "without_bank_declared_on": say_day, "phone": say_phone}.get(name)
    known = {"contact_by": codes.CONTACTS, "sex": codes.SEXES, "tongue": NAMES}.get(name, {})
    return said(value) if said else str(known.get(value, value))  # type: ignore[call-overload, operator]
