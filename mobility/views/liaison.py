"""Liaison forms: the prescriber sends one and follows it; the adviser meets the person and answers."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from mobility import codes, news
from mobility.actions import liaison
from mobility.clock import now, today
from mobility.criteria import SITUATIONS, say_situations
from mobility.documents.liaison_form import liaison_form_pdf
from mobility.liaison import STATUSES, say_age, waiting_days
from mobility.lists import FORMS, OWN_FORMS
from mobility.queries.liaison import find_job_of, forms_of, get_line, list_forms_of, tone_of
from mobility.queries.liaison_drafts import kept_until, list_drafts, title_of
from mobility.queries.liaison_paper import SAID, days_of, licence_of, need_of, paper_of, rsa_of
from mobility.queries.liaison_papers import list_papers
from mobility.queries.liaison_readers import readers_of
from mobility.queries.likeness import list_alike
from mobility.queries.structures import list_prescribing
from mobility.queries.timeline import timeline_of
from mobility.rights import FILE_READERS, Role
from mobility.schemas.liaison import LiaisonFormSchema, MeetSchema, RedirectSchema, RefuseSchema, new_draft_key
from mobility.steps import Step, sentence, to_the_person
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("liaison", __name__)

BOTH = (Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
ADVISERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/liaison-forms")
@allow(*BOTH)
def index() -> ResponseReturnValue:
    """The forms: an adviser begins with those that wait, a prescriber with their latest."""
    begun = {"drafts": list_drafts(viewer()), "kept_until": kept_until, "title_of": title_of}
    if viewer().may(*FILE_READERS):
        return show_list(FORMS, forms_of(viewer()), "path/forms.html", **begun)
    return show_list(OWN_FORMS, forms_of(viewer()), "path/forms_mine.html", **begun)


@pages.get("/p/<slug>/liaison-forms/new")
@allow(*BOTH)
def new(form: Form | None = None) -> str:
    """The form, one column, under three minutes."""
    structures = [(str(s.id), s.name) for s in list_prescribing(viewer(), on=today())]
    name = "" if viewer().may(*FILE_READERS) else viewer().name
    form = form or Form(values={"prescriber_name": name, "contact_by": "phone", "draft_key": new_draft_key()})
    return render_template("path/form_new.html", form=form, structures=structures, today=today(), **_words())


@pages.post("/p/<slug>/liaison-forms/new")
@allow(*BOTH)
@or_again(new)
def create() -> Redirect:
    """Take the form: its page is the receipt."""
    sent = liaison.send_liaison_form(**from_form(LiaisonFormSchema()), by=viewer(), now=now())
    flash(f"La fiche est arrivée sous le numéro {sent.number}.", "fine")
    return redirect(url_for("liaison.show", form_id=sent.id), code=303)


@pages.get("/p/<slug>/liaison-forms/<int:form_id>")
@allow(*BOTH)
def show(form_id: int, form: Form | None = None) -> str:
    """Where a form stands; for the adviser, what to do next."""
    line = get_line(form_id, viewer())
    moments = timeline_of(line.form)
    papers = len(list_papers(form_id))
    if not viewer().may(*FILE_READERS):
        return render_template("path/form_status.html", line=line, moments=moments, papers=papers, **_words())
    look(line.person.id, page="liaison_form")
    others = [other for other in list_forms_of(line.person.id, viewer()) if other.form.id != form_id]
    job = find_job_of(form_id)
    form = form or Form(values={"met_on": today().isoformat()})
    more = {"others": others, "alike": list_alike(line.person), "job": job, "papers": papers}
    return render_template("path/form_show.html", line=line, moments=moments, form=form, today=today(), **more, **_words())


@pages.get("/p/<slug>/liaison-forms/<int:form_id>/paper")
@allow(*BOTH)
def paper(form_id: int) -> Response:
    """The form as a PDF for the structure's own file."""
    line = get_line(form_id, viewer())
    look(line.person.id, page="liaison_form")
    headers = {"Content-Disposition": f'inline; filename="{line.form.number}.pdf"'}
    return Response(liaison_form_pdf(paper_of(line)), mimetype="application/pdf", headers=headers)


@pages.post("/p/<slug>/liaison-forms/<int:form_id>/meet")
@allow(*ADVISERS)
@or_again(show)
def meet(form_id: int) -> Redirect:
    """Note the day the person was met."""
    liaison.meet(form_id, **from_form(MeetSchema()), by=viewer(), now=now())
    flash("La rencontre est notée, le prescripteur est prévenu.", "fine")
    return _back(form_id)


@pages.get("/p/<slug>/liaison-forms/<int:form_id>/accept")
@allow(*ADVISERS)
def accept_page(form_id: int, form: Form | None = None) -> str:
    """Before a yes: what the prescriber will read, to show to the person first."""
    return _answer_page(form_id, "path/accept.html", form)


@pages.post("/p/<slug>/liaison-forms/<int:form_id>/accept")
@allow(*ADVISERS)
@or_again(accept_page)
def accept(form_id: int) -> Redirect:
    """Take the person in."""
    taken = liaison.accept(form_id, by=viewer(), now=now())
    flash("La fiche est acceptée, le prescripteur est prévenu.", "fine")
    return redirect(url_for("files.show", beneficiary_id=taken.beneficiary_id), code=303)


@pages.get("/p/<slug>/liaison-forms/<int:form_id>/redirect")
@allow(*ADVISERS)
def redirect_page(form_id: int, form: Form | None = None) -> str:
    """Choose another offer."""
    return _answer_page(form_id, "path/redirect.html", form)


@pages.post("/p/<slug>/liaison-forms/<int:form_id>/redirect")
@allow(*ADVISERS)
@or_again(redirect_page)
def redirect_elsewhere(form_id: int) -> Redirect:
    """Direct the person to another offer."""
    liaison.redirect_elsewhere(form_id, **from_form(RedirectSchema()), by=viewer(), now=now())
    flash("L’autre solution est proposée, le prescripteur est prévenu.", "fine")
    return _back(form_id)


@pages.get("/p/<slug>/liaison-forms/<int:form_id>/refuse")
@allow(*ADVISERS)
def refuse_page(form_id: int, form: Form | None = None) -> str:
    """Choose the reason, and what is offered instead."""
    return _answer_page(form_id, "path/refuse.html", form)


@pages.post("/p/<slug>/liaison-forms/<int:form_id>/refuse")
@allow(*ADVISERS)
@or_again(refuse_page)
def refuse(form_id: int) -> Redirect:
    """Say no with a reason and another offer."""
    liaison.refuse(form_id, **from_form(RefuseSchema()), by=viewer(), now=now())
    flash("Le refus et l’autre piste sont notés, le prescripteur est prévenu.", "fine")
    return _back(form_id)


@pages.post("/p/<slug>/liaison-forms/<int:form_id>/close")
@allow(*ADVISERS)
@or_again(show)
def close(form_id: int) -> Redirect:
    """Close an answered form."""
    liaison.close(form_id, by=viewer(), now=now())
    flash("La fiche est close.", "fine")
    return _back(form_id)


def _answer_page(form_id: int, template: str, form: Form | None) -> str:
    line = get_line(form_id, viewer())
    look(line.person.id, page="liaison_form")
    facts = news.facts_of(line.form)
    told = {"told": sentence(Step.ACCEPTED, facts), "told_person": to_the_person(Step.ACCEPTED, facts), "readers": readers_of(line)}
    return render_template(template, line=line, form=form or Form(), **told, **_words())


def _back(form_id: int) -> Redirect:
    return redirect(url_for("liaison.show", form_id=form_id), code=303)


def _words() -> dict[str, object]:
    """The rules that templates read words and ages from."""
    return {
        "codes": codes,
        "STATUSES": STATUSES,
        "SAID": SAID,
        "need_of": need_of,
        "licence_of": licence_of,
        "rsa_of": rsa_of,
        "say_situations": say_situations,
        "situations": list(SITUATIONS.items()),
        "days_of": days_of,
        "age": lambda form: say_age(waiting_days(form.received_on, today())),
        "age_tone": lambda form: tone_of(form, today()),
    }
