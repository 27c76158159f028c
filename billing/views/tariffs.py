"""Tariffs and tiers for the manager; a person's rights for those who see their papers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from billing.actions import tariffs as actions
from billing.actions import tiers as tier_actions
from billing.districts import SEEN_HOW
from billing.price_sentence import say_scale
from billing.queries.declared import list_declared
from billing.queries.districts import say_proof
from billing.queries.tariffs import (
    get_proof,
    list_proofs,
    list_tiers,
    list_versions,
    may_read,
    steps_of,
    tariff_of,
    tariff_on,
    tier_labels,
    tiers_on,
)
from billing.schemas.tariffs import (
    SCALE,
    STEPS,
    EndOfRightSchema,
    TariffVersionSchema,
    TierProofSchema,
    TierSchema,
    tier_of,
    typed_scale,
    version_of,
)
from billing.tariff_change import Move
from billing.tariffs import KIND_LABELS, REFERENCE_TARIFF, Tariff
from billing.transitions import say_steps
from billing.views.amounts import typed
from billing.views.money import BOOKS, MONEY
from mobility.clock import now, today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("tariffs", __name__)


@pages.get("/p/<slug>/money/tariffs")
@allow(*BOOKS)
def show() -> str:
    """The versions of the tariff, and the platform's own tiers."""
    return render_template(
        "billing/tariffs.html",
        versions=[(version, tariff_of(version)) for version in list_versions()],
        reference=REFERENCE_TARIFF,
        in_force=tariff_on(today()),
        say_scale=say_scale,
        tiers=[(tier, say_steps(steps_of(tier), tier.share_denominator or 1) if tier.steps else None) for tier in list_tiers()],
        kinds=KIND_LABELS,
        today=today(),
        may_change=viewer().may(Role.MANAGER),
    )


@pages.get("/p/<slug>/money/tariffs/new")
@allow(Role.MANAGER)
def new(form: Form | None = None, moves: list[Move] | None = None) -> str:
    """A new version, prefilled with the prices in force; once asked, what it would reprice."""
    form = form or Form(values={"label": f"Tarif {today().year}"} | _typed(tariff_on(today())))
    scaled = {kind for kind in KIND_LABELS for part in SCALE if {**form.values, **form.errors}.get(f"{kind}_{part}")}
    return render_template("billing/tariff_new.html", form=form, kinds=KIND_LABELS, scaled=scaled, moves=moves)


@pages.post("/p/<slug>/money/tariffs/preview")
@allow(Role.MANAGER)
@or_again(new)
def preview() -> str:
    """Which rentals the version would reprice and by how much, before it is saved; nothing is written."""
    moves = actions.foresee_version(**version_of(from_form(TariffVersionSchema())), now=now())
    return new(Form(values=request.form), moves)


@pages.post("/p/<slug>/money/tariffs")
@allow(Role.MANAGER)
@or_again(new)
def create() -> ResponseReturnValue:
    """Add the version."""
    version = actions.add_version(**version_of(from_form(TariffVersionSchema())), by=viewer(), now=now())
    flash(f"« {version.label} » est enregistré. Les locations en cours et les contrats déjà faits gardent leur tarif.", "fine")
    return redirect(url_for("tariffs.show"), code=303)


@pages.post("/p/<slug>/money/tariffs/<int:version_id>/withdraw")
@allow(Role.MANAGER)
def withdraw(version_id: int) -> ResponseReturnValue:
    """Take back a version that binds nobody yet."""
    actions.withdraw_version(version_id, by=viewer(), now=now())
    flash("Ce tarif est retiré.", "fine")
    return redirect(url_for("tariffs.show"), code=303)


@pages.get("/p/<slug>/money/tiers/new")
@allow(Role.MANAGER)
def new_tier(form: Form | None = None) -> str:
    """A tier of the platform's own."""
    return render_template("billing/tier_new.html", form=form or Form(), kinds=KIND_LABELS, steps=STEPS)


@pages.post("/p/<slug>/money/tiers")
@allow(Role.MANAGER)
@or_again(new_tier)
def create_tier() -> ResponseReturnValue:
    """Add the tier, or its next version."""
    tier = actions.add_tier(**tier_of(from_form(TierSchema())), by=viewer(), now=now())
    flash(f"Le palier « {tier.label} » est enregistré.", "fine")
    return redirect(url_for("tariffs.show"), code=303)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/rights")
@allow(*MONEY)
def rights(beneficiary_id: int, form: Form | None = None) -> str:
    """A person's rights to a tier, and a new proof."""
    person = may_read(beneficiary_id, viewer())
    look(person.id, page="rights")
    return render_template(
        "billing/rights.html",
        person=person,
        proofs=[(proof, say_proof(proof) if proof.district_code else None) for proof in list_proofs(person.id)],
        labels=tier_labels(),
        tiers=list(tiers_on(today()).items()),
        seen_how=list(SEEN_HOW.items()),
        declared=list_declared(person.id, today()),
        form=form or Form(values={"tier": request.args.get("tier", "")}),
        today=today(),
    )


@pages.post("/p/<slug>/people/<int:beneficiary_id>/rights")
@allow(*MONEY)
@or_again(rights)
def record(beneficiary_id: int) -> ResponseReturnValue:
    """Record a proof; days already charged are credited."""
    tier_actions.record_tier_proof(beneficiary_id, **from_form(TierProofSchema()), by=viewer(), now=now())
    flash("Le droit est enregistré. Les jours déjà comptés ont été revus.", "fine")
    return redirect(url_for("tariffs.rights", beneficiary_id=beneficiary_id), code=303)


@pages.get("/p/<slug>/money/rights/<int:proof_id>/end")
@allow(*MONEY)
def ending(proof_id: int, form: Form | None = None) -> str:
    """The end of a right, once the person was told."""
    proof = get_proof(proof_id, viewer())
    look(proof.beneficiary_id, page="rights")
    person = may_read(proof.beneficiary_id, viewer())
    return render_template("billing/right_end.html", proof=proof, person=person, label=tier_labels()[proof.tier_code], form=form or Form())


@pages.post("/p/<slug>/money/rights/<int:proof_id>/end")
@allow(*MONEY)
@or_again(ending)
def end(proof_id: int) -> ResponseReturnValue:
    """Record the end; a later one gives back the days charged meanwhile."""
    proof = tier_actions.end_tier_right(proof_id, **from_form(EndOfRightSchema()), by=viewer(), now=now())
    flash("La fin du droit est enregistrée. Aucun jour déjà compté n’augmente.", "fine")
    return redirect(url_for("tariffs.rights", beneficiary_id=proof.beneficiary_id), code=303)


def _typed(tariff: Tariff) -> dict[str, str]:
    """A version as its form would hold it, but for its name and its day."""
    cents = dict(tariff.day_cents)
    for kind, scale in tariff.scales.items():
        cents |= typed_scale(kind, scale)
    if tariff.membership_cents:
        cents["membership_cents"] = tariff.membership_cents
    hours = {"handover_hour": tariff.handover_hour, "return_hour": tariff.return_hour}
    told = {name: hour.isoformat("minutes") for name, hour in hours.items() if hour is not None}
    return {name: typed(amount) for name, amount in cents.items()} | told | {"step_days": str(tariff.step_days)}
