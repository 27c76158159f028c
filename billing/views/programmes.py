"""The escalating programme for the manager: its versions, the one in force as stairs, a new one from a day on."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from billing.actions.programmes import set_programme
from billing.programmes import AMIE_PRESET, LOAN_PRESET, PRESETS, ROUNDINGS, DatedProgramme, as_typed, read_programme, say_brackets
from billing.queries.programmes import dated_programme_on, list_programmes
from billing.schedule import COVER_LABELS, FEWEST_MONTHS, MONTHS, plan
from billing.schemas.programmes import PresetSchema, ProgrammeSchema
from billing.schemas.simulations import schedule_asked
from billing.simulation import say_schedule
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.later import later
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, load, or_again
from mobility.web.viewer import viewer

if TYPE_CHECKING:
    from billing.views import stairs as pictures
else:
    pictures = later("billing.views.stairs")

pages = Blueprint("programmes", __name__)


@pages.get("/p/<slug>/money/programmes")
@allow(*BOOKS)
def index() -> str:
    """Every version, and the one in force month by month."""
    in_force = dated_programme_on(today())
    months = plan(in_force.programme, today())
    return render_template(
        "billing/programmes.html",
        versions=[(dated, say(dated), say_brackets(dated.brackets)) for dated in list_programmes()],
        in_force=in_force,
        months=months,
        picture=pictures.stairs(month.rent_cents for month in months),
        covers=COVER_LABELS,
        roundings={code: words for code, (words, _) in ROUNDINGS.items()},
        today=today(),
        may_change=viewer().may(Role.MANAGER),
    )


@pages.get("/p/<slug>/money/programmes/new")
@allow(Role.MANAGER)
def new(form: Form | None = None) -> str:
    """A new version, which begins with the one in force or with a preset."""
    return render_template(
        "billing/programme_new.html",
        form=form or Form(values=as_typed(_preset())),
        presets=PRESETS,
        lengths=[(str(count), f"{count} mois") for count in range(FEWEST_MONTHS, MONTHS + 1)],
        roundings=[(code, words) for code, (words, _) in ROUNDINGS.items()],
        covers=list(COVER_LABELS.items()),
        most=MONTHS,
    )


@pages.post("/p/<slug>/money/programmes")
@allow(Role.MANAGER)
@or_again(new)
def create() -> ResponseReturnValue:
    """Add the version."""
    asked = load(ProgrammeSchema(), schedule_asked(ProgrammeSchema(), request.form))
    version = set_programme(read_programme(asked), by=viewer(), now=now())
    flash(f"« {version.label} » est enregistré. Les locations déjà réservées gardent leur échéancier.", "fine")
    return redirect(url_for("programmes.index"), code=303)


def say(dated: DatedProgramme) -> str:
    """The rents in one sentence."""
    return say_schedule([month.rent_cents for month in plan(dated.programme, today())], dated.loan)


def _preset() -> DatedProgramme:
    """What the form begins with."""
    asked = load(PresetSchema(), request.args)["preset"] if request.method == "GET" else None
    if asked is None:
        return dated_programme_on(today())
    return AMIE_PRESET if asked == "amie-2008" else replace(AMIE_PRESET, label="Prêt visé", loan=LOAN_PRESET)
