"""Tariffs and tiers as dated data: a new version from a day on, never a rewriting of one that has served."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing.events import followers
from billing.models import BillingAccount, TariffVersion, Tier
from billing.queries.tariffs import change_back, change_to
from billing.tariff_change import Move
from billing.tariffs import Tariff, freeze_rules
from billing.tiers import check_own_tier, tier_code
from billing.transitions import Step, check_steps
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def check_version(*, from_on: date, now: datetime, **given: Any) -> Tariff:
    """The version as it would be added: the fields of billing.tariffs.Tariff.

    Raises RuleBroken for an empty grid, or a day in the past that an account was already priced from; Conflict for a day that has one.
    """
    tariff = Tariff(from_on=from_on, **given)
    if not tariff.day_cents:
        raise RuleBroken("Donnez au moins un prix : un véhicule sans prix n’est pas prêté.", field="car")
    if db.session.scalar(select(TariffVersion).filter(TariffVersion.from_on == from_on)):
        raise Conflict(f"Un tarif commence déjà le {say_day(from_on)}. Choisissez un autre jour.", field="from_on")
    used = select(BillingAccount.id).filter(BillingAccount.first_on >= from_on).limit(1)
    if from_on < paris_day(now) and db.session.scalar(used) is not None:
        raise RuleBroken("Des locations ont déjà été comptées depuis ce jour : choisissez aujourd’hui ou un jour à venir.", field="from_on")
    return tariff


def add_version(*, by: Viewer, now: datetime, **given: Any) -> TariffVersion:
    """A new grid from a day on, as `check_version` reads it; a kind left out is not lent.

    Running accounts and those under contract keep the one they froze; rentals to come that no contract binds yet follow this one.
    """
    tariff = check_version(**given, now=now)
    change = change_to(tariff)
    version = TariffVersion(label=tariff.label, from_on=tariff.from_on, day_cents=dict(tariff.day_cents), rules=freeze_rules(tariff))
    db.session.add(version)
    audit.record("add_tariff_version", version, by=by, now=now)
    db.session.flush()
    for follower in followers():
        follower.follow(change, version.id, by, now)
    return version


def foresee_version(*, now: datetime, **given: Any) -> list[Move]:
    """What adding it would reprice; nothing is written. Raises what `add_version` would."""
    change = change_to(check_version(**given, now=now))
    return [move for follower in followers() for move in follower.foresee(change)]


def withdraw_version(version_id: int, *, by: Viewer, now: datetime) -> None:
    """Take back a version that binds nobody yet; bookings to come without a contract follow the one before again.

    Raises NotFound, Conflict while another account froze it.
    """
    version = db.session.get(TariffVersion, version_id)
    if version is None:
        raise NotFound
    change, earlier_id = change_back(version.from_on)
    for follower in followers():
        follower.follow(change, earlier_id, by, now)
    if db.session.scalar(select(BillingAccount.id).filter(BillingAccount.tariff_version_id == version.id).limit(1)) is not None:
        raise Conflict("Ce tarif a déjà servi : il reste. Ajoutez une version à partir d’un autre jour.")
    audit.record("withdraw_tariff_version", version, by=by, now=now)
    db.session.delete(version)
    db.session.flush()


def add_tier(
    *,
    label: str,
    from_on: date,
    to_on: date | None = None,
    share_numerator: int | None = None,
    share_denominator: int | None = None,
    price_cents: Mapping[str, int] | None = None,
    steps: Sequence[Step] = (),
    by: Viewer,
    now: datetime,
) -> Tier:
    """A tier of the platform's own, by a share of the full price, by steps of it or by a price a day; the same label is its next version.

    Raises RuleBroken beside the field, Conflict when that version exists, or is a transition and the new one none, or the reverse.
    """
    code = tier_code(label)
    if steps:
        check_steps(steps, numerator=share_numerator, denominator=share_denominator, day_cents=price_cents)
        share_numerator = steps[0].numerator
    else:
        check_own_tier(code, label, numerator=share_numerator, denominator=share_denominator, day_cents=price_cents)
    if to_on is not None and to_on < from_on:
        raise RuleBroken("La fin vient avant le début.", field="to_on")
    latest = db.session.scalar(select(Tier).filter(Tier.code == code).order_by(Tier.from_on.desc()).limit(1))
    if latest is not None and from_on <= max(latest.from_on, paris_day(now)):
        raise Conflict("Ce palier existe déjà : sa nouvelle version commence demain au plus tôt, après la précédente.", field="from_on")
    if latest is not None and bool(latest.steps) != bool(steps):
        raise Conflict("Ce nom est celui d’un palier d’une autre sorte : donnez-en un autre.", field="label")
    tier = Tier(
        code=code,
        label=label,
        share_numerator=share_numerator,
        share_denominator=share_denominator,
        price_cents=dict(price_cents) if price_cents else None,
        steps=[[step.days, step.numerator] for step in steps],
        from_on=from_on,
        to_on=to_on,
    )
    db.session.add(tier)
    audit.record("add_tier", tier, by=by, now=now)
    return tier
