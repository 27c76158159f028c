"""A defect told from one's own phone, and what the workshop makes of it."""

from datetime import timedelta
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.defects import DEFECT, judge_defect, tell_defect
from fleet.defects import MOST_WORDS, NEW, NOTICE, OUT, PARTS, STATE_NAMES, STATE_TONES, VERDICTS, say_state
from fleet.lists import vehicle_column
from fleet.models import Defect
from fleet.queries.defects import all_defects, get_defect
from fleet.queries.vehicles import full_name, get_vehicle, matching
from fleet.schemas.defects import JudgeDefectSchema, TellDefectSchema
from fleet.views.rentals import open_rental
from fleet.views.work_orders import REPAIRERS
from mobility.actions.attachments import keep_attachment
from mobility.cells import Said
from mobility.clock import now
from mobility.codes import choices
from mobility.listing import Column, Filter, Listing
from mobility.lists import period_filters
from mobility.periods import PARIS, paris_day
from mobility.rights import Role
from mobility.tongues import say
from mobility.web.access import allow
from mobility.web.fields import Choice, Text
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("defects", __name__)
DEFECTS = Listing(
    name="signalements",
    title="Signalements",
    columns=[
        Column(
            "told_at",
            "Dit le",
            lambda row: paris_day(row[0].told_at),
            [Defect.told_at],
            lambda row: url_for("defects.show", defect_id=row[0].id),
            short=True,
        ),
        vehicle_column(),
        Column("part", "Quoi", lambda row: PARTS[row[0].part].capitalize()),
        Column("words", "En quelques mots", lambda row: row[0].words),
        Column("state", "État", lambda row: Said(STATE_NAMES[row[0].state], STATE_TONES[row[0].state])),
    ],
    filters=[
        Filter("q", "Nom ou plaque", partial(Text, longest=80), matching),
        Filter(
            "state",
            "État",
            partial(Choice, {**STATE_NAMES, "all": "tous les états"}),
            lambda q, v: q if v == "all" else q.filter(Defect.state == v),
            lambda: [*STATE_NAMES.items(), ("all", "tous les états")],
            usual=NEW,
        ),
        *period_filters(Defect.told_at, "Dits depuis le"),
    ],
    sort="-told_at",
    tie=Defect.id,
)

A_FIRST_GUESS = timedelta(days=2)  # how long a repair takes when nobody knows yet


@pages.get("/p/<slug>/me/defects/<int:booking_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
def tell(booking_id: int, form: Form | None = None) -> str:
    """What is wrong with the vehicle one has."""
    rental = open_rental(booking_id, page="defect")
    return render_template("fleet/own_defect.html", rental=rental, form=form or Form(), parts=choices(PARTS), most=MOST_WORDS)


@pages.post("/p/<slug>/me/defects/<int:booking_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(tell)
def send(booking_id: int) -> ResponseReturnValue:
    """Tell it, with the picture that the form brings."""
    told, picture = from_form(TellDefectSchema()), request.files.get("picture")
    if picture is not None and picture.filename:
        person = open_rental(booking_id, page="defect").person
        kept = keep_attachment(picture.read(), kind=DEFECT.code, beneficiary_id=person.id, field="picture", by=viewer(), now=now())
        told["photo"] = kept.id
    tell_defect(booking_id, **told, field="picture", by=viewer(), now=now())
    flash(say("Merci. L’atelier est prévenu ; sa réponse viendra ici et vous sera dite."), "fine")
    return redirect(url_for("own_space.show"), code=303)


@pages.get("/p/<slug>/defects")
@allow(*REPAIRERS)
def index() -> ResponseReturnValue:
    """What drivers told, those to look at first."""
    return show_list(DEFECTS, all_defects(), "fleet/defects.html")


@pages.get("/p/<slug>/defects/<int:defect_id>")
@allow(*REPAIRERS)
def show(defect_id: int, form: Form | None = None) -> str:
    """One report: the vehicle, the words, the picture, and the place to judge it; no person."""
    defect = get_defect(defect_id)
    vehicle = get_vehicle(defect.vehicle_id)
    usual = {"ends_at": (now() + A_FIRST_GUESS).astimezone(PARIS).strftime("%Y-%m-%dT18:00")}
    return render_template(
        "fleet/defect.html",
        defect=defect,
        vehicle=vehicle,
        name=full_name(vehicle),
        part=PARTS[defect.part].capitalize(),
        state=(STATE_NAMES[defect.state], STATE_TONES[defect.state]),
        told=say_state(defect.state, defect.answer),
        verdicts=[(code, words) for code, words in VERDICTS.items() if code != defect.state],
        is_open=defect.state in (NEW, NOTICE),
        is_out=defect.state == OUT,
        form=form or Form(values=usual),
    )


@pages.post("/p/<slug>/defects/<int:defect_id>")
@allow(*REPAIRERS)
@or_again(show)
def judge(defect_id: int) -> ResponseReturnValue:
    """Judge it; out of service leads whoever may to the people it leaves on foot."""
    defect = judge_defect(defect_id, **from_form(JudgeDefectSchema()), by=viewer(), now=now())
    flash("C’est noté. La personne le lit dans son espace, et le message part comme elle préfère.", "fine")
    if defect.state == OUT and viewer().may(Role.ADVISER, Role.MANAGER):
        return redirect(url_for("rescue.show", vehicle_id=defect.vehicle_id), code=303)
    return redirect(url_for("defects.show", defect_id=defect_id), code=303)
