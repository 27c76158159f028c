"""Who had a vehicle, and the notices of offences: the list, one notice and its acts, its letters."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import fines
from fleet.documents.letter import letter_pdf
from fleet.fines import HIRER_ASKS, HOW_NAMED, HOW_TOLD, NEXT, OPEN, OUTCOMES, REFUSALS, REFUSED, ROUTES, may, say_refusal
from fleet.holders import TWICE, instant_told
from fleet.loans import say_keys
from fleet.models import Fine, Vehicle
from fleet.queries import fines as queries
from fleet.queries.contracts import contract_at
from fleet.queries.fine_papers import legal_fields, naming_letter, official_fields, question_of, telling_letter, title_of
from fleet.queries.holders import find_by_plate, read_booking, who_had
from fleet.queries.loans import find_lent, list_lent
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.schemas.fines import (
    AssignSchema,
    ContestSchema,
    FineSchema,
    NameSchema,
    NamingLetterSchema,
    RefuseSchema,
    SettleSchema,
    TellSchema,
    WhoHadSchema,
)
from fleet.views.fine_list import FINES, fine_state
from fleet.views.rentals import pdf
from mobility.clock import now, today
from mobility.errors import DomainError
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, load, or_again, refused
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

pages = Blueprint("fines", __name__)
READERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/who-had")
@allow(*READERS)
def who() -> ResponseReturnValue:
    """Plate, day and hour: who held it."""
    if not request.args.keys() & {"on", "hour"}:
        return _who(Form(values=request.args))
    try:
        asked = load(WhoHadSchema(), request.args.to_dict())
        vehicle = find_by_plate(asked["plate"])
        at = instant_told(asked["on"], asked["hour"], asked["which"])
    except DomainError as error:
        return _who(refused(error, request.args)), error.status
    held = who_had(vehicle.id, at)
    found = {name: read_booking(getattr(held, f"{name}_id")) for name in ("booking", "before", "after")}
    for row in found.values():
        if row is not None:
            look(row[1].id, page="who-had")
    return _who(
        Form(values=request.args),
        held=held,
        lent=find_lent(block_id=held.block_id),
        at=at,
        vehicle=vehicle,
        name=full_name(vehicle),
        **found,
    )


def _who(form: Form, **answer: Any) -> str:
    return render_template("fleet/who_had.html", form=form, answer=answer, twice=list(TWICE.items()))


@pages.get("/p/<slug>/fines")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """Those whose clock runs, then all of them."""
    return show_list(FINES, queries.all_fines(), "fleet/fines.html")


@pages.get("/p/<slug>/fines/new")
@allow(*READERS)
def new(form: Form | None = None) -> str:
    """A notice came by post."""
    form = form or Form(values=request.args.to_dict())
    return render_template("fleet/fine_new.html", form=form, routes=list(ROUTES.items()), twice=list(TWICE.items()))


@pages.post("/p/<slug>/fines/new")
@allow(*READERS)
@or_again(new)
def create() -> ResponseReturnValue:
    """Keep it, with its driver."""
    fine = fines.record_fine(**from_form(FineSchema()), by=viewer(), now=now())
    return _done(fine.id, f"L’avis {fine.number} est enregistré.")


@pages.get("/p/<slug>/fines/<int:fine_id>")
@allow(*READERS)
def show(fine_id: int, form: Form | None = None) -> str:
    """One notice: its clock, who held the vehicle, and the next act."""
    fine = _looked_at(fine_id)
    vehicle, found, lent = get_vehicle(fine.vehicle_id), read_booking(fine.booking_id), find_lent(loan_id=fine.loan_id)
    fields = official_fields(found[1]) if found else legal_fields(lent[1]) if lent else []
    return render_template(
        "fleet/fine.html",
        fine=fine,
        name=full_name(vehicle),
        booking=found[0] if found else None,
        contract=contract_at(found[0].id, fine.offence_at) if found else None,
        person=found[1] if found else None,
        borrower=lent[1] if lent else None,
        loan=lent[0] if lent else None,
        loans=_loans_of(vehicle),
        fields=[(label, value or ("à lui demander" if lent else "à demander à la personne")) for label, value in fields],
        clock=queries.clock_for(fine, today()) if fine.status in OPEN else None,
        state=fine_state(fine),
        waits=queries.why_deposits_wait([found[0].account_id]) if found and found[0].account_id else {},
        acts={act: may(act, fine.status) for act in NEXT},
        asks=fine.route == HIRER_ASKS,
        refusal=say_refusal(fine.refused_reason) if fine.status == REFUSED and fine.refused_reason else None,
        around=question_of(fine, vehicle),
        **_words(),
        **_forms(fine, form),
    )


def _loans_of(vehicle: Vehicle) -> list[tuple[int, str]]:
    lent = list_lent(vehicle_id=vehicle.id)
    return [(loan.id, f"{to.name}, {say_keys(loan.received_at, loan.given_back_at)}") for loan, to in lent if loan.received_at]


@pages.post("/p/<slug>/fines/<int:fine_id>/assign")
@allow(*READERS)
@or_again(show)
def assign(fine_id: int) -> ResponseReturnValue:
    """Say whose booking it was."""
    fines.assign(fine_id, **from_form(AssignSchema()), by=viewer(), now=now())
    return _done(fine_id, "C’est noté : voici qui avait le véhicule.")


@pages.post("/p/<slug>/fines/<int:fine_id>/tell")
@allow(*READERS)
@or_again(show)
def tell(fine_id: int) -> ResponseReturnValue:
    """Tell the person."""
    fine = fines.tell(fine_id, **from_form(TellSchema()), by=viewer(), now=now())
    return _done(fine_id, f"C’est noté : {'la plateforme' if fine.loan_id else 'la personne'} est prévenue {HOW_TOLD[str(fine.told_how)]}.")


@pages.post("/p/<slug>/fines/<int:fine_id>/name")
@allow(*READERS)
@or_again(show)
def name_driver(fine_id: int) -> ResponseReturnValue:
    """The driver was named."""
    fines.name_driver(fine_id, **from_form(NameSchema()), by=viewer(), now=now())
    return _done(fine_id, "La désignation est notée : le délai ne court plus, et la caution n’attend plus.")


@pages.post("/p/<slug>/fines/<int:fine_id>/refuse")
@allow(*READERS)
@or_again(show)
def refuse(fine_id: int) -> ResponseReturnValue:
    """The authority refused the naming."""
    fines.refuse_naming(fine_id, **from_form(RefuseSchema()), by=viewer(), now=now())
    return _done(fine_id, "Le refus est noté : le délai court de nouveau, et la caution attend. Prévenez la personne.")


@pages.post("/p/<slug>/fines/<int:fine_id>/contest")
@allow(*READERS)
@or_again(show)
def contest(fine_id: int) -> ResponseReturnValue:
    """It is contested."""
    fines.contest(fine_id, **from_form(ContestSchema()), by=viewer(), now=now())
    return _done(fine_id, "La contestation est notée.")


@pages.post("/p/<slug>/fines/<int:fine_id>/settle")
@allow(*READERS)
@or_again(show)
def settle(fine_id: int) -> ResponseReturnValue:
    """Nothing more is to come."""
    fine = fines.settle(fine_id, **from_form(SettleSchema()), by=viewer(), now=now())
    return _done(fine_id, f"L’avis {fine.number} est classé.")


@pages.post("/p/<slug>/fines/<int:fine_id>/naming-letter")
@allow(*READERS)
@or_again(show)
def letter(fine_id: int) -> ResponseReturnValue:
    """The letter that names the driver; what was typed for it is not kept."""
    fine, typed = _looked_at(fine_id), from_form(NamingLetterSchema())
    return shown_once(pdf(letter_pdf(naming_letter(fine, **typed, now=now()), title=title_of(fine)), f"designation-{fine.number}"))


@pages.get("/p/<slug>/fines/<int:fine_id>/letter.pdf")
@allow(*READERS)
def person_letter(fine_id: int) -> ResponseReturnValue:
    """The letter that tells the person."""
    fine = _looked_at(fine_id)
    return pdf(letter_pdf(telling_letter(fine, now=now()), title=title_of(fine)), f"avis-{fine.number}")


def _looked_at(fine_id: int) -> Fine:
    fine = queries.get_fine(fine_id)
    if fine.beneficiary_id is not None:
        look(fine.beneficiary_id, page="fine")
    return fine


def _done(fine_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("fines.show", fine_id=fine_id), code=303)


def _words() -> dict[str, Any]:
    return {
        "routes": ROUTES,
        "how_told": HOW_TOLD,
        "how_named": HOW_NAMED,
        "refusals": REFUSALS,
        "outcomes": OUTCOMES,
    }


def _forms(fine: Fine, refused: Form | None) -> dict[str, Any]:
    """A form an act; the one that was refused keeps what was typed, and says why above them all."""
    usual = {"name_driver": {"named_on": str(today()), "how": "hirer" if fine.route == HIRER_ASKS else "online"}}
    usual |= {"contest": {"contested_on": str(today())}, "refuse": {"refused_on": str(today())}}
    acts = ("assign", "tell", "name_driver", "refuse", "contest", "settle", "letter")
    forms = {act: Form(prefix=act, values=usual.get(act, {})) for act in acts}
    act = (request.endpoint or "").partition(".")[2]
    if refused is not None and act in forms:
        forms[act] = replace(refused, prefix=act)
    return {"forms": forms, "tried": forms.get(act, Form())}
