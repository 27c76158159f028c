"""Tariffs and tiers as dated data: a new version from a day on, never a rewriting of one that has served."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from billing.models import BillingAccount, TariffVersion, Tier
from billing.tariffs import Tariff
from billing.tiers import check_own_tier, tier_code
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def add_version(*, label: str, from_on: date, day_cents: Mapping[str, int], by: Viewer, now: datetime) -> TariffVersion:
    """A new grid of day prices from a day on; a kind left out is not lent. Running accounts keep the one they froze.

    Raises RuleBroken for an empty grid, or a day in the past that an account was already priced from; Conflict for a day that has one.
    """
    Tariff(label=label, from_on=from_on, day_cents=day_cents)
    if not day_cents:
        raise RuleBroken("Donnez au moins un prix : un véhicule sans prix n’est pas prêté.", field="car")
    if db.session.scalar(select(TariffVersion).filter(TariffVersion.from_on == from_on)):
        raise Conflict(f"Un tarif commence déjà le {say_day(from_on)}. Choisissez un autre jour.", field="from_on")
    used = select(BillingAccount.id).filter(BillingAccount.first_on >= from_on).limit(1)
    if from_on < paris_day(now) and db.session.scalar(used) is not None:
        raise RuleBroken("Des locations ont déjà été comptées depuis ce jour : choisissez aujourd’hui ou un jour à venir.", field="from_on")
    version = TariffVersion(label=label, from_on=from_on, day_cents=dict(day_cents))
    db.session.add(version)
    audit.record("add_tariff_version", version, by=by, now=now)
    return version


def withdraw_version(version_id: int, *, by: Viewer, now: datetime) -> None:
    """Take back a version that has never served. Raises NotFound, Conflict once an account froze it."""
    version = db.session.get(TariffVersion, version_id)
    if version is None:
        raise NotFound
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
    by: Viewer,
    now: datetime,
) -> Tier:
    """A tier of the platform's own, by a share of the full price or by a price a day; the same label again is its next version.

    Raises RuleBroken beside the field, Conflict when that version exists.
    """
    code = tier_code(label)
    check_own_tier(code, label, numerator=share_numerator, denominator=share_denominator, day_cents=price_cents)
    if to_on is not None and to_on < from_on:
        raise RuleBroken("La fin vient avant le début.", field="to_on")
    latest = db.session.scalar(select(Tier).filter(Tier.code == code).order_by(Tier.from_on.desc()).limit(1))
    if latest is not None and from_on <= max(latest.from_on, paris_day(now)):
        raise Conflict("Ce palier existe déjà : sa nouvelle version commence demain au plus tôt, après la précédente.", field="from_on")
    tier = Tier(
        code=code,
        label=label,
        share_numerator=share_numerator,
        share_denominator=share_denominator,
        price_cents=dict(price_cents) if price_cents else None,
        from_on=from_on,
        to_on=to_on,
    )
    db.session.add(tier)
    audit.record("add_tier", tier, by=by, now=now)
    return tier
